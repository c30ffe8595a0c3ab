"""Word documents for the tests, made with python-docx, or of XML where it has no words for it."""

import io
from collections.abc import Sequence

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import RGBColor

from question_bank.formats.base import Import
from question_bank.formats.docx.reader import read_questions
from tests.question_bank.formats.xlsx.workbooks import with_part

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
Run = tuple[str, str]
"""A text and its looks: b(old), i(talic), u(nderlined), r(ed), h(ighlighted), ^ and ~ for raised and lowered."""


def saved(made: object) -> bytes:
    """Return the bytes of a document of python-docx."""
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def fill(paragraph: object, runs: str | Sequence[Run]) -> None:
    """Put a text, or runs with looks, into a paragraph of python-docx."""
    for text, looks in [(runs, "")] if isinstance(runs, str) else runs:
        run = paragraph.add_run(text)
        run.bold = "b" in looks or None
        run.italic = "i" in looks or None
        run.underline = "u" in looks or None
        run.font.superscript = "^" in looks or None
        run.font.subscript = "~" in looks or None
        if "r" in looks:
            run.font.color.rgb = RGBColor(0xFF, 0, 0)
        if "h" in looks:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def document(*paragraphs: str | Sequence[Run]) -> bytes:
    """Return a document with these paragraphs."""
    made = docx.Document()
    for runs in paragraphs:
        fill(made.add_paragraph(), runs)
    return saved(made)


def table(*rows: Sequence[str | Sequence[Run]], before: Sequence[str] = (), after: Sequence[str] = ()) -> bytes:
    """Return a document with a table, between paragraphs."""
    made = docx.Document()
    for text in before:
        made.add_paragraph(text)
    grid = made.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, runs in zip(grid.add_row().cells, row, strict=True):
            fill(cell.paragraphs[0], runs)
    for text in after:
        made.add_paragraph(text)
    return saved(made)


def of_xml(body: str, **parts: str) -> bytes:
    """Return a document whose body is this XML; other parts of `word/` by their names, with _ for the dot."""
    content = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>".encode()
    made = with_part(document(), "word/document.xml", content)
    for name, xml in parts.items():
        made = with_part(made, f"word/{name}.xml", xml.replace("SPACES", SPACES).encode())
    return made


def paragraph(text: str) -> str:
    """Return the XML of a paragraph."""
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def read(*paragraphs: str | Sequence[Run]) -> Import:
    """Return what a document with these paragraphs holds."""
    return read_questions(document(*paragraphs))


def codes(found: Import) -> list[str]:
    """Return the codes of all faults."""
    return [fault.code for fault in found.faults]


def guessed(found: Import) -> set[str]:
    """Return the codes of what was guessed of single questions."""
    return {guess.code for guess in found.guesses if guess.row is not None}
