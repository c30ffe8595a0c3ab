import io
import struct
import zipfile

import pytest

from question_bank.formats.archive import MOST_ENTRIES
from question_bank.formats.base import UnusableFile
from question_bank.formats.xlsx.package import plain_styles, repacked, sheet_parts, unpacked
from question_bank.formats.xlsx.reader import read_questions
from question_bank.formats.xml import MOST_DEPTH, MOST_ELEMENTS
from tests.question_bank.formats.xlsx.workbooks import SHEET, row, sheet_xml, sheets, with_part, workbook

GOOD = workbook(row())


def refusal(content):
    with pytest.raises(UnusableFile) as raised:
        read_questions(content)
    assert raised.value.sentence("vi") != raised.value.sentence("en")
    return raised.value.code


def without_part(name):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
    return stream.getvalue()


def declaring_less(content, name, size):
    """Return the zip with a smaller unpacked size written into both headers of a member."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        true_size = archive.getinfo(name).file_size
    return content.replace(struct.pack("<I", true_size), struct.pack("<I", size))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"code,kind\n1,2\n",
        b"PK\x03\x04 and then rubbish",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        GOOD[: len(GOOD) // 2],
        GOOD[:-30],
        without_part("xl/workbook.xml"),
        without_part("xl/_rels/workbook.xml.rels"),
        without_part(SHEET),
        with_part(GOOD, "xl/workbook.xml", b"<workbook"),
        with_part(GOOD, SHEET, b"not xml"),
        with_part(GOOD, SHEET, b'<?xml version="1.0" encoding="no-such"?><worksheet/>'),
        with_part(GOOD, SHEET, sheet_xml('<row r="x"><c r="A1"/></row>')),
        with_part(GOOD, SHEET, sheet_xml('<row><c r="1A"><v>1</v></c></row>')),
        with_part(GOOD, SHEET, sheet_xml('<row><c t="s"><v>99999</v></c></row>')),
    ],
)
def test_what_is_no_workbook_is_refused(content):
    assert refusal(content) == "not_xlsx"


def test_entities_are_refused():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    assert refusal(with_part(GOOD, SHEET, bomb)) == "not_xlsx"


def test_a_file_over_20_mb_is_refused_before_it_is_opened(tmp_path):
    assert refusal(bytes(20_000_001)) == "file_large"
    file = tmp_path / "large.xlsx"
    file.write_bytes(bytes(20_000_001))
    assert refusal(file) == "file_large"


def test_a_missing_file_is_refused(tmp_path):
    assert refusal(tmp_path / "none.xlsx") == "file_missing"


def test_a_bomb_is_refused_by_its_declared_size():
    bomb = with_part(GOOD, SHEET, bytes(60_000_001))
    assert len(bomb) < 100_000
    assert refusal(bomb) == "unpacks_large"


def test_a_bomb_that_lies_about_its_size_is_refused():
    bomb = with_part(GOOD, SHEET, bytes(60_000_001))
    assert refusal(declaring_less(bomb, SHEET, 1000)) == "not_xlsx"


def test_endless_small_elements_are_refused():
    assert refusal(with_part(GOOD, SHEET, sheet_xml("<c/>" * MOST_ELEMENTS))) == "unpacks_large"


def test_elements_deep_inside_each_other_are_refused():
    deep = "<c>" * MOST_DEPTH + "</c>" * MOST_DEPTH
    assert refusal(with_part(GOOD, SHEET, sheet_xml(deep))) == "unpacks_large"


def test_a_crowd_of_tiny_parts_is_refused_before_it_is_listed():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(MOST_ENTRIES + 1):
            archive.writestr(f"{number}", b"")
    assert refusal(stream.getvalue()) == "unpacks_large"


@pytest.mark.parametrize("name", ["../sheet.xml", "/xl/sheet.xml", "xl/../../x.xml", "..\\x.xml", "C:/x.xml"])
def test_a_part_that_would_lie_outside_is_refused(name):
    assert refusal(with_part(GOOD, name, b"<x/>")) == "not_xlsx"


def test_an_unknown_compression_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    damaged = stream.getvalue().replace(struct.pack("<H", zipfile.ZIP_LZMA), struct.pack("<H", 97))
    assert refusal(damaged) == "not_xlsx"


def test_a_repacked_workbook_is_the_same_workbook():
    assert read_questions(repacked(unpacked(GOOD)).getvalue()) == read_questions(GOOD)


def test_pictures_and_macros_are_left_behind():
    parts = unpacked(with_part(GOOD, "xl/vbaProject.bin", b"macro"))
    assert "xl/vbaProject.bin" not in parts
    assert SHEET in parts


def test_sheets_are_found_by_relative_and_absolute_targets():
    book = sheets({"Một": [], "Hai": []})
    relations = unpacked(book)["xl/_rels/workbook.xml.rels"].replace(b'"worksheets/', b'"/xl/worksheets/')
    absolute = with_part(book, "xl/_rels/workbook.xml.rels", relations)
    expected = {"Một": SHEET, "Hai": "xl/worksheets/sheet2.xml"}
    assert sheet_parts(unpacked(book)) == sheet_parts(unpacked(absolute)) == expected


def test_a_style_is_plain_by_number_or_by_its_own_code():
    styles = (
        b'<styleSheet><numFmts><numFmt numFmtId="164" formatCode="General"/>'
        b'<numFmt numFmtId="165" formatCode="0.0%"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        b'<cellXfs><xf numFmtId="0"/><xf numFmtId="49"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/>'
        b"</cellXfs></styleSheet>"
    )
    assert plain_styles({"xl/styles.xml": styles}) == [True, True, True, False, False]
