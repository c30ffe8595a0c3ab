from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from contest.web.workbook import Cell, Sheet, write_sheets


def written(*sheets: Sheet) -> CalamineWorkbook:
    stream = BytesIO()
    write_sheets(stream, sheets)
    return CalamineWorkbook.from_filelike(BytesIO(stream.getvalue()))


def table(*rows: Sequence[Cell]) -> Sheet:
    return Sheet("Danh sách", ("Ban Tổ chức", "=1+1"), (("STT", 6), ("Tên", 20)), rows, ("Bảng A",))


def test_the_table_stands_below_its_titles_and_lines() -> None:
    sheet = written(table([1, "An"])).get_sheet_by_index(0)
    assert sheet.to_python() == [["Ban Tổ chức", ""], ["=1+1", ""], ["Bảng A", ""], ["STT", "Tên"], [1.0, "An"]]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("http://example.org", "http://example.org"),
        ("0912", "0912"),
        (0, 0.0),
        (62.5, 62.5),
        (None, ""),
        ("", ""),
        (datetime(2026, 7, 15, 9, 41), datetime(2026, 7, 15, 9, 41)),
    ],
)
def test_a_cell_holds_what_it_was_given(value: Cell, read: object) -> None:
    sheet = written(table(["x", value])).get_sheet_by_index(0)
    assert sheet.to_python()[4] == ["x", read]


def test_each_sheet_has_a_name_that_excel_takes() -> None:
    long = Sheet("Vòng [1]: tỉnh/thành " + "x" * 40, (), (("STT", 6),), ())
    assert written(table(), long).sheet_names == ["Danh sách", "Vòng  1   tỉnh thành xxxxxxxxxx"]
