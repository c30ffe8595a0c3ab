"""Setting sheets as PDF with typst. Only a process that is made for it loads this module: the library is large."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

import typst

from question_bank.printed.sheets import Sheet

_TEMPLATE = Path(__file__).with_name("template.typ").read_bytes()


def pdf(sheet: Sheet, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Return the sheet as a tagged PDF, A4; the same sheet and pictures give the same bytes.

    `pictures` are PNG, JPEG, GIF or WebP by the digests that the sheet names them by.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for digest, content in (pictures or {}).items():
            (folder / digest).write_bytes(content)
        return pdf_in(folder, sheet)


def pdf_in(folder: Path, sheet: Sheet) -> bytes:
    """Return the sheet as a PDF; the pictures lie in the folder, and nothing else can be read."""
    inputs = {"sheet": json.dumps(sheet, ensure_ascii=False)}
    # The signature of the library wants input and root to be of one type; bytes and a path are what it takes.
    return typst.compile(  # type: ignore[type-var]
        _TEMPLATE, root=folder, ignore_system_fonts=True, sys_inputs=inputs
    )
