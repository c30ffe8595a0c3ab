"""Documents of Word: their texts and pictures in order. Heads, feet, comments and deleted words are left out."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from contest.media import pictures
from contest.media.facts import WORD, Facts, Piece, UnreadableMediaError

TEXT = "text/plain"
MAX_ENTRIES, MAX_BYTES, MAX_XML_BYTES = 5000, 300_000_000, 30_000_000
MISSING_PICTURE = "[?]"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
PARAGRAPH, WORDS = qn("w:p"), {qn("w:t"), qn("m:t")}
SPACES = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n"}
PICTURES = {qn("a:blip"): qn("r:embed"), OLD_PICTURE: qn("r:id")}
SKIPPED = {FALLBACK, qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr")}
NOTES = {RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES}


def facts(path: Path) -> Facts:
    """Its words, with those in tables, boxes and footnotes. Raises `UnreadableMediaError`."""
    words = 0
    for part in parts(path):
        if isinstance(part, str):
            words += len(part.split())
    return Facts("document", WORD, words=words)


def copy(path: Path, folder: Path) -> list[Piece]:
    """Texts and pictures in the order in which they are read."""
    pieces: list[Piece] = []
    paragraphs: list[str] = []
    for part in parts(path):
        if isinstance(part, str):
            paragraphs.append(part)
            continue
        target = folder / "picture.webp"
        if part is None or not pictures.encode(part, target):
            paragraphs.append(MISSING_PICTURE)
            continue
        _flush(paragraphs, folder, pieces)
        target = target.rename(folder / f"{len(pieces):04}.webp")
        pieces.append(Piece(target, pictures.MIME))
    _flush(paragraphs, folder, pieces)
    return pieces


def _flush(paragraphs: list[str], folder: Path, pieces: list[Piece]) -> None:
    if paragraphs:
        path = folder / f"{len(pieces):04}.txt"
        path.write_text("\n\n".join(paragraphs), encoding="utf-8")
        pieces.append(Piece(path, TEXT))
        paragraphs.clear()


def parts(path: Path) -> Iterator[str | Image.Image | None]:
    """Paragraphs and pictures in order, the notes last; None stands for a picture that nobody can show."""
    check_archive(path)
    main = docx.Document(str(path)).part
    yield from _read(main.element.body, main)
    for relation in main.rels.values():
        if relation.reltype in NOTES and not relation.is_external:
            yield from _read(parse_xml(relation.target_part.blob), relation.target_part)


def check_archive(path: Path) -> None:
    """Raises `UnreadableMediaError` for what would grow beyond measure. No reader gives more than is declared here."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableMediaError("encrypted")
    texts = (entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    too_large = max(texts, default=0) > MAX_XML_BYTES or sum(entry.file_size for entry in entries) > MAX_BYTES
    if too_large or len(entries) > MAX_ENTRIES:
        raise UnreadableMediaError("too_complex")


def _read(root: Any, part: Part) -> Iterator[str | Image.Image | None]:
    text: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start" and tag in SKIPPED:
            walk.skip_subtree()
        elif event == "start" and tag in WORDS:
            text.append(element.text or "")
        elif event == "start" and tag in SPACES:
            text.append(SPACES[tag])
        elif tag == PARAGRAPH or (event == "start" and tag in PICTURES):
            yield from _paragraph(text)
            if tag in PICTURES:
                yield _picture(part, element.get(PICTURES[tag]))


def _paragraph(text: list[str]) -> Iterator[str]:
    """What was collected, without the blank lines that split paragraphs."""
    lines = (line.strip() for line in "".join(text).splitlines())
    paragraph = "\n".join(line for line in lines if line)
    text.clear()
    if paragraph:
        yield paragraph


def _picture(part: Part, number: str | None) -> Image.Image | None:
    relation = part.rels.get(number or "")
    if relation is None or relation.is_external:
        return None
    return pictures.readable(relation.target_part.blob)
