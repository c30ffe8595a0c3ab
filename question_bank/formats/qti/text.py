"""Texts with our marks out of what stands in a QTI item."""

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from question_bank.formats.html_text import MarkOf, text_of_html
from question_bank.formats.qti.formulas import tex_of
from question_bank.formats.qti.interactions import WrongItem
from question_bank.formats.qti.xml import Child, Node
from question_bank.validation import LENGTHS

FORMULA_DROPPED = "formula_dropped"
_MOST_HTML = 40_000
"""Characters of a text with its tags: more than the longest text takes."""

_SILENT = frozenset({"rubricBlock", "feedbackInline", "feedbackBlock", "stylesheet", "catalogInfo"})
_EMPTY = frozenset({"br", "hr", "col"})
_KEPT = frozenset({"class", "start"})
_LINES = frozenset({"prompt", "contentBody", "simpleChoice", "dl", "figure", "figcaption"})


class Said(NamedTuple):
    """A text, and the codes of what of it was lost."""

    text: str
    lost: frozenset[str] = frozenset()


def text_of(found: list[Child], mark_of: MarkOf) -> Said:
    """Return what elements and texts say; `mark_of` returns the mark for the medium at an address.

    Raises WrongItem: too_long, far too long even to be read.
    """
    reader = _Reader()
    html = "".join(reader.html(found))
    if len(html) > _MOST_HTML:
        raise WrongItem("too_long", {"length": len(Node("", {}, found).text()), "most": LENGTHS["text"]})
    # Addresses may hold whole pictures: they are handed over by their number.
    shown = text_of_html(html, lambda number, words: mark_of(reader.addresses[int(number)], words))
    return Said(shown.text, shown.lost | reader.lost)


class _Reader:
    def __init__(self) -> None:
        self.lost: set[str] = set()
        self.addresses: list[str] = []

    def html(self, found: list[Child]) -> Iterator[str]:
        for child in found:
            if isinstance(child, str):
                yield escape(child)
            elif child.name == "math":
                yield escape(self._formula(child))
            elif child.name in {"img", "object", "audio"}:
                yield self._medium(child)
            elif child.name not in _SILENT:
                yield from self._element(child)

    def _element(self, child: Node) -> Iterator[str]:
        name = "div" if child.name in _LINES else child.name
        kept = "".join(f' {key}="{escape(value)}"' for key, value in child.attributes.items() if key in _KEPT)
        yield f"<{name}{kept}>"
        if name not in _EMPTY:
            yield from self.html(child.children)
            yield f"</{name}>"

    def _formula(self, found: Node) -> str:
        tex = tex_of(found)
        if tex is None:
            self.lost.add(FORMULA_DROPPED)
            return found.text()
        return rf"\[{tex}\]" if found.get("display") == "block" else rf"\({tex}\)"

    def _medium(self, found: Node) -> str:
        """An object is a picture or a sound by its type; what its text says is its description."""
        source = found.first("source") or Node("")
        self.addresses.append(found.get("src") or found.get("data") or source.get("src"))
        words = escape(found.get("alt") or found.get("title") or found.text() or found.get("label"))
        number, sort = len(self.addresses) - 1, found.get("type").partition("/")[0]
        if found.name == "audio" or sort == "audio":
            return f'<audio src="{number}" title="{words}"></audio>'
        if found.name == "img" or sort == "image":
            return f'<img src="{number}" alt="{words}">'
        return f"<object>{words}</object>"
