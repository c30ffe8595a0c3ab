"""Which form a file has, by its first bytes. Its name and what the browser called it count for nothing.

The form also decides which reader opens it: nothing is tried in turn, least of all the formats that name other files.
"""

import zipfile
from dataclasses import dataclass
from pathlib import Path

import puremagic

from contest.media.facts import PDF, WORD, UnreadableMediaError

HEAD_BYTES = 4096
PICTURE_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
MOVIE_BOXES = {b"moov", b"mdat", b"wide", b"free", b"skip"}
BRANDS = {b"qt  ": "quicktime", b"3gp": "3gpp", b"3g2": "3gpp2"}
ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Clip:
    """A container of sound and pictures: libav's name for its reader, and the second half of its MIME type."""

    reader: str
    subtype: str


SIGNATURES = (
    (b"\x1aE\xdf\xa3", Clip("matroska", "x-matroska")),
    (b"OggS", Clip("ogg", "ogg")),
    (b"fLaC", Clip("flac", "flac")),
    (b"ID3", Clip("mp3", "mpeg")),
    (b"#!AMR", Clip("amr", "amr")),
    (b"\x00\x00\x01\xba", Clip("mpeg", "mpeg")),
    (b"0&\xb2u\x8ef\xcf\x11", Clip("asf", "x-ms-asf")),
)


def form_of(path: Path) -> Clip | str:
    """The form of a clip, or the MIME type of anything else. Raises `UnreadableMediaError` for half a file."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise UnreadableMediaError("unreadable")
    return _clip(head) or _document(head, path) or _other(head)


def _clip(head: bytes) -> Clip | None:
    for signature, clip in SIGNATURES:
        if head.startswith(signature):
            return Clip("matroska", "webm") if b"webm" in head[:64] else clip
    return _movie(head) or _riff(head) or _stream(head)


def _movie(head: bytes) -> Clip | None:
    box, brand = head[4:8], head[8:12]
    if box == b"ftyp" and brand not in PICTURE_BRANDS:
        return Clip("mov", next((name for start, name in BRANDS.items() if brand.startswith(start)), "mp4"))
    return Clip("mov", "quicktime") if box in MOVIE_BOXES else None


def _riff(head: bytes) -> Clip | None:
    if head[:4] != b"RIFF":
        return None
    return {b"AVI ": Clip("avi", "x-msvideo"), b"WAVE": Clip("wav", "wav")}.get(head[8:12])


def _stream(head: bytes) -> Clip | None:
    """Forms without a signature of their own, known by how their frames or packets begin."""
    first, second = (*head[:2], 0)[:2]
    if first == 0xFF and second & 0xF6 == 0xF0:
        return Clip("aac", "aac")
    if first == 0xFF and second & 0xE0 == 0xE0 and second & 0x06 in {0x02, 0x04}:
        return Clip("mp3", "mpeg")
    for start, step in ((0, 188), (4, 192)):
        if head[start : start + 3 * step + 1 : step] == b"GGGG":
            return Clip("mpegts", "mp2t")
    return None


def _document(head: bytes, path: Path) -> str | None:
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"\xd0\xcf\x11\xe0") and ENCRYPTED_OFFICE in path.read_bytes():
        raise UnreadableMediaError("encrypted")
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    return None


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            return WORD if "word/document.xml" in archive.namelist() else "application/zip"
    except zipfile.BadZipFile as error:
        raise UnreadableMediaError("truncated") from error


def _other(head: bytes) -> str:
    try:
        return str(puremagic.from_string(head, mime=True)) or "application/octet-stream"
    except (puremagic.PureError, ValueError):
        return "application/octet-stream" if b"\x00" in head else "text/plain"
