"""The committee's table as a CSV file, with the columns of the workbook.

Written as Vietnamese Excel opens it: semicolons, UTF-8 with a mark. Read with semicolons, commas or tabs, whichever
part the titles.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO

from question_bank.formats.base import (
    MOST_QUESTIONS,
    Bank,
    Fault,
    Format,
    Import,
    Source,
    UnusableFile,
    checked,
    file_bytes,
    gathered,
    limits_guesses,
)
from question_bank.formats.decoding import decoded, lines_of
from question_bank.formats.limits import NO_LIMITS
from question_bank.formats.xlsx.cells import LAST_ROW
from question_bank.formats.xlsx.columns import field_of
from question_bank.formats.xlsx.reader import in_order, placed_rows
from question_bank.formats.xlsx.writer import columns_for, fields_of

_MARKS = ";,\t"
_HINT = re.compile(r"sep=.?\n?", re.IGNORECASE)
_MOST_MARKS = 1000
_MOST_LINES = 5000
"""Of one line and of one row: several times what a row that is not refused later has."""

# Excel takes a cell that begins so for a formula; ＝ and the like are its signs in wide letters.
_LIKE_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")
_GUARDED = re.compile("'(?='*[=+\\-@\t\r＝＋－＠])")


def read_questions(source: Source) -> Import:
    """Read questions from a table with the columns of the template.

    Raises UnusableFile: file_missing, file_large, not_text, csv_broken.
    """
    text = decoded(file_bytes(source))
    rows = list(islice(_rows(text.text), LAST_ROW + 1))
    if sum(any(row) for row in rows) > MOST_QUESTIONS + 1 or len(rows) > LAST_ROW:
        return Import((), (Fault("", "too_many_questions", {"most": MOST_QUESTIONS}),))
    faults: list[Fault] = []
    made: list[tuple[str, str]] = []
    placed = placed_rows(rows, faults, made)
    faults += checked(placed)
    if not placed and not faults:
        faults.append(Fault("A2", "no_questions"))
    faults = in_order(faults, placed)
    questions = tuple(item.parsed for item in placed)
    return Import(questions, tuple(faults), guesses=(*text.guesses, *limits_guesses(questions), *gathered(made)))


def write_questions(stream: BinaryIO, bank: Bank) -> None:
    """Write questions so that reading gives them again, and so that Excel runs none of them as a formula.

    Options come back under the ids a, b, …; the title and date of the bank are not kept.
    """
    rows = [fields_of(code, question, bank.limits.get(code, NO_LIMITS)) for code, question in bank.entries]
    columns = columns_for(rows)
    stream.write("\ufeff".encode())
    stream.write(_line(column.title for column in columns))
    stream.writelines(_line(fields.get(column.field, "") for column in columns) for fields in rows)


def _line(texts: Iterable[str]) -> bytes:
    quoted = ('"' + _guarded(text).replace('"', '""') + '"' for text in texts)
    return (";".join(quoted) + "\r\n").encode()


def _guarded(text: str) -> str:
    return f"'{text}" if _LIKE_FORMULA.match(text) else text


def _rows(text: str) -> Iterator[list[str]]:
    mark = _mark(text)
    try:
        for row in _parted(text, mark):
            yield [cell[1:] if _GUARDED.match(cell) else cell for cell in row]
    except csv.Error as error:
        raise UnusableFile("csv_broken", {"line": str(error)}) from None


def _mark(text: str) -> str:
    """Return which sign stands between the titles."""
    return max(_MARKS, key=lambda mark: sum(field_of(title) is not None for title in _titles(text, mark)))


def _titles(text: str, mark: str) -> list[str]:
    try:
        return next((row for row in _parted(text, mark) if any(row)), [])
    except csv.Error:
        return []


def _parted(text: str, mark: str) -> Iterator[list[str]]:
    """Yield the cells of each row. Raises csv.Error with the number of the line where it can't be parted."""
    lines = _Lines(text, mark)
    reader = csv.reader(lines, delimiter=mark, strict=True)
    try:
        for row in reader:
            lines.of_row = 0
            yield row
    except csv.Error:
        raise csv.Error(str(lines.number)) from None


class _Lines:
    """The lines of a text, as many as one row may have."""

    def __init__(self, text: str, mark: str) -> None:
        self.number = 0
        self.of_row = 0
        self._mark = mark
        hint = _HINT.match(text)
        self._lines = lines_of(text[hint.end() :] if hint else text)

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        self.of_row += 1
        if self.of_row > _MOST_LINES or line.count(self._mark) > _MOST_MARKS:
            raise csv.Error
        return line + "\n"


CSV = Format(read_questions, write_questions, holds_limits=True)
