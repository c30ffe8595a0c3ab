"""Opening a packed file from a stranger: nothing is parsed whose size was not checked.

Workbooks, Word documents and packages of questions are zips of XML parts and media. All sizes are counted while
unpacking here, because the headers of the zip may lie. Parts stay in memory under their names: no name is ever a path.
"""

import io
import zipfile
import zlib
from collections.abc import Callable
from itertools import count
from typing import Protocol
from xml.parsers import expat

from question_bank.formats.base import UnusableFile

MOST_UNPACKED_MB = 60
MOST_ENTRIES = 20_000
MOST_ELEMENTS = 1_000_000
"""In one part; several times what the largest bank needs."""

MOST_DEPTH = 500
"""Of elements inside each other."""

_ENTRY = b"PK\x01\x02"
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)

Parts = dict[str, bytes]


class Listener(Protocol):
    """What hears of the elements of an XML part, by names without their namespaces."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Hear that an element begins."""

    def end(self, name: str) -> None:
        """Hear that an element ends."""

    def text(self, data: str) -> None:
        """Hear a piece of text."""


def unpacked(content: bytes, is_wanted: Callable[[str], bool], refusal: str, most_mb: int = MOST_UNPACKED_MB) -> Parts:
    """Return the wanted parts of a zip by their names. Raises UnusableFile: `refusal`, unpacks_large.

    What is encrypted, or named so that it would lie outside of the zip, makes the file one to refuse.
    """
    if content.count(_ENTRY) > MOST_ENTRIES:
        raise UnusableFile("unpacks_large", {"most": most_mb})
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if is_wanted(member.filename)]
            if not all(_is_inside(member.filename) for member in members):
                raise UnusableFile(refusal)
            if sum(member.file_size for member in members) > most_mb * 1_000_000:
                raise UnusableFile("unpacks_large", {"most": most_mb})
            # Reading stops at the declared size and then checks the sum, so a lie is an error.
            return {member.filename: archive.read(member) for member in members}
    except _BROKEN_ZIP:
        raise UnusableFile(refusal) from None


def repacked(parts: Parts) -> io.BytesIO:
    """Return a zip that holds these parts and nothing else."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    stream.seek(0)
    return stream


def walk(content: bytes, listener: Listener, refusal: str) -> None:
    """Tell a listener about an XML part.

    Raises UnusableFile: unpacks_large; `refusal` for what is no XML or declares entities, and also when the listener
    meets a number or reference that is none.
    """
    elements, depth = count(1), 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if next(elements) > MOST_ELEMENTS or depth > MOST_DEPTH:
            raise UnusableFile("unpacks_large", {"most": MOST_UNPACKED_MB})
        local = {_local(key): value for key, value in attributes.items()}
        listener.start(_local(name), local)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        listener.end(_local(name))

    def refuse(*_declaration: object) -> None:
        # No such file declares entities; a hostile one could multiply them without end.
        raise UnusableFile(refusal)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = listener.text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise UnusableFile(refusal) from None


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _is_inside(name: str) -> bool:
    return not name.startswith("/") and ":" not in name and ".." not in name.replace("\\", "/").split("/")
