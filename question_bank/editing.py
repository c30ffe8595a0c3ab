"""How a kind of question is written: a table of answers and a few settings, as data.

An editor, a spreadsheet and a test fill in the same table, so none of them has to know a kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from question_bank.question import Value
from question_bank.words import Words


class Cell(StrEnum):
    """What a column of the table asks for: a text, a mark on one row, marks on any rows, or true or false."""

    TEXT = "text"
    RIGHT_ONE = "right_one"
    RIGHT_MANY = "right_many"
    TRUE_FALSE = "true_false"


MARKS = frozenset({Cell.RIGHT_ONE, Cell.RIGHT_MANY})
MARKED = "x"
"""What stands in a cell that is marked; one that isn't is empty. True and false are `true` and `false`."""

_LETTERS = "ABCDEFGHIJ"

Row: TypeAlias = tuple[str, ...]
"""One row of the table: a text for each column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; `name` is also the field of a problem with its cells ("options.2")."""

    name: str
    title: Words
    cell: Cell = Cell.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a kind. `least` rows are always shown, `most` may be filled; `hint` says how.

    Rows are called A, B, … or, where they are `numbered`, 1, 2, …
    """

    columns: tuple[Column, ...]
    hint: Words
    least: int = 4
    most: int = 10
    numbered: bool = False

    @property
    def has_marks(self) -> bool:
        """Whether rows are marked: the mark of a row shows its name."""
        return any(column.cell in MARKS for column in self.columns)

    def row_name(self, index: int) -> str:
        """Return how people call the row at this place, from 0."""
        return str(index + 1) if self.numbered or index >= len(_LETTERS) else _LETTERS[index]


@dataclass(frozen=True, slots=True)
class Setting:
    """Something to decide about a question: yes or no, a number or a text by its `default`, else one of `choices`."""

    code: str
    title: Words
    default: Value
    choices: tuple[tuple[str, Words], ...] = ()
    hint: Words | None = None
    most: int = 0


def without_empty_end(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows up to the last that has a text."""
    kept = list(rows)
    while kept and not any(cell.strip() for cell in kept[-1]):
        kept.pop()
    return tuple(kept)
