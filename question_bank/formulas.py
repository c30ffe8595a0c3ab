"""Formulas in LaTeX's notation, as MathML of elements and attributes on our own list only."""

import re
from html import escape
from html.parser import HTMLParser
from unicodedata import category

from math_core import LatexError, LatexToMathML

MOST_CHARACTERS = 500
"""Longer formulas are refused: what is nested much deeper would end the process that draws it."""

MOST_OPENED = 12
"""Of brackets that open. Each that nothing closes doubles the time that a formula takes: thirty would stop a server."""

_ELEMENTS = frozenset(
    {
        *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mphantom", "mpadded", "menclose", "mstyle", "merror"),
        *("mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts"),
        *("mprescripts", "none", "mtable", "mtr", "mtd"),
    }
)
_ATTRIBUTES = frozenset(
    {
        *(
            "display",
            "displaystyle",
            "scriptlevel",
            "mathvariant",
            "stretchy",
            "symmetric",
            "fence",
            "separator",
            "form",
        ),
        *("largeop", "movablelimits", "accent", "accentunder", "linethickness", "notation", "columnspan"),
        *("minsize", "maxsize", "lspace", "rspace", "width", "height", "depth", "voffset"),
    }
)
_VALUE = re.compile(r"[a-z -]{1,40}|-?\d?(\.\d{1,12})?(em|rem|ex|%)?")
"""Words, and lengths below ten: nothing that reaches outside its line."""
_ALIGNED = re.compile(r"text-align: ?(left|right)")

_PIECE = re.compile(r"\\[A-Za-z]+|\\?.", re.DOTALL)
_SIGN = re.compile(r"\\(le|leq|leqslant|lt|ln|lg|log|lim|limits|lambda|ldots|left|land|lor|lnot)")
_OPENING = re.compile(r"\\[lL][A-Za-z]*|\\[a-z]+corner|\\?[(\[]|\\\{|[⌏⌜⌞⎰⚞]")

# Definitions could grow without bound, so that none is expanded.
_converter = LatexToMathML(fancy_error=False, max_expansions=0)


def mathml(source: str, *, is_block: bool = False) -> str | None:
    """Return the formula as MathML; None when it cannot be read."""
    if len(source) > MOST_CHARACTERS or _opened(source) > MOST_OPENED:
        return None
    try:
        drawn = _converter.convert_with_local_state(source, displaystyle=is_block)
    except LatexError:
        return None
    known = _Known(source)
    known.feed(drawn)
    known.close()
    return "".join(known.pieces)


def _opened(source: str) -> int:
    """Return how many brackets open in the formula, at most: it may count a sign of a rare name, too."""
    pieces = _PIECE.findall(source)
    return sum(
        (category(piece[0]) == "Ps" and piece != "{") or bool(_OPENING.fullmatch(piece) and not _SIGN.fullmatch(piece))
        for piece in pieces
    )


class _Known(HTMLParser):
    """Writes again what is on the lists, and nothing else: styles, which pages do not allow, become classes."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self._source = source
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _ELEMENTS:
            return
        kept = [(name, value or "") for name, value in attrs if name in _ATTRIBUTES and _VALUE.fullmatch(value or "")]
        if tag == "math":
            kept.append(("alttext", self._source))
        aligned = _ALIGNED.search(dict(attrs).get("style") or "")
        if aligned:
            kept.append(("class", f"math-{aligned[1]}"))
        # A bracket in an attribute could be taken for the gap `[[1]]` of a question.
        written = "".join(f' {name}="{escape(value).replace("[", "&#91;")}"' for name, value in kept)
        self.pieces.append(f"<{tag}{written}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _ELEMENTS:
            self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.pieces.append(escape(data))
