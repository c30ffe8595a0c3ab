"""Workbooks for the tests, made cell by cell."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from xlsxwriter import Workbook

HEADER = (
    "Mã câu",
    "Loại câu",
    "Câu hỏi",
    "Phương án A",
    "Phương án B",
    "Phương án C",
    "Đáp án",
    "Chủ đề",
    "Độ khó",
    "Giải thích",
    "Nguồn",
    "Khóa thứ tự",
)
GOOD = {
    "Mã câu": "CDS-001",
    "Loại câu": "Một đáp án",
    "Câu hỏi": "Thủ đô của Việt Nam là thành phố nào?",
    "Phương án A": "Huế",
    "Phương án B": "Hà Nội",
    "Đáp án": "B",
    "Chủ đề": "Địa lý",
    "Độ khó": "2",
    "Nguồn": "Hiến pháp 2013, Điều 13",
}


def row(**changes: object) -> dict[str, object]:
    """Return the cells of a good question with some changed; `_` in a name is a space."""
    return GOOD | {name.replace("_", " "): value for name, value in changes.items()}


def rows(count: int) -> list[dict[str, object]]:
    """Return so many different good questions."""
    return [row(Mã_câu=f"Q{i}", Câu_hỏi=f"Câu hỏi số {i} là gì?") for i in range(count)]


def workbook(
    *cells: Mapping[str, object], header: Sequence[str] = HEADER, sheet: str = "Câu hỏi", first_row: int = 0
) -> bytes:
    """Return a workbook whose one sheet has this header and these rows."""
    return sheets({sheet: [list(header), *[[each.get(title, "") for title in header] for each in cells]]}, first_row)


def sheets(content: Mapping[str, Sequence[Sequence[object]]], first_row: int = 0) -> bytes:
    """Return a workbook with these sheets; a text that begins with = is a formula."""
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True, "strings_to_urls": False}) as book:
        for name, lines in content.items():
            page = book.add_worksheet(name)
            for index, line in enumerate(lines):
                for column, value in enumerate(line):
                    if value != "":
                        page.write(index + first_row, column, value)
    return stream.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return the workbook with one of its parts replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, part)
    return stream.getvalue()


def sheet_xml(cells: str) -> bytes:
    """Return the XML of a sheet with these rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


SHEET = "xl/worksheets/sheet1.xml"
