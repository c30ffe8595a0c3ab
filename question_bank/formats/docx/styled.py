"""Text of a Word document with its looks, which may be part of the text or the committee's sign for the key."""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Final, NamedTuple

from question_bank.markup import plain


class Look(NamedTuple):
    """How a piece of text looks; `raised` is ^ or ~ for what stands above or below the line.

    An object is a picture or a formula: its text is our mark for it, and its look says nothing.
    """

    bold: bool = False
    underlined: bool = False
    coloured: bool = False
    highlighted: bool = False
    italic: bool = False
    raised: str = ""
    is_object: bool = False


PLAIN: Final = Look()
OBJECT: Final = Look(is_object=True)
SIGNS = ("bold", "underlined", "coloured", "highlighted")
"""The looks by which committees mark the right option."""

Piece = tuple[str, Look]
_LINE_PARTS = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


class Styled:
    """A text in pieces, each with one look."""

    __slots__ = ("pieces", "text")

    def __init__(self, pieces: Iterable[Piece] = ()) -> None:
        """Keep the pieces that hold something."""
        self.pieces = tuple(piece for piece in pieces if piece[0])
        self.text = "".join(text for text, _look in self.pieces)

    def __add__(self, other: "Styled") -> "Styled":
        return Styled(self.pieces + other.pieces)

    def cut(self, start: int, end: int | None = None) -> "Styled":
        """Return the part between two places."""
        stop, place, kept = len(self.text) if end is None else end, 0, list[Piece]()
        for text, look in self.pieces:
            part = text[max(start - place, 0) : max(stop - place, 0)]
            kept.append((part, look))
            place += len(text)
        return Styled(kept)

    def stripped(self) -> "Styled":
        """Return the text without the white space around it."""
        start = len(self.text) - len(self.text.lstrip())
        return self if not start and self.text == self.text.rstrip() else self.cut(start, len(self.text.rstrip()))

    def lines(self) -> "list[Styled]":
        """Return the lines of the text."""
        found, start = list[Styled](), 0
        for line in self.text.split("\n"):
            found.append(self.cut(start, start + len(line)) if len(line) < len(self.text) else self)
            start += len(line) + 1
        return found

    def signs(self) -> frozenset[str]:
        """Return the looks that all of the text has; none of a text without letters."""
        looks = [look for text, look in self.pieces if text.strip() and not look.is_object]
        return frozenset(sign for sign in SIGNS if looks and all(getattr(look, sign) for look in looks))

    def has_partly(self, sign: str) -> bool:
        """Say whether some of the text has a look that the whole hasn't."""
        return sign not in self.signs() and any(getattr(look, sign) for text, look in self.pieces if text.strip())


class Marked(NamedTuple):
    """A text with our marks, and whether bold, slanted or raised letters could not be kept."""

    text: str
    has_lost_stress: bool = False
    has_lost_place: bool = False


def joined(lines: Iterable[Styled]) -> Styled:
    """Return lines as one text, without the white space around it."""
    pieces: list[Piece] = []
    for index, line in enumerate(lines):
        pieces += [("\n", PLAIN)] if index else []
        pieces += line.pieces
    return Styled(pieces).stripped()


def marked(styled: Styled) -> Marked:
    """Return the text with our marks for what stands out in it; a text that is bold throughout does not."""
    whole = styled.signs()
    bare = styled.text
    pieces = [
        (text, (look.bold and "bold" not in whole, look.italic, look.raised) if not look.is_object else (False,) * 3)
        for text, look in styled.pieces
    ]
    if not any(any(look) for _text, look in pieces):
        return Marked(bare)
    all_marks = _with_marks(pieces)
    if plain(all_marks) == plain(bare):
        return Marked(all_marks)
    raised = _with_marks([(text, (False, False, look[2])) for text, look in pieces])
    if plain(raised) == plain(bare):
        return Marked(raised, has_lost_stress=True)
    return Marked(bare, has_lost_place=any(look[2] for _text, look in pieces), has_lost_stress=True)


def _with_marks(pieces: Iterable[tuple[str, tuple[bool | str, ...]]]) -> str:
    found: list[str] = []
    for look, group in groupby(pieces, key=lambda piece: piece[1]):
        text = "".join(part for part, _look in group)
        bold, italic, raised = look
        sign = str(raised) or "**" * bool(bold) + "*" * bool(italic)
        found.append("\n".join(_line_with(sign, line) for line in text.split("\n")) if sign else text)
    return "".join(found)


def _line_with(sign: str, line: str) -> str:
    parts = _LINE_PARTS.fullmatch(line)
    return f"{parts[1]}{sign}{parts[2]}{sign}{parts[3]}" if parts and parts[2] else line
