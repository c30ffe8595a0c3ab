"""File formats, chosen by what a file holds and by its name."""

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
from question_bank.formats.docx import DOCX
from question_bank.formats.gift import GIFT
from question_bank.formats.json_file import JSON
from question_bank.formats.moodle import MOODLE
from question_bank.formats.qti import QTI
from question_bank.formats.sniffing import sniffed, sniffed_text
from question_bank.formats.xlsx import XLSX

__all__ = ["FORMATS", "NAMES", "Bank", "Fault", "Format", "Import", "Parsed", "UnusableFile", "format_of"]

FORMATS: dict[str, Format] = {
    ".json": JSON,
    ".xlsx": XLSX,
    ".gift": GIFT,
    ".aiken": AIKEN,
    ".csv": CSV,
    ".docx": DOCX,
    ".zip": QTI,
    ".xml": MOODLE,
}

_NAMES = {".xml": "moodle", ".zip": "qti"}
NAMES: dict[str, Format] = {_NAMES.get(extension, extension[1:]): each for extension, each in FORMATS.items()}
"""The formats by what commands call them."""

_READ_AS = {".doc": ".docx", ".docm": ".docx"}
"""What no reader takes, but one knows what to do about."""


def format_of(file_name: str | PurePath, content: bytes | None = None) -> Format:
    """Return the format of a file by what it holds and, where that is not sure or not known, by its name.

    Raises UnusableFile: format_unknown, text_unknown.
    """
    named = PurePath(file_name).suffix.lower()
    named = _READ_AS.get(named, named)
    sure = sniffed(content) if content is not None else ""
    likely = sniffed_text(content) if content is not None and not sure and named not in FORMATS else ""
    for extension in (sure, named, likely):
        if extension in FORMATS:
            return FORMATS[extension]
    if named == ".txt":
        raise UnusableFile("text_unknown")
    raise UnusableFile("format_unknown", {"value": named, "known": ", ".join(FORMATS)})
