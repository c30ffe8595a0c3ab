"""The XML of a Word document, written by ourselves: paragraphs, looks and pictures, and nothing else."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from question_bank.formats.docx import pictures
from question_bank.formats.docx.styled import Look, Styled

_OFFICE = "http://schemas.openxmlformats.org"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_SPACES = (
    f'xmlns:w="{_OFFICE}/wordprocessingml/2006/main" xmlns:r="{_OFFICE}/officeDocument/2006/relationships"'
    f' xmlns:wp="{_OFFICE}/drawingml/2006/wordprocessingDrawing" xmlns:a="{_OFFICE}/drawingml/2006/main"'
    f' xmlns:pic="{_OFFICE}/drawingml/2006/picture"'
)
_RELATIONS = f"{_OFFICE}/package/2006/relationships"
_TYPES = f"{_OFFICE}/package/2006/content-types"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PIXEL, _WIDEST, _TALLEST = 9525, 5_400_000, 6_500_000
"""In units of 1/914400 inch: a pixel, and the most that fits beside the margins of a page."""

_LAYOUT = {
    "title": '<w:pStyle w:val="Title"/>',
    "question": '<w:keepNext/><w:spacing w:before="200"/>',
    "option": '<w:keepNext/><w:ind w:left="425"/>',
    "field": "",
}
_STYLES = (
    f'{_HEAD}<w:styles {_SPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman"'
    ' w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="Times New Roman"/><w:sz w:val="26"/>'
    '<w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="60"/></w:pPr>'
    '</w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="200"/><w:jc w:val="center"/></w:pPr><w:rPr><w:b/>'
    '<w:sz w:val="32"/></w:rPr></w:style></w:styles>'
)
_MEDIUM = re.compile(r"!\[([^\]\n]*)\]\(media:([0-9a-f]{64})\)")
_SIGNS = re.compile(r"([\n\t])")
_SIGN_XML = {"\n": "<w:br/>", "\t": "<w:tab/>"}
_RAISED = {"^": '<w:vertAlign w:val="superscript"/>', "~": '<w:vertAlign w:val="subscript"/>', "": ""}


class Picture(NamedTuple):
    """A picture of the file: its name there, the reference to it, what it is, and its bytes."""

    name: str
    reference: str
    kind: pictures.Picture
    content: bytes


def paragraph_xml(role: str, text: Styled, pictures: Mapping[str, Picture]) -> str:
    """Return a paragraph: a title, a question, an option or a field."""
    return f"<w:p><w:pPr>{_LAYOUT[role]}</w:pPr>{''.join(_runs(text, pictures))}</w:p>"


def package_parts(body: str, pictures: Iterable[Picture]) -> Iterator[tuple[str, str]]:
    """Yield the names and contents of the parts of a document, without its pictures."""
    shown = list(pictures)
    kinds = sorted({picture.kind.extension for picture in shown})
    defaults = "".join(f'<Default Extension="{kind}" ContentType="image/{kind}"/>' for kind in kinds)
    types = (
        f'{_HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{defaults}'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_WORD_TYPE}.styles+xml"/></Types>'
    )
    yield "[Content_Types].xml", types
    yield "_rels/.rels", _relations([_relation("rId1", "officeDocument", "word/document.xml")])
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" w:header="709" w:footer="709"'
        ' w:gutter="0"/></w:sectPr>'
    )
    yield "word/document.xml", f"{_HEAD}<w:document {_SPACES}><w:body>{body}{page}</w:body></w:document>"
    yield "word/styles.xml", _STYLES
    images = [_relation(picture.reference, "image", f"media/{picture.name}") for picture in shown]
    yield "word/_rels/document.xml.rels", _relations([_relation("rId1", "styles", "styles.xml"), *images])


def _relation(reference: str, sort: str, target: str) -> str:
    kind = f"{_OFFICE}/officeDocument/2006/relationships/{sort}"
    return f'<Relationship Id="{reference}" Type="{kind}" Target="{target}"/>'


def _relations(relations: Iterable[str]) -> str:
    return f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{"".join(relations)}</Relationships>'


def _runs(text: Styled, pictures: Mapping[str, Picture]) -> Iterator[str]:
    for part, look in text.pieces:
        found = _MEDIUM.fullmatch(part) if look.is_object else None
        if found and found[2] in pictures:
            yield f"<w:r>{_drawing(pictures[found[2]], found[1])}</w:r>"
        else:
            yield f"<w:r>{_properties(look)}{''.join(_text(part))}</w:r>"


def _properties(look: Look) -> str:
    said = f"{'<w:b/>' * look.bold}{'<w:i/>' * look.italic}{_RAISED[look.raised]}"
    return f"<w:rPr>{said}</w:rPr>" if said else ""


def _text(text: str) -> Iterator[str]:
    for part in _SIGNS.split(text):
        yield _SIGN_XML.get(part) or (f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "")


def _drawing(picture: Picture, description: str) -> str:
    width, height = (max(size, 1) * _PIXEL for size in (picture.kind.width, picture.kind.height))
    # The most by which it must shrink, in both directions alike.
    over = max(width / _WIDEST, height / _TALLEST, 1)
    size = f'cx="{max(int(width / over), 1)}" cy="{max(int(height / over), 1)}"'
    number = picture.reference.removeprefix("rId")
    named = f'id="{number}" name="{picture.name}" descr={quoteattr(description)}'
    space = f"{_OFFICE}/drawingml/2006/picture"
    return (
        f'<w:drawing><wp:inline><wp:extent {size}/><wp:docPr {named}/><a:graphic><a:graphicData uri="{space}">'
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
        f'<a:blip r:embed="{picture.reference}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
