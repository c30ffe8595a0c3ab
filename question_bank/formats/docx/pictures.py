"""Which pictures a Word document and a page can both show, and their size."""

import struct
from typing import NamedTuple

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xDA)})


class Picture(NamedTuple):
    """A picture: what its file's name ends with, and its size in pixels."""

    extension: str
    width: int
    height: int


def picture_of(content: bytes) -> Picture | None:
    """Return what a picture is by its first bytes; None for what pages cannot show, as drawings of Windows."""
    try:
        return _picture(content)
    except (struct.error, IndexError):
        return None


def _picture(content: bytes) -> Picture | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Picture("png", *struct.unpack(">II", content[16:24]))
    if content.startswith((b"GIF87a", b"GIF89a")):
        return Picture("gif", *struct.unpack("<HH", content[6:10]))
    if content.startswith(b"\xff\xd8"):
        return _jpeg(content)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _webp(content)
    return None


def _jpeg(content: bytes) -> Picture | None:
    place = 2
    while content[place] == 0xFF:
        sign = content[place + 1]
        if sign in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return Picture("jpeg", width, height)
        place += 2 if sign in _JPEG_BARE else 2 + struct.unpack(">H", content[place + 2 : place + 4])[0]
    return None


def _webp(content: bytes) -> Picture | None:
    form, data = content[12:16], content[20:30]
    if form == b"VP8 ":
        width, height = (size & 0x3FFF for size in struct.unpack("<HH", data[6:10]))
    elif form == b"VP8L":
        (bits,) = struct.unpack("<I", data[1:5])
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif form == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (4, 7))
    else:
        return None
    return Picture("webp", width, height)
