"""Every module with logic has its tests at the mirrored path."""

import ast
from pathlib import Path

from tests.conventions.sources import ROOT, modules, tree

# Modules whose tests stand elsewhere, with the reason.
EXCEPTIONS = {
    "contest/app.py": "every test of a page composes the application",
    "contest/background.py": "what it starts is tested with the jobs and sweeps of the features",
    "contest/routes.py": "conventions/test_access.py opens every route",
    "contest/wiring.py": "what it joins is tested where it shows, in the features",
    "contest/entries/views/blueprint.py": "declares the blueprint and its filters; they serve every test of entries/views",
    "contest/quiz/views/blueprint.py": "declares the blueprint; its two lines serve every test of quiz/views",
    "question_bank/formats/docx": "pieces of reading and writing Word; reader, writer, tables and keys go through each",
    "question_bank/formats/html_lines.py": "lines of HTML; test_html_text.py goes through each",
    "question_bank/formats/moodle": "pieces of Moodle's XML; its reader's and writer's tests go through each",
    "question_bank/statistics/figures.py": "values; test_gathering.py makes them and reads them back",
    "question_bank/statistics/workbook.py": "quiz/views/test_statistics.py and commands/test_stats.py open the workbook",
    "question_bank/formats/xlsx/columns.py": "a table of titles and words; the reader's and writer's tests go through each",
    "question_bank/formats/gift/answers.py": "the answers of GIFT; gift/test_reader.py and test_writer.py go through each",
    "question_bank/formats/weighted.py": "what Moodle gives answers; the tests of GIFT and of Moodle's XML go through each",
    "question_bank/formats/gift/syntax.py": "the signs of GIFT; gift/test_reader.py and test_writer.py go through each",
    "question_bank/formats/qti/answers.py": "answers of QTI; an independent scorer goes through each in test_qti_writer.py",
    "question_bank/formats/qti/rules.py": "rules of QTI; an independent scorer goes through each in test_qti_writer.py",
    "question_bank/formats/qti/interactions.py": "interactions of QTI; qti/test_reader.py goes through each",
    "question_bank/formats/qti/item.py": "one question of QTI; qti/test_reader.py reads nothing else",
    "question_bank/formats/qti/scoring.py": "rules of QTI; qti/test_reader.py goes through each",
    "question_bank/__main__.py": "tests/question_bank/test_main.py, without the underscores",
}
WITHOUT_LOGIC = {"__init__", "models", "labels", "forms", "events"}


def has_logic(module: Path) -> bool:
    """Words, shapes of input and tables are tested through the pages and services that use them."""
    functions = [node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return module.stem not in WITHOUT_LOGIC and bool(functions)


def is_mirrored(module: Path) -> bool:
    """`contest/quiz/services/attempts.py`: tests/quiz/services/test_attempts.py or tests/quiz/test_services.py."""
    parts = module.with_suffix("").parts
    inner = parts[1:] if parts[0] == "contest" else parts
    inner = ("webcore", *inner[1:]) if inner[0] == "web" else inner  # a folder called web would hide tests/web.py
    exact = Path("tests", *inner[:-1], f"test_{inner[-1]}.py")
    of_package = Path("tests", *inner[:-2], f"test_{inner[-2]}.py") if len(inner) > 2 else exact
    flat = Path("tests", *inner[:-2], f"test_{inner[-2]}_{inner[-1]}.py") if len(inner) > 2 else exact
    return any((ROOT / path).exists() for path in (exact, of_package, flat))


def is_excepted(module: Path) -> bool:
    return any(str(path) in EXCEPTIONS for path in (module, *module.parents))


def test_every_module_with_logic_is_tested_at_its_mirrored_path() -> None:
    untested = [str(m) for m in modules() if has_logic(m) and not is_excepted(m) and not is_mirrored(m)]
    assert untested == []


def test_exceptions_name_what_is_there() -> None:
    assert [path for path in EXCEPTIONS if not (ROOT / path).exists()] == []
