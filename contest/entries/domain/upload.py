"""How a file arrives: what the headers of tus 1.0.0 say, how large a part may be, what the first bytes give away."""

import binascii
import unicodedata
from base64 import b64decode
from datetime import datetime, timedelta

from contest.entries.domain.limits import CLIPS, MB, AnswerForm

PART_MIN_BYTES = 16 * 1024
"""Less is not kept, unless it ends the file: a part is a row and an object, and there must not be millions."""
PART_MAX_BYTES = 8 * MB
HEAD_BYTES = 512
IDLE = timedelta(days=7)
LONGEST_NAME = 255
LARGEST_LENGTH = 2**53

_MOVIE_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"})
_RIFF_KINDS = frozenset({b"AVI ", b"WAVE"})
_CLIP_STARTS = (b"\x1aE\xdf\xa3", b"OggS", b"fLaC", b"ID3", b"#!AMR", b"\x00\x00\x01\xba", b"0&\xb2u\x8ef\xcf\x11")
_DOCUMENT_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_length(header: str | None) -> int | None:
    """A header's number of bytes, None when it says none."""
    if header is None or not (header.isascii() and header.isdecimal()) or len(header) > 16:
        return None
    value = int(header)
    return value if value <= LARGEST_LENGTH else None


def read_metadata(header: str) -> dict[str, str]:
    """Pairs `name base64,…` of the header `Upload-Metadata`, without NUL. Raises `ValueError` when it is not that."""
    pairs = (pair.strip().partition(" ") for pair in header.split(",") if pair.strip())
    try:
        return {name: b64decode(value, validate=True).decode().replace("\0", "") for name, _, value in pairs}
    except (binascii.Error, UnicodeDecodeError) as error:
        raise ValueError(header) from error


def shown_name(name: str) -> str:
    """A file's name as its owner reads it back: without folders and signs that can't be seen, of bounded length."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable()).strip()[-LONGEST_NAME:]


def expires_at(touched_at: datetime, closes_at: datetime) -> datetime:
    """Until when an unfinished file may go on."""
    return min(touched_at + IDLE, closes_at)


def may_be(form: AnswerForm, head: bytes) -> bool:
    """Whether a file that begins like this may be what the form asks for.

    A program or an archive is known by its first bytes; whether a clip has a picture, only the whole file tells.
    """
    if form in CLIPS:
        return head.startswith(_CLIP_STARTS) or _is_movie(head) or _is_stream(head)
    return head.startswith(_DOCUMENT_STARTS) or b"%PDF-" in head


def _is_movie(head: bytes) -> bool:
    """MP4, QuickTime, 3GP, M4A; AVI and WAV."""
    return head[4:8] in _MOVIE_BOXES or (head[:4] == b"RIFF" and head[8:12] in _RIFF_KINDS)


def _is_stream(head: bytes) -> bool:
    """MP3 and AAC without a tag begin with a frame's sync bits; a transport stream repeats its sync byte."""
    is_frames = head[:1] == b"\xff" and b"\xe0" <= head[1:2] < b"\xff"
    is_packets = any(head[start : start + step + 1 : step] == b"GG" for start, step in ((0, 188), (4, 192)))
    return is_frames or is_packets
