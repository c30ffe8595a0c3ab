"""Opening a workbook from a stranger: nothing is parsed whose size was not checked.

A workbook is a zip of XML parts. All sizes are counted while unpacking here, because the headers
of the zip may lie; the reader of cells then only sees parts that passed.
"""

import io
import zipfile
import zlib
from itertools import count
from typing import Protocol
from xml.parsers import expat

from question_bank.formats.base import UnusableFile

MOST_UNPACKED_MB = 60
MOST_ELEMENTS = 1_000_000
"""In one part; several times what the largest bank needs."""
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
_PLAIN_FORMAT_IDS = {"0", "1", "2", "49"}
_PLAIN_FORMAT_CODES = {"general", "0", "@"}

Parts = dict[str, bytes]


class Listener(Protocol):
    """What hears of the elements of an XML part, by names without their namespaces."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Hear that an element begins."""

    def end(self, name: str) -> None:
        """Hear that an element ends."""

    def text(self, data: str) -> None:
        """Hear a piece of text."""


def unpacked(content: bytes) -> Parts:
    """Return the XML parts of a workbook. Raises UnusableFile: not_xlsx, unpacks_large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if _is_xml(member.filename)]
            if sum(member.file_size for member in members) > MOST_UNPACKED_MB * 1_000_000:
                raise UnusableFile("unpacks_large", {"most": MOST_UNPACKED_MB})
            # Reading stops at the declared size and then checks the sum, so a lie is an error.
            parts = {member.filename: archive.read(member) for member in members}
    except _BROKEN_ZIP:
        raise UnusableFile("not_xlsx") from None
    if "xl/workbook.xml" not in parts:
        raise UnusableFile("not_xlsx")
    return parts


def repacked(parts: Parts) -> io.BytesIO:
    """Return a workbook that holds these parts and nothing else."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    stream.seek(0)
    return stream


def walk(content: bytes, listener: Listener) -> None:
    """Tell a listener about an XML part.

    Raises UnusableFile: unpacks_large; not_xlsx also when the listener meets a number or
    reference that is none.
    """
    elements = count(1)

    def start(name: str, attributes: dict[str, str]) -> None:
        if next(elements) > MOST_ELEMENTS:
            raise UnusableFile("unpacks_large", {"most": MOST_UNPACKED_MB})
        local = {_local(key): value for key, value in attributes.items()}
        listener.start(_local(name), local)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: listener.end(_local(name))
    parser.CharacterDataHandler = listener.text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise UnusableFile("not_xlsx") from None


def sheet_parts(parts: Parts) -> dict[str, str]:
    """Return the name of each sheet and of the part that holds it."""
    relations = _Relations()
    walk(parts.get("xl/_rels/workbook.xml.rels", b""), relations)
    sheets = _Sheets()
    walk(parts["xl/workbook.xml"], sheets)
    return {
        name: relations.targets[relation]
        for name, relation in sheets.relations.items()
        if relations.targets.get(relation) in parts
    }


def string_lengths(parts: Parts) -> list[int]:
    """Return the length of each shared string, in characters."""
    strings = _Strings()
    if "xl/sharedStrings.xml" in parts:
        walk(parts["xl/sharedStrings.xml"], strings)
    return strings.lengths


def plain_styles(parts: Parts) -> list[bool]:
    """Say of each cell style whether a number looks as it is, not as a date or percentage."""
    styles = _Styles()
    if "xl/styles.xml" in parts:
        walk(parts["xl/styles.xml"], styles)
    return styles.are_plain


class _Quiet:
    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Pass over it."""

    def end(self, name: str) -> None:
        """Pass over it."""

    def text(self, data: str) -> None:
        """Pass over it."""


class _Relations(_Quiet):
    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if name == "Relationship":
            path = target[1:] if target.startswith("/") else f"xl/{target}"
            self.targets[attributes.get("Id", "")] = path


class _Sheets(_Quiet):
    def __init__(self) -> None:
        self.relations: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            self.relations[attributes.get("name", "")] = attributes.get("id", "")


class _Strings(_Quiet):
    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        if name == "si":
            self.lengths.append(0)

    def text(self, data: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(data)


class _Styles(_Quiet):
    def __init__(self) -> None:
        self.are_plain: list[bool] = []
        self._plain_ids = set(_PLAIN_FORMAT_IDS)
        self._is_in_cell_formats = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt" and attributes.get("formatCode", "").lower() in _PLAIN_FORMAT_CODES:
            self._plain_ids.add(attributes.get("numFmtId", ""))
        elif name == "cellXfs":
            self._is_in_cell_formats = True
        elif name == "xf" and self._is_in_cell_formats:
            self.are_plain.append(attributes.get("numFmtId", "0") in self._plain_ids)

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_in_cell_formats = False


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse_doctype(*_declaration: object) -> None:
    # No workbook declares entities; a hostile one could multiply them without end.
    raise UnusableFile("not_xlsx")
