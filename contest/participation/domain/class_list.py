"""Reading a school's class list from its workbook, and writing the empty one.

The guard of `question_bank` opens the file: nothing is parsed whose size was not checked, formulas are refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter import Workbook

from contest.accounts.domain import read_birth_date, read_full_name
from contest.errors import DomainError
from contest.i18n import nfc, search_key, show_date
from question_bank.formats import UnusableFile
from question_bank.formats.xlsx.cells import cell_name, cell_position, inspected
from question_bank.formats.xlsx.package import Parts, repacked, sheet_parts, unpacked

SHEET = "Danh sách"
HEADINGS = {"family": "Họ và tên đệm", "given": "Tên", "birth_date": "Ngày sinh", "class_name": "Lớp"}
MOST_PUPILS = 200
MOST_FILE_MB = 5
LONGEST_CLASS = 20

_WIDTHS = (28, 14, 14, 10)
_GUIDE = (
    "Mỗi dòng là một học sinh; giữ nguyên dòng tiêu đề.",
    "Ngày sinh viết theo dạng ngày/tháng/năm, ví dụ 05/09/2013.",
    f"Mỗi tệp tối đa {MOST_PUPILS} học sinh; nên lập mỗi lớp một tệp.",
    "Không dùng công thức. Các cột khác (ví dụ STT) được bỏ qua và không được lưu.",
)


@dataclass(frozen=True, slots=True)
class Pupil:
    """One row: a pupil, and the row's number in the file (from 1)."""

    row: int
    full_name: str
    birth_date: date
    class_name: str


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with one cell, such as B7; the code has a sentence in the labels."""

    cell: str
    error: DomainError


@dataclass(frozen=True, slots=True)
class ClassList:
    """What a file holds. With any fault nobody of it is enrolled. `columns`: field to column, from 0."""

    pupils: tuple[Pupil, ...]
    faults: tuple[CellFault, ...]
    columns: Mapping[str, int]

    def cell_of(self, pupil: Pupil, field: str) -> str:
        """The cell in which a pupil's value stands."""
        return cell_name(pupil.row - 1, self.columns[field])


def read_class_list(content: bytes, today: date) -> ClassList:
    """The pupils of a workbook. Raises a `DomainError` on the field `file` when it can't be read as a list."""
    if len(content) > MOST_FILE_MB * 1_000_000:
        raise DomainError("list_large", field="file", most=MOST_FILE_MB)
    try:
        parts = unpacked(content)
        name, part = _sheet(sheet_parts(parts))
        inspection = inspected(parts, part)
    except UnusableFile as error:
        raise _list_error(error.code, error.values, "file") from None
    faults = [
        CellFault(fault.cell, _list_error(fault.code, fault.values))
        for fault in inspection.faults
        if fault.code != "cell_not_text"  # a birth date may be a real date
    ]
    if any(fault.error.code == "list_too_many_questions" for fault in faults):
        raise DomainError("list_long", field="file", most=MOST_PUPILS)
    if not inspection.is_safe or faults:
        return ClassList((), tuple(faults), {})
    return _read_rows(_values(parts, name), today)


def write_template(stream: BinaryIO) -> None:
    """Write the empty workbook that a school fills in."""
    with Workbook(stream, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet(SHEET)
        head = workbook.add_format({"bold": True, "bg_color": "#E3E8F4", "border": 1})
        text = workbook.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 0)
        for column, (heading, width) in enumerate(zip(HEADINGS.values(), _WIDTHS, strict=True)):
            sheet.set_column(column, column, width, text)
            sheet.write_string(0, column, heading, head)
        guide = workbook.add_worksheet("Hướng dẫn")
        guide.set_column(0, 0, 90)
        for row, line in enumerate(_GUIDE):
            guide.write_string(row, 0, line)


def _list_error(code: str, values: Mapping[str, Any], field: str | None = None) -> DomainError:
    """A fault that the guard found, under the code for which the labels have a sentence about class lists."""
    return DomainError(f"list_{code}", field=field, **values)


def _sheet(sheets: Mapping[str, str]) -> tuple[str, str]:
    for name, part in sheets.items():
        if search_key(name) == search_key(SHEET):
            return name, part
    if len(sheets) != 1:
        raise UnusableFile("sheet_missing", {"value": SHEET})
    return next(iter(sheets.items()))


def _values(parts: Parts, sheet: str) -> list[list[object]]:
    try:
        rows = CalamineWorkbook.from_filelike(repacked(parts)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except CalamineError:
        raise DomainError("list_not_xlsx", field="file") from None
    return [list(row) for row in rows]


def _read_rows(values: Sequence[Sequence[object]], today: date) -> ClassList:
    filled = [(index, row) for index, row in enumerate(values) if any(_text(value) for value in row)]
    if len(filled) <= 1:
        raise DomainError("list_empty", field="file")
    if len(filled) > MOST_PUPILS + 1:
        raise DomainError("list_long", field="file", most=MOST_PUPILS)
    columns = _columns(filled[0][1])
    faults: list[CellFault] = []
    pupils = [_pupil(index, row, columns, today, faults) for index, row in filled[1:]]
    read = tuple(pupil for pupil in pupils if pupil is not None)
    found = ClassList(read, (), columns)
    faults += _repeated(found)
    return ClassList(read, tuple(sorted(faults, key=lambda fault: cell_position(fault.cell))), columns)


def _columns(header: Sequence[object]) -> dict[str, int]:
    titles = [search_key(_text(value)) for value in header]
    columns = {}
    for field, heading in HEADINGS.items():
        if titles.count(search_key(heading)) != 1:
            raise DomainError("list_heading", field="file", heading=heading)
        columns[field] = titles.index(search_key(heading))
    return columns


def _pupil(
    index: int, row: Sequence[object], columns: Mapping[str, int], today: date, faults: list[CellFault]
) -> Pupil | None:
    texts = {field: _text(row[column]) for field, column in columns.items()}
    wrong = _text_errors(texts)
    birth_date = None
    try:
        birth_date = read_birth_date(texts["birth_date"], today)
    except DomainError as error:
        wrong["birth_date"] = error
    faults += [CellFault(cell_name(index, columns[field]), error) for field, error in wrong.items()]
    if wrong or birth_date is None:
        return None
    return Pupil(index + 1, read_full_name(f"{texts['family']} {texts['given']}"), birth_date, texts["class_name"])


def _text_errors(texts: Mapping[str, str]) -> dict[str, DomainError]:
    wrong = {
        field: DomainError("list_cell_empty", heading=HEADINGS[field])
        for field in ("family", "given", "class_name")
        if not texts[field]
    }
    if len(texts["class_name"]) > LONGEST_CLASS:
        wrong["class_name"] = DomainError("list_class_long", most=LONGEST_CLASS)
    if "family" not in wrong and "given" not in wrong:
        try:
            read_full_name(f"{texts['family']} {texts['given']}")
        except DomainError as error:
            wrong["family"] = error
    return wrong


def _repeated(found: ClassList) -> list[CellFault]:
    faults: list[CellFault] = []
    first: dict[tuple[str, date, str], Pupil] = {}
    for pupil in found.pupils:
        key = (pupil.full_name.lower(), pupil.birth_date, pupil.class_name.lower())
        if key in first:
            error = DomainError("list_row_repeated", row=first[key].row)
            faults.append(CellFault(found.cell_of(pupil, "given"), error))
        first.setdefault(key, pupil)
    return faults


def _text(value: object) -> str:
    if isinstance(value, date):  # a real date cell; a datetime is one too
        return show_date(date(value.year, value.month, value.day))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return nfc(str(value))
