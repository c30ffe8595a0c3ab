"""PDF: words and pages, and a copy with nothing but what is drawn on the pages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import DependencyError, EmptyFileError, FileNotDecryptedError, LimitReachedError, PdfReadError
from pypdf.generic import ArrayObject, DictionaryObject, EncodedStreamObject, IndirectObject, NameObject

from contest.media.facts import PDF, Facts, Piece, UnreadableMediaError

MAX_PAGES = 1000
OF_PAGE = {"/Type", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Parent", "/Group", "/UserUnit"}
NOT_DRAWN = {
    "/A",
    "/AA",
    "/AF",
    "/JS",
    "/LastModified",
    "/Measure",
    "/Metadata",
    "/OPI",
    "/PieceInfo",
    "/Properties",
    "/PtData",
    "/StructParent",
    "/StructParents",
    "/Thumb",
}
NOT_OF_A_PAGE = {"/Action", "/Annot", "/Catalog", "/EmbeddedFile", "/Filespec", "/Metadata", "/Page", "/Pages"}
JPEG = "/DCTDecode"
JPEG_SCAN = 0xDA
JPEG_NOTES = {*range(0xE1, 0xEE), 0xEF, 0xFE}  # comments, and what applications add besides JFIF and Adobe's colours


def facts(path: Path) -> Facts:
    """Its words and pages. Raises `UnreadableMediaError`."""
    pages = opened(path).pages
    return Facts("document", PDF, words=sum(map(words_of, pages)), pages=len(pages))


def copy(path: Path, folder: Path) -> Piece:
    """The same pages without title, author, dates, labels, links, forms, scripts and attachments."""
    writer = PdfWriter()
    seen: set[tuple[int, int]] = set()
    for page in opened(path).pages:
        for key in page.keys() - OF_PAGE:
            del page[key]
        strip(page, seen)
        writer.add_page(page)
    writer.metadata = None
    piece = Piece(folder / "document.pdf", PDF)
    writer.write(piece.path)
    return piece


def opened(path: Path) -> PdfReader:
    """A reader that has found its pages. Raises `UnreadableMediaError`."""
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableMediaError("encrypted")
        pages = len(reader.pages)
    except (FileNotDecryptedError, DependencyError) as error:
        raise UnreadableMediaError("encrypted") from error
    except LimitReachedError as error:
        raise UnreadableMediaError("too_complex") from error
    except (EmptyFileError, PdfReadError) as error:
        raise UnreadableMediaError("unreadable") from error
    if not 0 < pages <= MAX_PAGES:
        raise UnreadableMediaError("too_complex" if pages else "unreadable")
    return reader


def words_of(page: PageObject) -> int:
    """Words of a page between spaces; none when its letters can't be told, as in a scan."""
    try:
        return len(page.extract_text().split())
    except LimitReachedError as error:
        raise UnreadableMediaError("too_complex") from error
    except (ArithmeticError, LookupError, AttributeError, TypeError, ValueError, PdfReadError):
        return 0


def strip(page: PageObject, seen: set[tuple[int, int]]) -> None:
    """Take from all that a page draws with what is not drawn. `seen` are the objects done before."""
    waiting: list[Any] = [page.get("/Resources"), page.get("/Contents"), page.get("/Group")]
    while waiting:
        value = waiting.pop()
        if isinstance(value, IndirectObject):
            if (value.idnum, value.generation) in seen:
                continue
            seen.add((value.idnum, value.generation))
            value = value.get_object()
        if isinstance(value, ArrayObject):
            waiting.extend(value)
        elif isinstance(value, DictionaryObject):
            for key in [key for key in value if key in NOT_DRAWN or kind_of(value[key]) in NOT_OF_A_PAGE]:
                del value[key]
            waiting.extend(value.values())
            if isinstance(value, EncodedStreamObject) and JPEG in filters_of(value):
                strip_jpeg(value)


def kind_of(value: object) -> object:
    """What an object says it is."""
    return value.get("/Type") if isinstance(value, DictionaryObject) else None


def filters_of(stream: DictionaryObject) -> list[object]:
    """How a stream is packed, outermost first."""
    named = stream.get("/Filter", [])
    return list(named) if isinstance(named, ArrayObject) else [named]


def strip_jpeg(stream: EncodedStreamObject) -> None:
    """Drop what a camera or a program has noted in a picture."""
    packed = stream.get_data()
    if isinstance(packed, bytes) and packed[:2] == b"\xff\xd8":
        stream._data = packed[:2] + b"".join(segments(packed))  # noqa: SLF001 # setting it anew would pack it twice
        stream[NameObject("/Filter")] = NameObject(JPEG)
        stream.pop("/DecodeParms", None)


def segments(jpeg: bytes) -> Iterator[bytes]:
    """The segments of a JPEG after its mark, without notes."""
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != JPEG_SCAN:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] not in JPEG_NOTES:
            yield jpeg[at:end]
        at = end
    yield jpeg[at : jpeg.rfind(b"\xff\xd9") + 2]
