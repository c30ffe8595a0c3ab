"""What a picture or a sound is, by how its file begins."""

import re
from typing import NamedTuple


class MediaType(NamedTuple):
    """A type as the net calls it, and what the names of its files end with."""

    mime: str
    extension: str


_SIGNS = (
    (re.compile(rb"\x89PNG"), MediaType("image/png", "png")),
    (re.compile(rb"\xff\xd8\xff"), MediaType("image/jpeg", "jpg")),
    (re.compile(rb"GIF8"), MediaType("image/gif", "gif")),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), MediaType("image/webp", "webp")),
    (re.compile(rb"BM"), MediaType("image/bmp", "bmp")),
    (re.compile(rb"RIFF....WAVE", re.DOTALL), MediaType("audio/wav", "wav")),
    (re.compile(rb"....ftyp", re.DOTALL), MediaType("audio/mp4", "m4a")),
    (re.compile(rb"OggS"), MediaType("audio/ogg", "ogg")),
    (re.compile(rb"fLaC"), MediaType("audio/flac", "flac")),
    (re.compile(rb"ID3|\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff]"), MediaType("audio/mpeg", "mp3")),
)


def find_media_type(content: bytes) -> MediaType | None:
    """Return the type of a picture or sound; None of what no page shows or plays."""
    return next((found for sign, found in _SIGNS if sign.match(content)), None)
