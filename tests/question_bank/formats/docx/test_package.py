import io
import tracemalloc
import zipfile

import pytest

from question_bank.formats import format_of
from question_bank.formats.archive import MOST_ENTRIES
from question_bank.formats.base import UnusableFile
from question_bank.formats.docx.document import MOST_PARAGRAPHS
from question_bank.formats.docx.reader import read_questions
from question_bank.formats.xml import MOST_DEPTH, MOST_ELEMENTS
from tests.question_bank.formats.docx.documents import codes, document, of_xml, paragraph
from tests.question_bank.formats.xlsx.workbooks import with_part, workbook

GOOD = document("Câu 1. Thủ đô?", "A. Huế\nB. Hà Nội", "Đáp án: B")
MAIN = "word/document.xml"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refusal(content):
    with pytest.raises(UnusableFile) as raised:
        read_questions(content)
    assert raised.value.sentence("vi") != raised.value.sentence("en")
    return raised.value.code


def test_a_good_document_is_read():
    assert codes(read_questions(GOOD)) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"text",
        b"PK\x03\x04 and then rubbish",
        GOOD[: len(GOOD) // 2],
        workbook(),
        with_part(GOOD, MAIN, b""),
        with_part(GOOD, MAIN, b"<w:document"),
        with_part(GOOD, "word/styles.xml", b"rubbish"),
        of_xml(paragraph("Câu 1. Ha\u0300" + "\u0301" * 15_000)),
        with_part(GOOD, "word/numbering.xml", b'<n><num numId="1"/><lvl ilvl="x"/></n>'),
        with_part(GOOD, MAIN, b'<?xml version="1.0" encoding="no-such"?><document/>'),
    ],
)
def test_what_is_no_document_is_refused(content):
    assert refusal(content) == "not_docx"


@pytest.mark.parametrize("name", ["de.doc", "de.docm", "de.DOC", "de.docx"])
def test_an_old_or_locked_document_is_refused_with_what_to_do(name):
    with pytest.raises(UnusableFile) as raised:
        format_of(name, OLD).read_questions(OLD)
    assert raised.value.code == "docx_old"
    assert "Lưu thành" in raised.value.sentence()


def test_a_document_with_macros_is_refused():
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        types = archive.read("[Content_Types].xml")
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = types.replace(plain, b"application/vnd.ms-word.document.macroEnabled.main+xml")
    assert refusal(with_part(GOOD, "[Content_Types].xml", macros)) == "docx_macros"


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">',
        '<!ENTITY b SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;',
    ],
)
@pytest.mark.parametrize("part", [MAIN, "word/styles.xml", "word/_rels/document.xml.rels", "word/footnotes.xml"])
def test_entities_are_refused(part, declared):
    assert refusal(with_part(GOOD, part, f"<!DOCTYPE x [{declared}]><x>&b;</x>".encode())) == "not_docx"


@pytest.mark.parametrize("name", ["word/media/../../x.png", "word/media/..\\x.png"])
def test_a_part_that_would_lie_outside_is_refused(name):
    assert refusal(with_part(GOOD, name, b"x")) == "not_docx"


def crowd():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(MOST_ENTRIES + 1):
            archive.writestr(f"{number}", b"")
    return stream.getvalue()


LARGE = {
    "zeros": lambda: with_part(GOOD, MAIN, bytes(60_000_001)),
    "pictures": lambda: with_part(GOOD, "word/media/image1.png", bytes(60_000_001)),
    "entries": crowd,
    "cell": lambda: of_xml(f"<w:tbl><w:tr><w:tc>{paragraph('a' * 50_000_000)}</w:tc></w:tr></w:tbl>"),
    "text": lambda: of_xml(paragraph("a " * 9000) * 600),
}


@pytest.mark.parametrize("name", LARGE)
def test_large_parts_are_refused_in_bounded_memory(name):
    content = LARGE[name]()
    tracemalloc.start()
    try:
        assert refusal(content) in {"unpacks_large", "docx_much"}
        assert tracemalloc.get_traced_memory()[1] < 150_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<w:p/>" * MOST_ELEMENTS, "unpacks_large"),
        ("<w:sdt>" * MOST_DEPTH + "</w:sdt>" * MOST_DEPTH, "unpacks_large"),
        ("<w:tbl><w:tr><w:tc>" * 300 + "</w:tc></w:tr></w:tbl>" * 300, "unpacks_large"),
        (paragraph("a") * (MOST_PARAGRAPHS + 2), "docx_much"),
    ],
    ids=["elements", "depth", "tables", "paragraphs"],
)
def test_endless_structures_are_refused(body, code):
    assert refusal(of_xml(body)) == code


@pytest.mark.parametrize(
    "body",
    [
        paragraph("Câu 1. " + " " * 19_000 + "A. x"),
        paragraph("Câu 1. " + "A. " * 6000),
        paragraph("1.A " * 5000),
        paragraph("*" * 19_000),
        paragraph("Câu 1. $" + "{" * 9000),
        "".join(paragraph(f"A. {'(' * 500}") for _ in range(300)),
        f"<w:p><m:oMath>{'<m:e>' * 400}{'</m:e>' * 400}</m:oMath></w:p>",
        f"<w:p><m:oMath>{'<m:r/>' * 100_000}</m:oMath></w:p>",
    ],
)
def test_texts_made_to_be_slow_are_read_to_an_end(body):
    assert read_questions(of_xml(body)).good == ()
