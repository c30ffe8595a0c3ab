"""What the tests of printed papers share."""

import io
from dataclasses import replace

import pypdf
from PIL import Image

from question_bank.kinds import kind_of
from question_bank.printed import Heading, PrintedPaper, PrintedQuestion, Section
from question_bank.question import Question
from tests.question_bank.builders import question

HEADING = Heading("Ban Tổ chức", "Cuộc thi tìm hiểu", "Vòng 1", 15)
PICTURE, SOUND = "a" * 64, "b" * 64


def asked(*questions: Question) -> tuple[PrintedQuestion, ...]:
    """Questions with their options as they were written."""
    return tuple(PrintedQuestion(each, tuple(range(len(kind_of(each.kind).option_ids(each))))) for each in questions)


def paper(*questions: Question, code: str = "101") -> PrintedPaper:
    return PrintedPaper(code, (Section(asked(*questions)),))


def texts(*written: str) -> PrintedPaper:
    return paper(*(question("short_text", text=text) for text in written))


def reordered(of: PrintedPaper, code: str) -> PrintedPaper:
    """The same paper under another code, with all options the other way round."""
    turned = tuple(replace(each, order=each.order[::-1]) for each in of.questions)
    return PrintedPaper(code, (Section(turned),))


def png(width: int = 60, height: int = 40) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), (10, 90, 160)).save(stream, "PNG")
    return stream.getvalue()


def pages(pdf: bytes) -> list[str]:
    """The text of each page, every run of white space as one space."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
