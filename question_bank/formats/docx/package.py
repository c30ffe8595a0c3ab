"""The parts of a Word document from a stranger."""

from dataclasses import dataclass

from question_bank.formats import archive
from question_bank.formats.archive import Parts
from question_bank.formats.base import UnusableFile
from question_bank.formats.xml import Listener, walk

REFUSAL = "not_docx"
MAIN = "word/document.xml"
_OLD_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Word before 2007 begin, and those with a password."""

_READ = frozenset(
    {MAIN, "word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "word/endnotes.xml"}
    | {"word/_rels/document.xml.rels", "[Content_Types].xml"}
)
_MEDIA = "word/media/"
_MACROS = b"macroEnabled"


@dataclass(frozen=True, slots=True)
class Package:
    """A document that passed: its parts, and the names of parts by the references of its text."""

    parts: Parts
    targets: dict[str, str]

    def medium(self, reference: str) -> bytes | None:
        """Return the picture that a reference means; None where the file doesn't hold it."""
        return self.parts.get(self.targets.get(reference, ""))

    def hear(self, name: str, listener: Listener) -> None:
        """Tell a listener about a part, where there is one. Raises UnusableFile: not_docx, unpacks_large."""
        if name in self.parts:
            walk(self.parts[name], listener, REFUSAL)


def opened(content: bytes) -> Package:
    """Return the parts of a document. Raises UnusableFile: not_docx, docx_old, docx_macros, unpacks_large."""
    if content.startswith(_OLD_FILE):
        raise UnusableFile("docx_old")
    parts = archive.unpacked(content, lambda name: name in _READ or name.startswith(_MEDIA), REFUSAL)
    if _MACROS in parts.get("[Content_Types].xml", b""):
        raise UnusableFile("docx_macros")
    if MAIN not in parts:
        raise UnusableFile(REFUSAL)
    relations = _Relations()
    package = Package(parts, relations.targets)
    package.hear("word/_rels/document.xml.rels", relations)
    return package


class _Relations:
    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take up where a reference leads, unless that is outside of the file."""
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            self.targets[attributes.get("Id", "")] = target[1:] if target.startswith("/") else f"word/{target}"

    def end(self, name: str) -> None:
        """Pass over it."""

    def text(self, data: str) -> None:
        """Pass over it."""
