"""Reading the committee's workbook."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from python_calamine import CalamineError, CalamineWorkbook

from question_bank.editing import Row
from question_bank.formats.base import (
    Fault,
    Import,
    Parsed,
    Placed,
    Source,
    UnusableFile,
    checked,
    file_bytes,
    letters_guesses,
    limits_guesses,
)
from question_bank.formats.limits import PaperLimits
from question_bank.formats.xlsx.answers import WrongCell, has_judgement, rows_of, text_columns
from question_bank.formats.xlsx.cells import cell_name, cell_position, inspected
from question_bank.formats.xlsx.columns import (
    COLUMNS,
    QUESTION_SHEET,
    YES_NO_BY_WORD,
    find_column,
    kinds_by_word,
)
from question_bank.formats.xlsx.package import Parts, repacked, sheet_parts, unpacked
from question_bank.formats.xlsx.settings import settings_in
from question_bank.kinds import Kind
from question_bank.kinds.options import LETTERS
from question_bank.points import points_in
from question_bank.problems import Values
from question_bank.question import FULL_POINTS, Question
from question_bank.text import clean, fold

_LARGEST_EXACT = 10**15


def read_questions(source: Source) -> Import:
    """Read the sheet "Câu hỏi", or the only sheet, of a workbook.

    Raises UnusableFile: file_missing, file_large, not_xlsx, unpacks_large, text_much,
    sheet_missing.
    """
    parts = unpacked(file_bytes(source))
    sheets = sheet_parts(parts)
    name = _question_sheet(list(sheets))
    inspection = inspected(parts, sheets[name])
    if not inspection.is_safe:
        return Import((), tuple(inspection.faults))
    faults = inspection.faults
    values = _values(parts, name)
    placed = placed_rows(values, faults)
    faults += checked(placed)
    if not placed and not faults:
        faults.append(Fault("A2", "no_questions"))
    if placed:
        faults = in_order(faults, placed)
    texts = (cell for row in values for cell in row if isinstance(cell, str))
    questions = tuple(item.parsed for item in placed)
    return Import(questions, tuple(faults), guesses=letters_guesses("\n".join(texts)) + limits_guesses(questions))


def _question_sheet(names: list[str]) -> str:
    if not names:
        raise UnusableFile("not_xlsx")
    for name in names:
        if fold(name) == fold(QUESTION_SHEET):
            return name
    if len(names) > 1:
        raise UnusableFile("sheet_missing", {"value": QUESTION_SHEET})
    return names[0]


def _values(parts: Parts, sheet: str) -> list[list[object]]:
    try:
        workbook = CalamineWorkbook.from_filelike(repacked(parts))
        rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except CalamineError:
        raise UnusableFile("not_xlsx") from None
    return [list(row) for row in rows]


def placed_rows(values: Sequence[Sequence[object]], faults: list[Fault]) -> list[Placed]:
    """Return the questions of a table whose first filled row has the titles; what can't be read joins the faults."""
    filled = [row for row, cells in enumerate(values) if any(cell != "" for cell in cells)]
    if not filled:
        return []
    header, *body = filled
    titles = [_text(value, cell_name(header, i), faults) for i, value in enumerate(values[header])]
    columns = _columns(titles, header, faults)
    missing = [c for c in COLUMNS if c.is_required and c.field not in columns]
    faults += [Fault(cell_name(header, 0), "column_missing", {"value": c.title}) for c in missing]
    if missing:
        return []
    known = kinds_by_word()
    readers = [_RowReader(values[row], row, columns, faults) for row in body]
    return [reader.placed(known) for reader in readers if not reader.is_empty]


def _text(value: object, cell: str, faults: list[Fault], *, may_be_fraction: bool = False) -> str:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float) and abs(value) < _LARGEST_EXACT:
        if value == int(value):
            return str(int(value))
        if may_be_fraction:
            return repr(value).replace(".", ",")
    # What Excel shows for dates, fractions and long numbers is not what it stores.
    faults.append(Fault(cell, "cell_not_text", row=cell_position(cell)[0] + 1))
    return ""


def _columns(cells: list[str], row: int, faults: list[Fault]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, title in enumerate(cells):
        cell, column = cell_name(row, index), find_column(title)
        if column is None:
            if title:
                faults.append(Fault(cell, "column_unknown", {"value": title[:50]}))
        elif column.field in columns:
            faults.append(Fault(cell, "column_repeated", {"value": title}))
        else:
            columns[column.field] = index
    return columns


class _RowReader:
    """One row, read into a question; what cannot be read becomes a fault of its cell."""

    def __init__(self, values: Sequence[object], row: int, columns: Mapping[str, int], faults: list[Fault]) -> None:
        numbers = {columns.get("points"), columns["key"]}
        self._cells = [
            _text(value, cell_name(row, i), faults, may_be_fraction=i in numbers) for i, value in enumerate(values)
        ]
        self._row = row
        self._columns = columns
        self._faults = faults
        self._in_options: set[str] = set()

    @property
    def is_empty(self) -> bool:
        """Say whether the row holds nothing but spaces."""
        return not any(self._cells)

    def placed(self, known: Mapping[str, Kind]) -> Placed:
        """Return the question of the row and the way to its cells."""
        self._refuse_unnamed()
        kind = self._kind(known)
        question = Question(
            kind=kind.code if kind else "",
            text=self._text("text"),
            options=(),
            key=None,
            topic=self._text("topic"),
            difficulty=self._difficulty(),
            explanation=self._text("explanation"),
            source=self._text("source"),
            points=self._points(),
            lock_order=self._is_yes("lock_order"),
            tags=tuple(tag.strip() for tag in self._text("tags").split(",") if tag.strip()),
        )
        if kind is not None:
            question = self._answered(kind, question)
        limits = PaperLimits(self._is_yes("compulsory"), self._text("apart"))
        return Placed(Parsed(self._text("code"), self._row + 1, question, limits), self.cell_of)

    def cell_of(self, field: str) -> str:
        """Return the cell of a question's field: texts of a kind's table stand in the cells of options."""
        head, _, place = field.partition(".")
        return self._cell(f"options.{place or 0}" if head in self._in_options else field)

    def _cell(self, field: str) -> str:
        """Return the cell of a column's field; a list without an own cell begins at its first item."""
        for name in (field, f"{field}.0", field.split(".", maxsplit=1)[0]):
            if name in self._columns:
                return cell_name(self._row, self._columns[name])
        return cell_name(self._row, self._columns["code"])

    def _text(self, field: str) -> str:
        index = self._columns.get(field)
        # The rows of a CSV file may be shorter than that of the titles.
        return self._cells[index] if index is not None and index < len(self._cells) else ""

    def _fault(self, field: str, code: str, values: Values) -> None:
        self._faults.append(Fault(self._cell(field), code, values, self._row + 1))

    def _refuse_unnamed(self) -> None:
        named = set(self._columns.values())
        for index, text in enumerate(self._cells):
            if text and index not in named:
                self._faults.append(Fault(cell_name(self._row, index), "column_unnamed", row=self._row + 1))

    def _kind(self, known: Mapping[str, Kind]) -> Kind | None:
        word = self._text("kind")
        kind = known.get(fold(word))
        if kind is None:
            titles = dict.fromkeys(each.name.vi for each in known.values())
            self._fault("kind", "kind_label_unknown", {"value": word[:50], "known": ", ".join(titles)})
        return kind

    def _answered(self, kind: Kind, question: Question) -> Question:
        """Return the question with its settings and answers."""
        table, texts = kind.table, text_columns(kind.table)
        if table is not None and texts:
            unused = set() if has_judgement(table) else {"key"}
            self._in_options = unused | {table.columns[index].name for index in texts}
        options = [self._text(f"options.{index}") for index in range(len(LETTERS))]
        try:
            question = kind.with_settings(question, settings_in(kind, self._text("settings")))
        except WrongCell as wrong:
            self._fault(wrong.field, wrong.code, wrong.values)
        return kind.with_rows(question, self._rows(kind, options, self._text("key")))

    def _rows(self, kind: Kind, options: Sequence[str], key: str) -> tuple[Row, ...]:
        try:
            return rows_of(kind, options, key)
        except WrongCell as wrong:
            self._fault(wrong.field, wrong.code, wrong.values)
            # What can be read without the wrong cell is still looked at.
            return self._rows(kind, options, "") if wrong.field == "key" else self._rows(kind, (), key)

    def _difficulty(self) -> int:
        word = self._text("difficulty")
        if not re.fullmatch(r"[0-9]{1,3}", word):
            self._fault("difficulty", "number_wrong", {"value": word[:50]})
            return 0
        return int(word)

    def _points(self) -> int:
        word = self._text("points")
        points = points_in(word) if word else FULL_POINTS
        if points is None:
            self._fault("points", "points_wrong", {"value": word[:50]})
        return FULL_POINTS if points is None else points

    def _is_yes(self, field: str) -> bool:
        word = self._text(field)
        if fold(word) not in YES_NO_BY_WORD:
            self._fault(field, "yes_no_wrong", {"value": word[:50]})
        return YES_NO_BY_WORD.get(fold(word), False)


def in_order(faults: Iterable[Fault], placed: Sequence[Placed]) -> list[Fault]:
    """Return the first fault of each cell, in the order of cells; those above all questions are about the file.

    One often draws others after it: a formula is also a wrong number.
    """
    first_row = placed[0].parsed.row if placed else 0
    first: dict[str, Fault] = {}
    for fault in faults:
        is_above = fault.row is not None and fault.row < first_row
        first.setdefault(fault.cell, replace(fault, row=None) if is_above else fault)
    return sorted(first.values(), key=lambda fault: cell_position(fault.cell))
