"""The parts of a workbook from a stranger: a zip of XML parts, which the reader of cells sees once they passed."""

from question_bank.formats import archive, xml
from question_bank.formats.archive import Parts, repacked
from question_bank.formats.base import UnusableFile
from question_bank.formats.xml import Listener

__all__ = ["Parts", "plain_styles", "repacked", "sheet_parts", "string_lengths", "unpacked", "walk"]

_REFUSAL = "not_xlsx"
_PLAIN_FORMAT_IDS = {"0", "1", "2", "49"}
_PLAIN_FORMAT_CODES = {"general", "0", "@"}


def unpacked(content: bytes) -> Parts:
    """Return the XML parts of a workbook. Raises UnusableFile: not_xlsx, unpacks_large."""
    parts = archive.unpacked(content, _is_xml, _REFUSAL)
    if "xl/workbook.xml" not in parts:
        raise UnusableFile(_REFUSAL)
    return parts


def walk(content: bytes, listener: Listener) -> None:
    """Tell a listener about an XML part. Raises UnusableFile: not_xlsx, unpacks_large."""
    xml.walk(content, listener, _REFUSAL)


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
