"""What the XML of a sheet says that the values of its cells do not: formulas, errors, sizes."""

import re
from dataclasses import dataclass

from question_bank.formats.base import MOST_QUESTIONS, Fault, UnusableFile
from question_bank.formats.xlsx.package import Parts, plain_styles, string_lengths, walk

LAST_ROW = 20_000
LAST_COLUMN = 50
LONGEST_CELL = 32_767
MOST_CHARACTERS = 20_000_000
_MOST_FAULTS = 1000
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is wrong with the cells of a sheet; when not `is_safe` they must not be read."""

    faults: list[Fault]
    is_safe: bool
    hidden: tuple[int, ...] = ()
    """The numbers of rows that Excel doesn't show, though they hold something."""


def inspected(parts: Parts, sheet_part: str) -> Inspection:
    """Look through the cells of a sheet without keeping any.

    Raises UnusableFile: not_xlsx, text_much.
    """
    cells = _Cells(string_lengths(parts), plain_styles(parts))
    try:
        walk(parts[sheet_part], cells)
    except _UnsafeSheet:
        return Inspection(cells.faults, is_safe=False)
    return Inspection(cells.faults, is_safe=True, hidden=tuple(cells.hidden))


def cell_name(row: int, column: int) -> str:
    """Return how Excel calls a cell, given its row and column from 0: A1, B7, AA12."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def cell_position(name: str) -> tuple[int, int]:
    """Return the row and column, from 0, of a cell called as in Excel. Raises ValueError."""
    match = _REFERENCE.fullmatch(name)
    if match is None:
        raise ValueError(f"{name} is no cell")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


class _UnsafeSheet(Exception):
    pass


class _Cells:
    """Hears the XML of one sheet; rows and columns count from 0."""

    def __init__(self, lengths: list[int], are_plain: list[bool]) -> None:
        self.faults: list[Fault] = []
        self._lengths = lengths
        self._are_plain = are_plain
        self._characters = 0
        self._filled_rows = 0
        self._last_filled = -1
        self.hidden: dict[int, None] = {}
        self._is_hidden = False
        self._row = -1
        self._column = -1
        self._type = "n"
        self._style = 0
        self._has_formula = False
        self._is_value = False
        self._value = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
            self._is_hidden = attributes.get("hidden") in {"1", "true"}
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "f":
            self._has_formula = True
        elif name in {"v", "t"}:
            self._is_value = True

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._is_value = False
        elif name == "c" and (self._has_formula or self._value):
            self._judge_cell()

    def text(self, data: str) -> None:
        # A longer text is wrong already; gathering all of it would only cost time.
        if self._is_value and len(self._value) <= LONGEST_CELL:
            self._value += data

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            self._row, self._column = cell_position(attributes["r"])
        else:
            self._column += 1
        self._type = attributes.get("t", "n")
        self._style = int(attributes.get("s", "0"))
        self._has_formula = False
        self._value = ""

    def _judge_cell(self) -> None:
        self._judge_place()
        length = self._lengths[int(self._value)] if self._type == "s" else len(self._value)
        self._characters += length
        if self._characters > MOST_CHARACTERS:
            raise UnusableFile("text_much", {"most": MOST_CHARACTERS})
        if self._has_formula:
            self._add("cell_formula")
        elif self._type == "e":
            self._add("cell_error")
        elif length > LONGEST_CELL:
            # No spreadsheet holds one; the reader of cells would take all of it.
            self._add("cell_long", LONGEST_CELL)
            raise _UnsafeSheet
        elif self._type == "d" or (self._type == "n" and not self._looks_plain()):
            self._add("cell_not_text")

    def _judge_place(self) -> None:
        # The reader of cells makes a full rectangle, so one far cell could fill the memory.
        if self._row >= LAST_ROW or self._column >= LAST_COLUMN:
            self._add("cell_far")
            raise _UnsafeSheet
        if self._row != self._last_filled:
            self._last_filled = self._row
            if self._is_hidden:
                self.hidden[self._row + 1] = None
            self._filled_rows += 1
        if self._filled_rows > MOST_QUESTIONS + 1:
            self._add("too_many_questions", MOST_QUESTIONS)
            raise _UnsafeSheet

    def _looks_plain(self) -> bool:
        return self._style >= len(self._are_plain) or self._are_plain[self._style]

    def _add(self, code: str, most: int | None = None) -> None:
        if len(self.faults) < _MOST_FAULTS:
            values = {} if most is None else {"most": most}
            self.faults.append(Fault(cell_name(self._row, self._column), code, values, self._row + 1))
