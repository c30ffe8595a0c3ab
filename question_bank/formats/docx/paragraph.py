"""Paragraphs and tables of a Word document, and how a paragraph comes together."""

from dataclasses import dataclass, field
from itertools import groupby

from question_bank.formats.base import UnusableFile
from question_bank.formats.decoding import from_tcvn3, from_vni
from question_bank.formats.docx.package import REFUSAL
from question_bank.formats.docx.styled import Look, Piece, Styled
from question_bank.formats.docx.styles import Props
from question_bank.text import clean, piles_marks, showable

LONGEST_PARAGRAPH = 20_000
_LAST_LATIN = 0xFF
_BLANK_LINES = 9


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that holds something, with the blank ones before it counted.

    `number` counts paragraphs from 1, in tables too. `level` is that of a heading from 1, 0 of the title of the
    document, else None. `notes` are codes of what a person should know.
    """

    text: Styled
    number: int
    level: int | None = None
    blanks: int = 0
    notes: frozenset[str] = frozenset()


Cell = list[Paragraph]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the cells of its rows. `number` counts the tables from 1."""

    rows: list[list[Cell]]
    number: int


Block = Paragraph | Table


@dataclass(slots=True)
class Draft:
    """A paragraph while it is read: text with its look and font, what its style says, and its place in a list."""

    props: Props = field(default_factory=dict)
    pieces: list[tuple[str, Look, str]] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    size: int = 0

    def add(self, text: str, look: Look, font: str) -> None:
        """Take up a piece of text."""
        self.size += len(text)
        if self.size > LONGEST_PARAGRAPH:
            self.notes.add("docx_long")
        else:
            self.pieces.append((text, look, font))

    def styled(self) -> Styled:
        """Return what the pieces say, in letters of today and one form."""
        pieces: list[Piece] = []
        for (look, font), group in groupby(self.pieces, key=lambda piece: piece[1:]):
            text = "".join(text for text, _look, _font in group)
            pieces.append((modern(text, font), look))
        return Styled(_apart(pieces))


def font_of(props: Props) -> str:
    """Return which old Vietnamese font text stands in: its name in small letters, empty for any other."""
    font = props.get("font", "").lower()
    return font if font.startswith((".vn", "vni")) else ""


def modern(text: str, font: str) -> str:
    """Return the text in Unicode (NFC): fonts called .Vn… and VNI-… show other letters than are stored.

    Raises UnusableFile: not_docx, letters under heaps of marks, which take endless to put in order.
    """
    if piles_marks(text):
        raise UnusableFile(REFUSAL)
    is_old = font and all(ord(letter) <= _LAST_LATIN or not letter.isalpha() for letter in text)
    if is_old and font.startswith(".vn"):
        text = from_tcvn3(text)
        text = text.upper() if font.endswith("h") else text
    elif is_old:
        text = from_vni(text)
    tidy = clean(f"|{showable(text)}|")
    return tidy[1:-1]


def _apart(pieces: list[Piece]) -> list[Piece]:
    """Put a space between a formula and letters beside it: its mark needs one."""
    found: list[Piece] = []
    for text, look in pieces:
        before = found[-1] if found else ("", look)
        is_formula = text.startswith("$") and look.is_object
        was_formula = before[0].startswith("$") and before[1].is_object
        if (is_formula and before[0][-1:].isalnum()) or (was_formula and text[:1].isalnum()):
            found.append((" ", look._replace(is_object=False)))
        found.append((text, look))
    return found


def more_blanks(blanks: int) -> int:
    """Count one more blank paragraph, of which thousands say no more than a few."""
    return min(blanks + 1, _BLANK_LINES)
