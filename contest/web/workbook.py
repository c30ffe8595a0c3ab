"""Lists as workbooks in the layout that Vietnamese offices use: whose list it is, then a table that prints on A4."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, TypeAlias

from xlsxwriter import Workbook

Cell: TypeAlias = str | float | datetime | None
"""Instants are those of a clock on the wall; one at midnight is a day."""

# Text that begins like a formula, a link or a number stays text.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: titles, plain lines below them, and a table of columns, each with its width in characters."""

    name: str
    titles: Sequence[str]
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Cell]]
    lines: Sequence[str] = ()


def write_sheets(stream: BinaryIO, sheets: Iterable[Sheet]) -> None:
    """Write the sheets one after the other; rows are taken one by one."""
    with Workbook(stream, _OPTIONS) as workbook:
        formats = _formats(workbook)
        for sheet in sheets:
            page = workbook.add_worksheet(_NO_NAME.sub(" ", sheet.name)[:_LONGEST_NAME])
            head = _write_head(page, sheet, formats)
            for number, cells in enumerate(sheet.rows, start=head + 1):
                for place, value in enumerate(cells):
                    _write_cell(page, number, place, value, formats)


def _formats(workbook: Any) -> dict[str, Any]:
    cell = {**_FONT, "border": 1}
    return {
        "title": workbook.add_format({**_FONT, "bold": True, "font_size": 13}),
        "line": workbook.add_format(_FONT),
        "head": workbook.add_format({**cell, "bold": True, "text_wrap": True, "align": "center"}),
        "text": workbook.add_format({**cell, "num_format": "@", "text_wrap": True}),
        "number": workbook.add_format(cell),
        "day": workbook.add_format({**cell, "num_format": "dd/mm/yyyy"}),
        "instant": workbook.add_format({**cell, "num_format": "hh:mm:ss dd/mm/yyyy"}),
    }


def _write_head(page: Any, sheet: Sheet, formats: dict[str, Any]) -> int:
    """Write what stands above the rows, and return in which row, from 0, the columns are named."""
    words = [*((title, "title") for title in sheet.titles), *((line, "line") for line in sheet.lines)]
    head = len(words)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    for place, (_title, width) in enumerate(sheet.columns):
        page.set_column(place, place, width)
    for number, (text, look) in enumerate(words):
        page.write_string(number, 0, text, formats[look])
    for place, (title, _width) in enumerate(sheet.columns):
        page.write_string(head, place, title, formats["head"])
    return head


def _write_cell(page: Any, row: int, place: int, value: Cell, formats: dict[str, Any]) -> None:
    if value is None or value == "":
        page.write_blank(row, place, None, formats["text"])
    elif isinstance(value, datetime):
        is_day = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        page.write_datetime(row, place, value, formats["day" if is_day else "instant"])
    elif isinstance(value, str):
        page.write_string(row, place, value, formats["text"])
    else:
        page.write_number(row, place, value, formats["number"])
