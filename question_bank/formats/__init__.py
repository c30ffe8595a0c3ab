"""File formats, chosen by a file's extension."""

from pathlib import PurePath

from question_bank.formats.aiken_file import AIKEN
from question_bank.formats.base import (
    Bank,
    Fault,
    Format,
    Import,
    Parsed,
    UnusableFile,
)
from question_bank.formats.csv_file import CSV
from question_bank.formats.gift_file import GIFT
from question_bank.formats.json_file import JSON
from question_bank.formats.xlsx_file import XLSX

__all__ = ["FORMATS", "Bank", "Fault", "Format", "Import", "Parsed", "UnusableFile", "format_of"]

FORMATS: dict[str, Format] = {".json": JSON, ".xlsx": XLSX, ".gift": GIFT, ".aiken": AIKEN, ".csv": CSV}


def format_of(file_name: str | PurePath) -> Format:
    """Return the format of a file by its name. Raises UnusableFile: format_unknown."""
    extension = PurePath(file_name).suffix.lower()
    if extension not in FORMATS:
        values = {"value": extension, "known": ", ".join(FORMATS)}
        raise UnusableFile("format_unknown", values)
    return FORMATS[extension]
