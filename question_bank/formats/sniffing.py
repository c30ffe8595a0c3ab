"""Which format a file has, by what it holds: names lie, and ".txt" says nothing."""

import re

from question_bank.formats.archive import unpacked
from question_bank.formats.base import UnusableFile
from question_bank.formats.decoding import decoded
from question_bank.formats.xlsx.columns import find_column

_ZIPPED = {"xl/workbook.xml": ".xlsx", "word/document.xml": ".docx", "imsmanifest.xml": ".zip"}
_TEXT = ".gift"
"""Of a text that may be packed with the media that it shows."""

_START = 4000
_SAMPLE = 200_000
_XML_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_XML = {b"quiz": ".xml"}
_AIKEN = re.compile(r"^(?:ANSWER|ĐÁP ÁN)\s*:\s*\w", re.IGNORECASE | re.MULTILINE)
_GIFT = re.compile(r"(?<!\\)\{[^{}]*\}")
_LEAST_TITLES = 3


def sniffed(content: bytes) -> str:
    """Return the extension of the format that a file surely has, "" when only its name can tell.

    Packages, XML and JSON are sure; texts are told apart by `sniffed_text`.
    """
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    start = content[:_START].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        root = _XML_ROOT.search(start)
        return _XML.get(root[1], "") if root else ""
    return ".json" if re.match(rb'\{\s*"', start) else ""


def sniffed_text(content: bytes) -> str:
    """Return the extension of the format that a text seems to have, "" when it is none."""
    try:
        text = decoded(_sample(content)).text
    except UnusableFile:
        return ""
    titles = re.split("[;,\t]", text.lstrip().partition("\n")[0])
    if sum(find_column(title.strip().strip('"')) is not None for title in titles) >= _LEAST_TITLES:
        return ".csv"
    if _AIKEN.search(text):
        return ".aiken"
    return ".gift" if _GIFT.search(text) else ""


def _zipped(content: bytes) -> str:
    try:
        parts = unpacked(content, lambda name: name in _ZIPPED or name.lower().endswith(_TEXT), "not_xlsx")
    except UnusableFile:
        return ""
    return next((extension for part, extension in _ZIPPED.items() if part in parts), _TEXT if parts else "")


def _sample(content: bytes) -> bytes:
    """Return the first lines; the start of a text in wide letters, whose lines end otherwise."""
    if len(content) <= _SAMPLE or b"\0" in content[:_SAMPLE]:
        return content[:_SAMPLE]
    return content[: content.rfind(b"\n", 0, _SAMPLE) + 1]
