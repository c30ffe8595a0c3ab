"""How a file arrives: what the headers of tus 1.0.0 say, how large a part may be, what the first bytes give away."""

import binascii
import unicodedata
from base64 import b64decode
from datetime import datetime, timedelta

from contest.entries.domain.limits import MB, AnswerForm

PART_MIN_BYTES = 16 * 1024
"""Less is not kept, unless it ends the file: a part is a row and an object, and there must not be millions."""
PART_MAX_BYTES = 8 * MB
HEAD_BYTES = 512
IDLE = timedelta(days=7)
LONGEST_NAME = 255
LARGEST_LENGTH = 2**53

_ISO_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_MATROSKA, _OGG, _ASF = b"\x1a\x45\xdf\xa3", b"OggS", b"\x30\x26\xb2\x75"
_MPEG_STREAM, _MPEG_VIDEO = b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3"
_VIDEO = (_MATROSKA, _OGG, _ASF, _MPEG_STREAM, _MPEG_VIDEO, b"FLV")
_AUDIO = (_MATROSKA, _OGG, _ASF, b"ID3", b"fLaC", b"#!AMR", b"caff", b"FORM", b"ADIF")
_DOCUMENT = (b"%PDF-", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


def read_length(header: str | None) -> int | None:
    """A header's number of bytes, None when it says none."""
    if header is None or not (header.isascii() and header.isdecimal()) or len(header) > 16:
        return None
    value = int(header)
    return value if value <= LARGEST_LENGTH else None


def read_metadata(header: str) -> dict[str, str]:
    """Pairs `name base64,…` of the header `Upload-Metadata`. Raises `ValueError` when it is not that."""
    pairs = (pair.strip().partition(" ") for pair in header.split(",") if pair.strip())
    try:
        return {name: b64decode(value, validate=True).decode() for name, _, value in pairs}
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
    """Whether a file that begins like this may be what the form asks for; the whole file decides in the end."""
    if form is AnswerForm.VIDEO:
        return head.startswith(_VIDEO) or _is_iso(head) or _is_riff(head, b"AVI ") or _is_transport_stream(head)
    if form is AnswerForm.AUDIO:
        return head.startswith(_AUDIO) or _is_iso(head) or _is_riff(head, b"WAVE") or _is_mpeg_audio(head)
    return head.startswith(_DOCUMENT) or _is_riff(head, b"WEBP") or _is_text(head)


def _is_iso(head: bytes) -> bool:
    """MP4, QuickTime, 3GP, M4A."""
    return head[4:8] in _ISO_BOXES


def _is_riff(head: bytes, kind: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == kind


def _is_transport_stream(head: bytes) -> bool:
    return len(head) > 188 and head[0] == head[188] == 0x47


def _is_mpeg_audio(head: bytes) -> bool:
    """MP3 or AAC without a tag: a frame's sync bits."""
    return len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] != 0xFF


def _is_text(head: bytes) -> bool:
    """UTF-8 without control characters; the last character may be cut."""
    try:
        text = head.decode() if len(head) < HEAD_BYTES else head[: HEAD_BYTES - 3].decode(errors="ignore")
    except UnicodeDecodeError:
        return False
    is_whole = len(text.encode()) >= min(len(head), HEAD_BYTES) - 6
    return is_whole and all(sign.isprintable() or sign in "\t\r\n\f\ufeff" for sign in text)
