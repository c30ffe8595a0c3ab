import tracemalloc
import zipfile
from io import BytesIO

import pytest

from question_bank.formats import base
from question_bank.formats.base import UnusableFile
from question_bank.formats.qti import reader
from question_bank.formats.qti.package import opened
from question_bank.formats.qti.reader import read_questions
from tests.question_bank.formats.qti.packages import (
    PNG,
    fault,
    item,
    manifest,
    package,
    read,
    resource,
    response,
    zipped,
)
from tests.question_bank.formats.qti.test_reader import TRUE_FALSE

GOOD = item(response("true"), TRUE_FALSE)
ENTITIES = "".join(
    f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMB = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{ENTITIES}'
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">'


def refusal(content):
    with pytest.raises(UnusableFile) as refused:
        read_questions(content)
    assert refused.value.sentence()
    assert refused.value.sentence("en")
    return refused.value.code


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        zipped({}),
        zipped({"xl/workbook.xml": "<workbook/>"}),
        zipped({"imsmanifest.xml": "<manifest>"}),
        zipped({"imsmanifest.xml": f"{BOMB}]><manifest>&i;</manifest>"}),
        zipped({"imsmanifest.xml": f"{OUTSIDE}]><manifest>&i;</manifest>"}),
        zipped({"imsmanifest.xml": "<a>" * 100 + "</a>" * 100}),
        zipped({"imsmanifest.xml": manifest(resource("1.xml")), "../1.xml": GOOD}),
        zipped({"imsmanifest.xml": manifest(resource("1.xml")), "/1.xml": GOOD}),
        zipped({"imsmanifest.xml": manifest(metadata="<metadata>a" + "\u0301" * 40 + "</metadata>")}),
        package(GOOD, metadata="<metadata>a" + "\u0301" * 40 + "</metadata>"),
        package(GOOD)[:-30],
    ],
)
def test_what_is_no_package_is_refused(content):
    assert refusal(content) == "not_qti"


def test_a_package_that_unpacks_without_end_is_refused():
    assert refusal(zipped({"imsmanifest.xml": manifest(), "1.xml": b" " * 61_000_000})) == "unpacks_large"


def test_a_manifest_without_end_is_refused():
    assert refusal(package(GOOD, metadata="<metadata>" + "đ" * 10_100_000 + "</metadata>")) == "unpacks_large"


def test_a_package_of_the_first_version_is_told_what_to_do():
    listed = manifest(resource("quiz.xml", sort="imsqti_xmlv1p2/imscc_xmlv1p2/assessment"))
    assert refusal(zipped({"imsmanifest.xml": listed, "quiz.xml": "<questestinterop/>"})) == "qti_earlier"


@pytest.mark.parametrize(
    "content",
    [
        f'{BOMB}]><assessmentItem identifier="&i;"/>',
        f"{OUTSIDE}]><assessmentItem>&i;</assessmentItem>",
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><assessmentItem/>',
        "<a>" * 400 + "</a>" * 400,
        "<a>" + "<b/>" * 30_000 + "</a>",
        "<assessmentItem>" + "a" + "\u0301\u0323" * 40 + "</assessmentItem>",
        "<assessmentItem>a" + ("\u0301" * 20 + "<!-- -->") * 4 + "</assessmentItem>",
        '<assessmentItem title="a' + "\u0301" * 40 + '"/>',
        "<assessmentItem>" + "đ" * 2_500_100 + "</assessmentItem>",
        "không phải XML",
        "",
    ],
)
def test_a_hostile_item_is_a_fault_and_nothing_more(content):
    assert fault(content) == "qti_broken"


def test_a_text_far_too_long_is_refused_before_it_is_read():
    assert fault(item(response("true"), "<p>" + "chữ <b>a</b> " * 5_000 + "</p>" + TRUE_FALSE)) == "too_long"


def test_elements_of_all_questions_are_counted(monkeypatch):
    monkeypatch.setattr(reader, "_MOST_ELEMENTS", 30)
    found = read(*(item(response("true"), f"<p>{text}</p>{TRUE_FALSE}") for text in "abc"))
    assert [(each.code, each.row) for each in found.faults] == [("qti_broken", 3)]


@pytest.mark.parametrize(
    "address", ["none.xml", "../1.xml", "/etc/hostname", "http://example.org/1.xml", "file:///1.xml", "..%2f1.xml"]
)
def test_an_item_outside_of_the_package_is_missing(address):
    (found,) = read_questions(zipped({"imsmanifest.xml": manifest(resource(address)), "1.xml": GOOD})).faults
    assert (found.code, found.row) == ("qti_missing", 1)


def test_a_stimulus_that_is_missing_or_is_the_item_itself_ends_somewhere():
    itself = GOOD.replace("<itemBody>", '<assessmentStimulusRef identifier="S" href="1.xml"/><itemBody>')
    assert read(itself).faults == ()
    assert fault(itself.replace('href="1.xml"', 'href="2.xml"')) == "qti_missing"


def test_what_leans_on_each_other_in_a_circle_is_read_once():
    listed = (
        '<resource identifier="A" type="imsqti_item_xmlv2p1" href="1.xml"><dependency identifierref="B"/></resource>'
        '<resource identifier="B" type="imsqti_item_xmlv2p1" href="1.xml"><dependency identifierref="A"/></resource>'
    )
    found = read_questions(zipped({"imsmanifest.xml": manifest(listed), "1.xml": GOOD}))
    assert (len(found.questions), found.faults) == (1, ())


def test_more_questions_than_a_file_may_hold_are_refused_unread():
    listed = manifest(*(resource(f"{number}.xml") for number in range(10_000)))
    found = read_questions(zipped({"imsmanifest.xml": listed}))
    assert [each.code for each in found.faults] == ["too_many_questions"]


def test_more_media_than_a_file_may_hold_are_refused(monkeypatch):
    monkeypatch.setattr(base, "MOST_MEDIA_MB", 0)
    picture = '<p><img src="a.png" alt="h"/></p>'
    assert refusal(package(item(response("true"), picture + TRUE_FALSE), parts={"a.png": PNG})) == "media_large"


@pytest.mark.parametrize("crowd", ["<x/>", "<resource><x/></resource>", "<item/>"])
def test_a_crowd_of_elements_takes_bounded_memory(crowd):
    content = zipped({"imsmanifest.xml": manifest(*[crowd] * 25_000, resource("1.xml")), "1.xml": GOOD})
    tracemalloc.start()
    try:
        if crowd == "<x/>":
            assert refusal(content) == "not_qti"
        else:
            assert len(read_questions(content).questions) == 1
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


def test_the_folder_of_the_manifest_may_be_packed_along():
    parts = {"bài/imsmanifest.xml": manifest(resource("items/1.xml")), "bài/items/1.xml": GOOD}
    assert len(read_questions(zipped(parts)).questions) == 1


@pytest.mark.parametrize("place", ["manifest", "resource"])
def test_addresses_begin_where_the_manifest_says(place):
    base_ = 'xml:base="items/"'
    one = resource("1.xml").replace("<resource ", f"<resource {base_} ") if place == "resource" else resource("1.xml")
    listed = manifest(one, attributes=base_ if place == "manifest" else "")
    assert len(read_questions(zipped({"imsmanifest.xml": listed, "items/1.xml": GOOD})).questions) == 1


def test_a_name_whose_letters_are_not_called_utf_8_is_mended():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("imsmanifest.xml", manifest(resource("câu.xml")))
        archive.writestr("câu.xml".encode().decode("cp437").encode("cp437").decode("latin-1"), GOOD)
    content = stream.getvalue()
    assert opened(content).items[0].path == "câu.xml"


def test_what_is_of_no_use_is_not_unpacked():
    assert len(read_questions(package(GOOD, parts={"phim.avi": b"\0" * 70_000_000})).questions) == 1
