"""Reading the committee's workbook."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from python_calamine import CalamineError, CalamineWorkbook

from question_bank.editing import Row
from question_bank.formats.base import (
    MEDIUM_DIFFICULTY,
    UNKNOWN_SOURCE,
    UNSORTED,
    Fault,
    Import,
    Parsed,
    Placed,
    Source,
    UnusableFile,
    checked,
    file_bytes,
    gathered,
    letters_guesses,
    limits_guesses,
    made_code,
)
from question_bank.formats.limits import PaperLimits
from question_bank.formats.table_words import difficulty_in
from question_bank.formats.xlsx.answers import WrongCell, has_judgement, rows_of, text_columns
from question_bank.formats.xlsx.cells import cell_name, cell_position, inspected
from question_bank.formats.xlsx.columns import (
    QUESTION_SHEET,
    YES_NO_BY_WORD,
    kinds_by_word,
)
from question_bank.formats.xlsx.guessing import kind_by
from question_bank.formats.xlsx.header import Header, header_of
from question_bank.formats.xlsx.package import Parts, repacked, sheet_parts, unpacked
from question_bank.formats.xlsx.settings import settings_in
from question_bank.kinds import Kind, kind_of
from question_bank.kinds.options import LETTERS
from question_bank.points import points_in
from question_bank.problems import Values
from question_bank.question import FULL_POINTS, Question
from question_bank.text import clean, fold

_LARGEST_EXACT = 10**15
_TOP = 20
"""Rows among which the titles stand."""

_MADE = {
    "code": "code_made",
    "kind": "kind_made",
    "topic": "topic_made",
    "difficulty": "difficulty_made",
    "source": "source_made",
}
"""What is said of a column that lacks."""


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
    made: list[tuple[str, str]] = [(f"dòng {row}", "row_hidden") for row in inspection.hidden]
    placed = placed_rows(values, faults, made)
    faults += checked(placed)
    if not placed and not faults:
        faults.append(Fault("A2", "no_questions"))
    if placed:
        faults = in_order(faults, placed)
    texts = (cell for row in values for cell in row if isinstance(cell, str))
    questions = tuple(item.parsed for item in placed)
    guesses = letters_guesses("\n".join(texts)) + limits_guesses(questions) + gathered(made)
    return Import(questions, tuple(faults), guesses=guesses)


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


def placed_rows(values: Sequence[Sequence[object]], faults: list[Fault], made: list[tuple[str, str]]) -> list[Placed]:
    """Return the questions below the titles of a table; what can't be read joins the faults.

    What a column that lacks would say joins what was `made`, as pairs of place and code.
    """
    filled = [row for row, cells in enumerate(values) if any(cell != "" for cell in cells)]
    if not filled:
        return []
    tops = {row: [clean(value) if isinstance(value, str) else "" for value in values[row]] for row in filled[:_TOP]}
    header = header_of([tops.get(row, []) for row in range(len(values))], list(tops), faults)
    if header is None:
        return []
    known = kinds_by_word()
    readers = [_RowReader(values[row], row, header, faults) for row in filled if row > header.last]
    readers = [reader for reader in readers if not reader.is_empty]
    made += _made(readers, header.columns)
    return [reader.placed(known, number) for number, reader in enumerate(readers, start=1)]


def _made(readers: "Sequence[_RowReader]", columns: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for field, code in _MADE.items():
        if field not in columns:
            yield from ((reader.cell_of("text"), code) for reader in readers)
    yield from ((reader.cell_of("difficulty"), "docx_level_word") for reader in readers if reader.has_level_word)


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


class _RowReader:
    """One row, read into a question; what cannot be read becomes a fault of its cell."""

    def __init__(self, values: Sequence[object], row: int, header: Header, faults: list[Fault]) -> None:
        self._columns, self._titled = header.columns, header.titled
        numbers = {self._columns.get("points"), self._columns["key"]}
        self._cells = [
            _text(value, cell_name(row, i), faults, may_be_fraction=i in numbers) for i, value in enumerate(values)
        ]
        self._row = row
        self._faults = faults
        self._in_options: set[str] = set()

    @property
    def is_empty(self) -> bool:
        """Say whether the row holds nothing but spaces."""
        return not any(self._cells)

    @property
    def has_level_word(self) -> bool:
        """Say whether the difficulty is a word such as "Vận dụng"."""
        level, is_word = difficulty_in(self._text("difficulty"))
        return is_word and level is not None

    def placed(self, known: Mapping[str, Kind], number: int) -> Placed:
        """Return the question of the row, with its number in the table, and the way to its cells."""
        self._refuse_unnamed()
        kind = self._kind(known)
        question = Question(
            kind=kind.code if kind else "",
            text=self._text("text"),
            options=(),
            key=None,
            topic=self._text("topic") if "topic" in self._columns else UNSORTED,
            difficulty=self._difficulty(),
            explanation=self._text("explanation"),
            source=self._text("source") if "source" in self._columns else UNKNOWN_SOURCE,
            points=self._points(),
            lock_order=self._is_yes("lock_order"),
            tags=tuple(tag.strip() for tag in self._text("tags").split(",") if tag.strip()),
        )
        if kind is not None:
            question = self._answered(kind, question)
        limits = PaperLimits(self._is_yes("compulsory"), self._text("apart"))
        code = self._text("code") if "code" in self._columns else made_code(number, question.text)
        return Placed(Parsed(code, self._row + 1, question, limits), self.cell_of)

    def cell_of(self, field: str) -> str:
        """Return the cell of a question's field: texts of a kind's table stand in the cells of options."""
        head, _, place = field.partition(".")
        return self._cell(f"options.{place or 0}" if head in self._in_options else field)

    def _cell(self, field: str) -> str:
        """Return the cell of a column's field; a list without an own cell begins at its first item."""
        for name in (field, f"{field}.0", field.split(".", maxsplit=1)[0]):
            if name in self._columns:
                return cell_name(self._row, self._columns[name])
        return cell_name(self._row, self._columns["text"])

    def _text(self, field: str) -> str:
        index = self._columns.get(field)
        # The rows of a CSV file may be shorter than that of the titles.
        return self._cells[index] if index is not None and index < len(self._cells) else ""

    def _fault(self, field: str, code: str, values: Values) -> None:
        self._faults.append(Fault(self._cell(field), code, values, self._row + 1))

    def _refuse_unnamed(self) -> None:
        for index, text in enumerate(self._cells):
            if text and index not in self._titled:
                self._faults.append(Fault(cell_name(self._row, index), "column_unnamed", row=self._row + 1))

    def _kind(self, known: Mapping[str, Kind]) -> Kind | None:
        if "kind" not in self._columns:
            return kind_of(kind_by(self._options(), self._text("key")))
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
        try:
            question = kind.with_settings(question, settings_in(kind, self._text("settings")))
        except WrongCell as wrong:
            self._fault(wrong.field, wrong.code, wrong.values)
        return kind.with_rows(question, self._rows(kind, self._options(), self._text("key")))

    def _options(self) -> list[str]:
        return [self._text(f"options.{index}") for index in range(len(LETTERS))]

    def _rows(self, kind: Kind, options: Sequence[str], key: str) -> tuple[Row, ...]:
        try:
            return rows_of(kind, options, key)
        except WrongCell as wrong:
            self._fault(wrong.field, wrong.code, wrong.values)
            # What can be read without the wrong cell is still looked at.
            return self._rows(kind, options, "") if wrong.field == "key" else self._rows(kind, (), key)

    def _difficulty(self) -> int:
        if "difficulty" not in self._columns:
            return MEDIUM_DIFFICULTY
        word = self._text("difficulty")
        level, _is_word = difficulty_in(word)
        if level is None:
            self._fault("difficulty", "number_wrong", {"value": word[:50]})
        return level or 0

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
