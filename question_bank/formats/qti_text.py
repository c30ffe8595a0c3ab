"""Texts with our marks out of what stands in a QTI item."""

from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

from question_bank.formats.html_text import MarkOf, text_of_html
from question_bank.formats.qti_formulas import tex_of
from question_bank.formats.qti_xml import Child, Node

_SILENT = frozenset({"rubricBlock", "feedbackInline", "feedbackBlock", "stylesheet", "catalogInfo"})
_EMPTY = frozenset({"br", "img", "hr", "col", "source"})
_KEPT = frozenset({"alt", "src", "title", "start"})
_LINES = frozenset({"prompt", "contentBody", "simpleChoice", "dl", "figure", "figcaption"})
FORMULA_DROPPED = "formula_dropped"

PlaceOf = Callable[[Node], str | None]
"""Returns what stands in place of an interaction, as `[[1]]`; None for any other element."""


class Said(NamedTuple):
    """A text, and the codes of what of it was lost."""

    text: str
    lost: frozenset[str] = frozenset()


def text_of(found: list[Child], mark_of: MarkOf, place_of: PlaceOf = lambda _node: None) -> Said:
    """Return what elements and texts say; `mark_of` returns the mark for the medium at an address."""
    lost: set[str] = set()
    html = "".join(_html(found, lost, place_of))
    shown = text_of_html(html, mark_of)
    return Said(shown.text, shown.lost | lost)


def _html(found: list[Child], lost: set[str], place_of: PlaceOf) -> Iterator[str]:
    for child in found:
        if isinstance(child, str):
            yield escape(child)
        elif (place := place_of(child)) is not None:
            yield escape(place)
        elif child.name == "math":
            yield escape(_formula(child, lost))
        elif child.name == "object":
            yield _object(child)
        elif child.name == "audio":
            yield _sound(child)
        elif child.name not in _SILENT:
            yield from _element(child, lost, place_of)


def _element(child: Node, lost: set[str], place_of: PlaceOf) -> Iterator[str]:
    name = "div" if child.name in _LINES else child.name
    kept = "".join(f' {key}="{escape(value)}"' for key, value in child.attributes.items() if key in _KEPT)
    yield f"<{name}{kept}>"
    if name not in _EMPTY:
        yield from _html(child.children, lost, place_of)
        yield f"</{name}>"


def _formula(found: Node, lost: set[str]) -> str:
    tex = tex_of(found)
    if tex is None:
        lost.add(FORMULA_DROPPED)
        return found.text()
    return rf"\[{tex}\]" if found.get("display") == "block" else rf"\({tex}\)"


def _sound(found: Node) -> str:
    source = found.first("source") or Node("")
    address, words = found.get("src") or source.get("src"), found.get("title") or found.get("label") or found.text()
    return f'<audio src="{escape(address)}" title="{escape(words)}"></audio>'


def _object(found: Node) -> str:
    """An object is a picture or a sound by its type; its text says what it shows."""
    address, words = escape(found.get("data")), escape(found.text() or found.get("label"))
    if found.get("type").startswith("audio/"):
        return _sound(Node("audio", {"src": found.get("data")}, found.children))
    if found.get("type").startswith("image/"):
        return f'<img src="{address}" alt="{words}">'
    return f"<object>{words}</object>"
