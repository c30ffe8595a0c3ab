"""Class lists as schools send them, right and wrong."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

from xlsxwriter import Workbook

HEAD = ("Họ và tên đệm", "Tên", "Ngày sinh", "Lớp")
ROW = ("Hoàng Thị Bích", "Ngọc", "05/09/2013", "7A")


def workbook(*rows: Sequence[Any], head: Sequence[str] = HEAD, sheets: Sequence[str] = ("Danh sách",)) -> bytes:
    """A date becomes a real date cell, text that begins with = a formula."""
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        shown_as_date = book.add_format({"num_format": "dd/mm/yyyy"})
        for name in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate([head, *rows]):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(number, column, value, shown_as_date)
                    else:
                        sheet.write(number, column, value)
    return stream.getvalue()


def zip_bomb() -> bytes:
    """Small to send, more than 60 MB once unpacked."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 61_000_000)
    return stream.getvalue()


PROGRAM = b"MZ\x90\x00" + b"\x00" * 200
