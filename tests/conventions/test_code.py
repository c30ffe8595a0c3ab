"""Rules of the house that hold for every module."""

import ast
import unicodedata
from pathlib import Path

import pytest

from tests.conventions.sources import PACKAGES, ROOT, calls, modules, text, tracked_texts, tree

MODULES = modules()
CLOCK_READS = (
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.monotonic",
    "time.monotonic_ns",
    "time.perf_counter",
    "func.now",
    "func.current_timestamp",
)
JUNK_DRAWERS = {"utils", "util", "common", "helpers", "helper", "misc", "tools", "lib"}
REGISTRIES = ("/simple/", "--index-url", "--extra-index-url", '"resolved": "http', "#sha256=")
FILE_LINES, FUNCTION_LINES, USUAL_FUNCTION_LINES, USUAL_SHARE = 300, 40, 20, 0.9


def where(name: str) -> list[str]:
    return [str(module) for module in MODULES if any(called.endswith(name) for called, _ in calls(module))]


def functions(module: Path) -> list[tuple[str, int]]:
    found = (node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [(f"{module}:{node.name}", (node.end_lineno or 0) - node.lineno + 1) for node in found]


def test_only_the_unit_of_work_commits() -> None:
    assert where(".commit") == ["contest/db.py"]


def test_only_the_answer_journal_writes_outside_a_unit_of_work() -> None:
    """What else asks directly goes through `DirectRead`, which takes nothing but a select."""
    assert where("done_directly") == ["contest/quiz/journal.py", "contest/statements.py"]
    assert where("autocommit_cursor") == ["contest/db.py"]


@pytest.mark.parametrize("name", CLOCK_READS)
def test_only_the_clock_reads_the_time(name: str) -> None:
    assert set(where(name)) <= {"contest/clock.py"}


def test_tables_fill_in_no_time_of_their_own() -> None:
    found = [
        f"{module}: {called}"
        for module in MODULES
        for called, call in calls(module)
        for keyword in call.keywords
        if keyword.arg in {"server_default", "onupdate", "server_onupdate"}
        and called.endswith("mapped_column")
        and ast.unparse(keyword.value) != "false()"
    ]
    assert found == []


def test_modules_of_ours_are_imported_at_the_top() -> None:
    deferred = [
        f"{module}:{inner.lineno}"
        for module in MODULES
        for outer in ast.walk(tree(module))
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert deferred == []


def test_no_module_is_a_junk_drawer() -> None:
    folders = {part for module in modules(*PACKAGES, "tests") for part in (*module.parts[:-1], module.stem)}
    assert folders & JUNK_DRAWERS == set()


def test_files_are_short() -> None:
    long = {str(module): lines for module in MODULES if (lines := len(text(module).splitlines())) > FILE_LINES}
    assert long == {}


def test_functions_are_short() -> None:
    lengths = dict(function for module in MODULES for function in functions(module))
    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES} == {}
    usual = sum(lines <= USUAL_FUNCTION_LINES for lines in lengths.values())
    assert usual >= USUAL_SHARE * len(lengths)


def test_everything_is_annotated() -> None:
    silent = [
        f"{module}:{node.name}"
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is None
    ]
    assert silent == []


def test_every_package_says_what_it_is_for() -> None:
    packages = [module for module in MODULES if module.name == "__init__.py"]
    assert [str(module) for module in packages if not ast.get_docstring(tree(module))] == []
    folders = {module.parent for module in MODULES}
    assert folders - {package.parent for package in packages} == set()


def test_nothing_points_at_a_registry() -> None:
    own = Path(__file__).relative_to(ROOT)
    found = [f"{path}: {word}" for path in tracked_texts() if path != own for word in REGISTRIES if word in text(path)]
    assert found == []


def test_text_is_composed_unicode() -> None:
    """Sources of the program and its words; a test may spell decomposed text on purpose with escapes."""
    assert [str(path) for path in tracked_texts() if not unicodedata.is_normalized("NFC", text(path))] == []


def test_nothing_is_left_for_later() -> None:
    words = ("TODO", "FIXME", "XXX")
    found = [f"{module}: {word}" for module in MODULES for word in words if word in text(module)]
    assert found == []
