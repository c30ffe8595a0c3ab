"""Reading the committee's workbook."""

import re
from collections.abc import Mapping

from python_calamine import CalamineError, CalamineWorkbook

from question_bank.formats.base import (
    Fault,
    Import,
    Parsed,
    Placed,
    Source,
    UnusableFile,
    checked,
    file_bytes,
)
from question_bank.formats.xlsx_cells import cell_name, cell_position, inspected
from question_bank.formats.xlsx_columns import (
    COLUMN_BY_TITLE,
    COLUMNS,
    KIND_BY_WORD,
    KIND_TITLES,
    QUESTION_SHEET,
    TRUE_FALSE_BY_WORD,
    YES_NO_BY_WORD,
)
from question_bank.formats.xlsx_package import Parts, repacked, sheet_parts, unpacked
from question_bank.kinds.options import LETTERS
from question_bank.question import FULL_POINTS, Option, Question, Value
from question_bank.text import clean, fold

_LARGEST_EXACT = 10**15
_BETWEEN_LETTERS = re.compile(r"[\s,;/.]+")
_POINTS = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,3}))?")


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
    placed = _placed(_values(parts, name), faults)
    faults += checked(placed)
    if not placed and not faults:
        faults.append(Fault("A2", "no_questions"))
    if placed:
        faults = _first_per_cell(faults)
    return Import(tuple(item.parsed for item in placed), tuple(faults))


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


def _placed(values: list[list[object]], faults: list[Fault]) -> list[Placed]:
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
    readers = [_RowReader(values[row], row, columns, faults) for row in body]
    return [reader.placed() for reader in readers if not reader.is_empty]


def _text(value: object, cell: str, faults: list[Fault], *, may_be_fraction: bool = False) -> str:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float) and abs(value) < _LARGEST_EXACT:
        if value == int(value):
            return str(int(value))
        if may_be_fraction:
            return repr(value)
    # What Excel shows for dates, fractions and long numbers is not what it stores.
    faults.append(Fault(cell, "cell_not_text"))
    return ""


def _columns(cells: list[str], row: int, faults: list[Fault]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, title in enumerate(cells):
        cell, column = cell_name(row, index), COLUMN_BY_TITLE.get(fold(title.rstrip("*")))
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

    def __init__(self, values: list[object], row: int, columns: Mapping[str, int], faults: list[Fault]) -> None:
        self._cells = [
            _text(value, cell_name(row, i), faults, may_be_fraction=i == columns.get("points"))
            for i, value in enumerate(values)
        ]
        self._row = row
        self._columns = columns
        self._faults = faults

    @property
    def is_empty(self) -> bool:
        """Say whether the row holds nothing but spaces."""
        return not any(self._cells)

    def placed(self) -> Placed:
        """Return the question of the row and the way to its cells."""
        self._refuse_unnamed()
        kind = self._kind()
        question = Question(
            kind=kind,
            text=self._text("text"),
            options=self._options(),
            key=self._key(kind),
            topic=self._text("topic"),
            difficulty=self._difficulty(),
            explanation=self._text("explanation"),
            source=self._text("source"),
            points=self._points(),
            lock_order=self._lock_order(),
            tags=tuple(tag.strip() for tag in self._text("tags").split(",") if tag.strip()),
        )
        return Placed(Parsed(self._text("code"), self._row + 1, question), self.cell_of)

    def cell_of(self, field: str) -> str:
        """Return the cell of a field; a list without an own cell begins at its first item."""
        for name in (field, f"{field}.0", field.split(".", maxsplit=1)[0]):
            if name in self._columns:
                return cell_name(self._row, self._columns[name])
        return cell_name(self._row, self._columns["code"])

    def _text(self, field: str) -> str:
        index = self._columns.get(field)
        return "" if index is None else self._cells[index]

    def _fault(self, field: str, code: str, **values: str) -> None:
        self._faults.append(Fault(self.cell_of(field), code, values))

    def _refuse_unnamed(self) -> None:
        named = set(self._columns.values())
        for index, text in enumerate(self._cells):
            if text and index not in named:
                self._faults.append(Fault(cell_name(self._row, index), "column_unnamed"))

    def _kind(self) -> str:
        word = self._text("kind")
        if fold(word) not in KIND_BY_WORD:
            known = ", ".join(KIND_TITLES.values())
            self._fault("kind", "kind_label_unknown", value=word[:50], known=known)
        return KIND_BY_WORD.get(fold(word), "")

    def _options(self) -> tuple[Option, ...]:
        texts = [self._text(f"options.{index}") for index in range(len(LETTERS))]
        while texts and not texts[-1]:
            texts.pop()
        return tuple(Option(letter, text) for letter, text in zip(LETTERS, texts, strict=False))

    def _key(self, kind: str) -> Value:
        word = self._text("key")
        if kind == "true_false":
            return TRUE_FALSE_BY_WORD.get(fold(word), word or None)
        letters = tuple(letter for letter in _BETWEEN_LETTERS.split(word.lower()) if letter)
        return letters[0] if kind == "single" and len(letters) == 1 else letters

    def _difficulty(self) -> int:
        word = self._text("difficulty")
        if not re.fullmatch(r"[0-9]{1,3}", word):
            self._fault("difficulty", "number_wrong", value=word[:50])
            return 0
        return int(word)

    def _points(self) -> int:
        word = self._text("points")
        match = _POINTS.fullmatch(word)
        if match is None:
            if word:
                self._fault("points", "points_wrong", value=word[:50])
            return FULL_POINTS
        return int(match[1]) * FULL_POINTS + int((match[2] or "").ljust(3, "0"))

    def _lock_order(self) -> bool:
        word = self._text("lock_order")
        if fold(word) not in YES_NO_BY_WORD:
            self._fault("lock_order", "yes_no_wrong", value=word[:50])
        return YES_NO_BY_WORD.get(fold(word), False)


def _first_per_cell(faults: list[Fault]) -> list[Fault]:
    # One fault often draws others after it: a formula is also a wrong number.
    first: dict[str, Fault] = {}
    for fault in faults:
        first.setdefault(fault.cell, fault)
    return sorted(first.values(), key=lambda fault: cell_position(fault.cell))
