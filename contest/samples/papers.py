"""Typed documents as pupils send them: a Word file, and a PDF whose font is drawn from the project's own."""

import io
import math
from pathlib import Path

import docx
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
)

FONT = Path(__file__).parents[1] / "static" / "fonts" / "text-400.woff2"
EM, RISE, FALL, SIDE = 48, 60, 20, 6  # pixels: size of the letters, and what each is drawn with around it
PAGE = (595, 842)
MARGIN, SIZE, LEADING = 64, 12, 18  # points


def word_file(text: str) -> bytes:
    """A .docx with one paragraph for each of the text."""
    document = docx.Document()
    document.core_properties.author = ""
    for paragraph in text.split("\n\n"):
        document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def pdf_file(text: str) -> bytes:
    """A PDF of one page, with the letters as pictures that can still be searched and copied (a font of type 3).

    It takes up to 255 different letters and about 40 lines, more than a sample needs.
    """
    font = ImageFont.truetype(str(FONT), EM)
    codes = {letter: code for code, letter in enumerate(sorted({*text} - {"\n"}), start=1)}
    writer = PdfWriter()
    page = writer.add_blank_page(*PAGE)
    letters = writer._add_object(_font_object(writer, font, codes))  # noqa: SLF001 - pypdf has no public name for it
    page[NameObject("/Resources")] = _dictionary(Font=_dictionary(F1=letters))
    page[NameObject("/Contents")] = writer._add_object(_stream(_written(_lines(text, font), codes)))  # noqa: SLF001
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _lines(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    room = (PAGE[0] - 2 * MARGIN) * EM / SIZE
    lines = []
    for paragraph in text.split("\n\n"):
        line = ""
        for word in paragraph.split():
            if line and font.getlength(f"{line} {word}") > room:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines += [line, ""]
    return lines


def _written(lines: list[str], codes: dict[str, int]) -> str:
    shown = ("".join(f"{codes[letter]:02x}" for letter in line) for line in lines)
    start = f"BT /F1 {SIZE} Tf {LEADING} TL {MARGIN} {PAGE[1] - MARGIN} Td"
    return "\n".join([start, *(f"<{line}> Tj T*" for line in shown), "ET"])


def _font_object(writer: PdfWriter, font: ImageFont.FreeTypeFont, codes: dict[str, int]) -> DictionaryObject:
    names = {f"g{code}": letter for letter, code in codes.items()}
    drawn = {name: writer._add_object(_stream(_drawn(font, letter))) for name, letter in names.items()}  # noqa: SLF001
    return _dictionary(
        Type=NameObject("/Font"),
        Subtype=NameObject("/Type3"),
        FontBBox=_numbers(0, -FALL, 2 * EM, RISE),
        FontMatrix=_numbers(1 / EM, 0, 0, 1 / EM, 0, 0),
        FirstChar=NumberObject(1),
        LastChar=NumberObject(len(codes)),
        Widths=_numbers(*(font.getlength(letter) for letter in codes)),
        Encoding=_dictionary(Differences=ArrayObject([NumberObject(1), *(NameObject(f"/{name}") for name in names)])),
        CharProcs=_dictionary(**drawn),
        Resources=DictionaryObject(),
        ToUnicode=writer._add_object(_stream(_meaning(codes))),  # noqa: SLF001
    )


def _drawn(font: ImageFont.FreeTypeFont, letter: str) -> str:
    """A letter as a mask of one bit per pixel, painted where the bit is 0."""
    width, height = math.ceil(font.getlength(letter)) + 2 * SIDE, RISE + FALL
    image = Image.new("1", (width, height), 1)
    ImageDraw.Draw(image).text((SIDE, RISE), letter, font=font, fill=0, anchor="ls")
    return (
        f"{font.getlength(letter):.2f} 0 {-SIDE} {-FALL} {width - SIDE} {RISE} d1 "
        f"q {width} 0 0 {height} {-SIDE} {-FALL} cm "
        f"BI /IM true /W {width} /H {height} /BPC 1 /F /AHx ID {image.tobytes().hex()}> EI Q"
    )


def _meaning(codes: dict[str, int]) -> str:
    pairs = [f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items()]
    blocks = [pairs[begin : begin + 100] for begin in range(0, len(pairs), 100)]
    maps = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Sample def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{maps}\nendcmap end end"
    )


def _stream(content: str) -> PdfObject:
    stream = DecodedStreamObject()
    stream.set_data(content.encode("ascii"))
    return stream.flate_encode()


def _dictionary(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): entry for name, entry in entries.items()})


def _numbers(*numbers: float) -> ArrayObject:
    return ArrayObject([FloatObject(number) for number in numbers])
