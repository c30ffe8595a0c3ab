"""Every code that people can meet has words: errors, acts of the record, menu entries."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from contest.audit import labels as audit_labels
from contest.web import words
from tests.conventions.sources import argument, calls, literals, modules, tree

ERRORS = ("DomainError", "NotAllowed", "NotFound")
VIETNAMESE_ON_PURPOSE = {
    "contest/accounts/domain.py": "the name of a browser",
    "contest/config.py": "default values of settings",
    "contest/entries/domain/limits.py": "the commitment of a new contest, which is content",
    "contest/i18n.py": "the letters themselves",
    "contest/judging/domain/redaction.py": "kinds of schools and their abbreviations, as they stand in texts",
    "contest/participation/domain/class_list.py": "a file that schools fill in",
    "contest/samples": "content",
    "contest/simulation.py": "people's names",
    "contest/units/services.py": "the name of the province",
}
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỷỹỵ]", re.IGNORECASE)


def raised_codes() -> Iterator[tuple[str, str]]:
    """Where, and which code; calls of the error classes and of functions that pass a code on."""
    for module in modules("contest"):
        for called, call in calls(module):
            if called.rpartition(".")[2] in ERRORS:
                for code in literals(argument(call, 0, "code")):
                    yield str(module), code


def recorded_acts() -> Iterator[tuple[str, str]]:
    """Where, and which act: given by name to `record`, or to a function of the feature that hands it on."""
    for module in modules("contest"):
        passing_on = {
            node.name: [argument.arg for argument in node.args.args]
            for node in ast.walk(tree(module))
            if isinstance(node, ast.FunctionDef) and "act" in {a.arg for a in (*node.args.args, *node.args.kwonlyargs)}
        }
        for called, call in calls(module):
            names = passing_on.get(called, [])
            position = names.index("act") if "act" in names else None
            for act in literals(argument(call, position, "act")):
                yield str(module), act


def test_every_error_has_a_sentence(app: Flask) -> None:
    codes = list(raised_codes())
    assert len(codes) > 10
    assert sorted({f"{code} ({module})" for module, code in codes if not words.has_sentence(code)}) == []


def test_every_recorded_act_has_words(app: Flask) -> None:
    acts = {(module, act) for module, act in recorded_acts() if "." in act}
    assert len(acts) > 5
    assert sorted(f"{act} ({module})" for module, act in acts if not audit_labels.has_words(act)) == []


def test_words_for_readers_are_written_in_english() -> None:
    """Code and message ids are English; Vietnamese stands in the catalogue and in what is content."""
    found = [
        f"{module}:{node.lineno}: {node.value[:60]}"
        for module in modules("contest")
        if not any(str(path) in VIETNAMESE_ON_PURPOSE for path in (module, *module.parents))
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if VIETNAMESE.search(node.value) and node.value not in docstrings(module)
    ]
    assert found == []


def docstrings(module: Path) -> set[str]:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    return {ast.get_docstring(node, clean=False) or "" for node in ast.walk(tree(module)) if isinstance(node, kinds)}
