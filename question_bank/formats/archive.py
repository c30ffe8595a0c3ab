"""Opening a packed file from a stranger: nothing is parsed whose size was not checked.

Workbooks, Word documents and packages of questions are zips of XML parts and media. All sizes are counted while
unpacking here, because the headers of the zip may lie. Parts stay in memory under their names: no name is ever a path.
"""

import io
import zipfile
import zlib
from collections.abc import Callable

from question_bank.formats.base import UnusableFile

MOST_UNPACKED_MB = 60
MOST_ENTRIES = 20_000

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


def unpacked(content: bytes, is_wanted: Callable[[str], bool], refusal: str) -> Parts:
    """Return the wanted parts of a zip by their names. Raises UnusableFile: `refusal`, unpacks_large.

    What is encrypted, or named so that it would lie outside of the zip, makes the file one to refuse.
    """
    if content.count(_ENTRY) > MOST_ENTRIES:
        raise UnusableFile("unpacks_large", {"most": MOST_UNPACKED_MB})
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if is_wanted(member.filename)]
            if not all(_is_inside(member.filename) for member in members):
                raise UnusableFile(refusal)
            if sum(member.file_size for member in members) > MOST_UNPACKED_MB * 1_000_000:
                raise UnusableFile("unpacks_large", {"most": MOST_UNPACKED_MB})
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


def _is_inside(name: str) -> bool:
    return not name.startswith("/") and ":" not in name and ".." not in name.replace("\\", "/").split("/")
