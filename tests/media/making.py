"""Files for the tests, written by the same libraries as people's programs use, with a name in every place for notes."""

import struct
from fractions import Fraction
from pathlib import Path

import av
import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

AUTHOR, TITLE, SCHOOL = "Nguyen Van Bi Mat", "Bai cua em Mat", "Truong THCS Bi Mat"
SECRETS = (AUTHOR, TITLE, SCHOOL)
TAGS = {"title": TITLE, "artist": AUTHOR, "author": AUTHOR, "comment": SCHOOL, "album": SCHOOL, "copyright": AUTHOR}


def clip(
    path: Path,
    *,
    seconds: float = 2,
    picture: str | None = "libx264",
    sound: str | None = "aac",
    size: tuple[int, int] = (160, 120),
    rate: int = 10,
    options: dict[str, str] | None = None,
    pix_fmt: str = "yuv420p",
    only: set[int] | None = None,
    gop: int = 10,
) -> Path:
    """A clip of a moving grey field and a hum, with tags on the whole, its streams and a chapter.

    `only` names the frames that it has, if not all.
    """
    with av.open(str(path), "w", options=options or {}) as container:
        container.metadata.update(TAGS)
        streams = []
        if picture:
            shown = container.add_stream(picture, rate=rate)
            shown.width, shown.height, shown.pix_fmt, shown.gop_size = *size, pix_fmt, gop
            wanted = (frame for frame in frames(seconds, size, rate, pix_fmt) if only is None or frame.pts in only)
            streams.append((shown, wanted))
        if sound:
            hz = 8000 if "amr" in sound else 48_000
            bits = {"bit_rate": 64_000} if sound == "wmav2" else {}
            streams.append((container.add_stream(sound, rate=hz, layout="mono", **bits), hums(seconds, hz)))
        for stream, _ in streams:
            stream.metadata.update({"handler_name": AUTHOR, "title": TITLE})
        if picture and path.suffix in {".mp4", ".mov", ".mkv"}:
            container.set_chapters(
                [{"id": 1, "start": 0, "end": 1000, "time_base": Fraction(1, 1000), "metadata": {"title": TITLE}}]
            )
        for stream, content in streams:
            for frame in content:
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    return path


def song_with_cover(path: Path) -> Path:
    """An MP3 with a cover, as shops sell them."""
    clip(path, picture=None, sound="libmp3lame")
    name, content = path.read_bytes(), picture(path.with_suffix(".jpg")).read_bytes()
    frame = b"\x00image/jpeg\x00\x03\x00" + content
    tag = b"APIC" + struct.pack(">I", len(frame)) + b"\x00\x00" + frame
    size = len(tag)
    head = b"ID3\x03\x00\x00" + bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    end = b"TAG" + AUTHOR.encode().ljust(30, b"\x00") + SCHOOL.encode().ljust(95, b"\x00")
    path.write_bytes(head + tag + name[name.index(b"\xff\xfb") :] + end)
    return path


def turned(path: Path) -> Path:
    """The same movie as a phone writes it that was held upright: a note in its head says how to turn it."""
    content = path.read_bytes()
    at = content.index(b"tkhd") + 4 + 40
    matrix = struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)
    path.write_bytes(content[:at] + matrix + content[at + len(matrix) :])
    return path


def frames(seconds, size, rate, pix_fmt):
    for number in range(int(seconds * rate)):
        frame = av.VideoFrame(*size, pix_fmt)
        for plane in frame.planes:
            plane.update(bytes([(number * 3) % 200 + 20]) * plane.buffer_size)
        frame.pts, frame.time_base = number, Fraction(1, rate)
        yield frame


def hums(seconds, hz):
    wave = bytes(struct.pack("<1024h", *(((i * 97) % 2000) - 1000 for i in range(1024))))
    for number in range(int(seconds * hz / 1024)):
        frame = av.AudioFrame("s16", "mono", 1024)
        frame.planes[0].update(wave)
        frame.pts, frame.time_base, frame.sample_rate = number * 1024, Fraction(1, hz), hz
        yield frame


def picture(path: Path, size=(300, 200)) -> Path:
    """A PNG or JPEG with an author in its notes."""
    image = Image.new("RGB", size, (20, 120, 60))
    if path.suffix == ".png":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Author", AUTHOR)
        image.save(path, pnginfo=notes)
    else:
        exif = Image.Exif()
        exif[0x013B], exif[0x010E] = AUTHOR, TITLE
        image.save(path, exif=exif, comment=SCHOOL.encode(), xmp=f"<x>{AUTHOR}</x>".encode())
    return path


def document(path: Path, *, pictures=(), note: str = "") -> Path:
    """A document of Word with a table, and names in its properties, head, foot and comments."""
    made = docx.Document()
    core = made.core_properties
    core.author, core.title, core.comments, core.last_modified_by = AUTHOR, TITLE, SCHOOL, AUTHOR
    made.sections[0].header.paragraphs[0].text = AUTHOR
    made.sections[0].footer.paragraphs[0].text = SCHOOL
    first = made.add_paragraph("Em yêu cuốn sách này.")
    made.add_comment(first.runs, text=SCHOOL, author=AUTHOR)
    for drawn in pictures:
        made.add_picture(str(drawn))
    made.add_paragraph("   ")
    made.add_paragraph("Dòng một\nDòng hai")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Ô trái", "Ô phải"
    if note:
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        blob = f'<w:footnotes xmlns:w="{space}"><w:footnote><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnote></w:footnotes>'
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        part = Part(PackURI("/word/footnotes.xml"), kind, blob.encode(), made.part.package)
        made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    made.save(str(path))
    return path


def pdf(path: Path, *, pages: int = 1, drawn: Path | None = None, password: str = "", owner: str = "") -> Path:
    """A PDF with a line of text per page, and names in every place for notes, links, scripts and files."""
    writer = PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(width=300, height=200)
        resources = {"/Font": {"/F1": {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}}}
        page[NameObject("/Resources")] = as_pdf(resources)
        text = b"BT /F1 12 Tf 20 100 Td (Em yeu cuon sach nay) Tj ET"
        if drawn:
            text += b" q 50 0 0 50 10 10 cm /Im1 Do Q"
            page["/Resources"][NameObject("/XObject")] = as_pdf({"/Im1": writer._add_object(jpeg(drawn))})
        content = DecodedStreamObject()
        content.set_data(text)
        page[NameObject("/Contents")] = writer._add_object(content)
        page[NameObject("/PieceInfo")] = as_pdf({"/Word": {"/Private": {"/Author": TextStringObject(AUTHOR)}}})
        page[NameObject("/AA")] = as_pdf({"/O": script()})
    if pages == 1:
        note(writer)
    writer.add_metadata({"/Author": AUTHOR, "/Title": TITLE, "/Keywords": SCHOOL})
    if password or owner:
        writer.encrypt(user_password=password, owner_password=owner or None, algorithm="AES-256")
    writer.write(path)
    return path


def note(writer: PdfWriter) -> None:
    """Everything that a PDF can carry besides its pages."""
    writer.add_attachment(filename="truong.txt", data=SCHOOL.encode())
    writer.root_object[NameObject("/Names")][NameObject("/JavaScript")] = as_pdf(
        {"/Names": [TextStringObject(AUTHOR), script()]}
    )
    writer.add_outline_item(title=TITLE, page_number=0)
    writer.add_annotation(page_number=0, annotation=Link(rect=(0, 0, 50, 50), url=f"http://example.vn/{AUTHOR}"))
    writer.add_named_destination(title=AUTHOR, page_number=0)
    writer.root_object[NameObject("/OpenAction")] = script()
    xmp = DecodedStreamObject()
    xmp.set_data(f"<x:xmpmeta>{AUTHOR} {SCHOOL}</x:xmpmeta>".encode())
    xmp.update(as_pdf({"/Type": "/Metadata", "/Subtype": "/XML"}))
    number = writer._add_object(xmp)
    writer.root_object[NameObject("/Metadata")] = number
    page = writer.pages[0]
    page[NameObject("/Metadata")] = number
    page["/Resources"]["/Font"]["/F1"][NameObject("/Metadata")] = number
    # A way back from what is drawn to the whole document.
    page["/Resources"]["/Font"]["/F1"][NameObject("/Home")] = writer.root_object.indirect_reference


def script() -> DictionaryObject:
    return as_pdf({"/Type": "/Action", "/S": "/JavaScript", "/JS": TextStringObject(f"app.alert('{AUTHOR}')")})


def jpeg(path: Path) -> StreamObject:
    with Image.open(path) as image:
        width, height = image.size
    made = StreamObject()
    made._data = path.read_bytes()
    made.update(
        as_pdf(
            {
                "/Type": "/XObject",
                "/Subtype": "/Image",
                "/Width": width,
                "/Height": height,
                "/ColorSpace": "/DeviceRGB",
                "/BitsPerComponent": 8,
                "/Filter": "/DCTDecode",
            }
        )
    )
    return made


def as_pdf(value):
    """Plain values as objects of a PDF; text that begins with a slash is a name."""
    if isinstance(value, dict):
        return DictionaryObject({NameObject(key): as_pdf(inner) for key, inner in value.items()})
    if isinstance(value, list):
        return ArrayObject([as_pdf(inner) for inner in value])
    if type(value) is int:
        return NumberObject(value)
    return NameObject(value) if type(value) is str else value
