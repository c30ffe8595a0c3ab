"""The source tree as the conventions see it: files, their syntax trees, and what is called where."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("contest", "question_bank")
TEXT = {".py", ".html", ".js", ".css", ".md", ".toml", ".po", ".json", ".txt", ".yml", ".lock", ".mako", ".svg", ""}


@cache
def modules(*folders: str) -> tuple[Path, ...]:
    """Python files of these folders, relative to the root."""
    found = (path for folder in folders or PACKAGES for path in (ROOT / folder).rglob("*.py"))
    return tuple(sorted(path.relative_to(ROOT) for path in found))


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


@cache
def calls(module: Path) -> tuple[tuple[str, ast.Call], ...]:
    """Every call with the dotted text of what is called: `datetime.now`, `session.commit`."""
    return tuple((ast.unparse(node.func), node) for node in ast.walk(tree(module)) if isinstance(node, ast.Call))


def literals(node: ast.expr | None) -> Iterator[str]:
    """The texts that an expression can be: a literal, or both ways of a conditional expression."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def argument(call: ast.Call, position: int | None, name: str) -> ast.expr | None:
    """The argument given by name, else the one at `position`."""
    named = next((keyword.value for keyword in call.keywords if keyword.arg == name), None)
    if named is not None or position is None:
        return named
    return call.args[position] if len(call.args) > position else None


@cache
def tracked_texts() -> tuple[Path, ...]:
    """Text files under version control, and new ones that are not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    paths = (Path(name) for name in listed.split("\0") if name)
    return tuple(sorted(path for path in paths if path.suffix in TEXT and (ROOT / path).is_file()))


def text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")
