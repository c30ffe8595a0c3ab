import pytest

from question_bank.formats.base import UnusableFile
from question_bank.formats.moodle.xml import LONGEST, MOST_ELEMENTS, questions


def read(text):
    return list(questions(text.encode()))


def refusal(content):
    with pytest.raises(UnusableFile) as refused:
        list(questions(content))
    assert refused.value.sentence()
    assert refused.value.sentence("en")
    return refused.value.code


def test_questions_come_one_by_one_with_their_lines():
    first, second = read(
        '<quiz>\n<question type="a"><name><text>Một &amp; hai</text></name></question>\n\n<question/></quiz>'
    )
    assert (first.attributes, first.line, second.line) == ({"type": "a"}, 2, 4)
    assert first.said("name", "text") == "Một & hai"
    assert first.said("nothing", "here") == ""


def test_nothing_outside_of_questions_is_kept():
    assert read("<quiz>chữ<other><question/></other><!-- x --></quiz>") == []


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<?xml version="1.0" encoding="UTF-8"?>', "utf-8-sig"),
        ('<?xml version="1.0" encoding="UTF-16"?>', "utf-16"),
        ('<?xml version="1.0" encoding="windows-1252"?>', "cp1252"),
        ("", "utf-8"),
    ],
)
def test_the_encoding_is_what_the_file_says(head, encoding):
    text = f"{head}<quiz><question><name>Câu</name></question></quiz>"
    assert next(questions(text.encode(encoding))).said("name") == "Câu"


def test_windows_1258_is_read():
    text = '<?xml version="1.0" encoding="windows-1258"?><quiz><question><name>{}</name></question></quiz>'
    content = text.encode().replace(b"{}", "Lạng".encode("cp1258", "ignore").replace(b"Lng", b"La\xf2ng"))
    assert next(questions(content)).said("name") == "La\u0323ng"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "xml_broken"),
        (b"<quiz><question>", "xml_broken"),
        (b"<quiz><question></quiz>", "xml_broken"),
        (b"Ai?{=A ~B}", "xml_broken"),
        (b"\x89PNG\0\0\0", "xml_broken"),
        (b"<quiz>&nbsp;</quiz>", "xml_broken"),
        (b'<?xml version="1.0" encoding="no-such"?><quiz/>', "xml_broken"),
        (b"<html><body/></html>", "not_moodle"),
        (b"<assessmentItem/>", "not_moodle"),
        (b"<!DOCTYPE quiz><quiz/>", "xml_unsafe"),
        (b'<!DOCTYPE quiz [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>', "xml_unsafe"),
        (b'<!DOCTYPE quiz [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz>&a;</quiz>', "xml_unsafe"),
        (b'<!DOCTYPE quiz SYSTEM "http://example.org/quiz.dtd"><quiz/>', "xml_unsafe"),
        (b"<quiz>" + b"<a>" * 10_000, "xml_unsafe"),
        (b"<quiz><question>" + b"<a>" * 10_000, "xml_unsafe"),
    ],
)
def test_what_is_broken_foreign_or_harmful_is_refused_with_a_sentence(content, code):
    assert refusal(content) == code


@pytest.mark.parametrize(
    ("inner", "is_large"),
    [
        ("<a>" + "x" * LONGEST + "</a>", False),
        ("<a>" + "x" * (LONGEST + 1) + "</a>", True),
        ("<a>x</a>" * (LONGEST // 40), False),
        ("<a/>" * MOST_ELEMENTS, False),
        ("<a/>" * (MOST_ELEMENTS + 1), True),
        ("<a>" + "e" + "\u0301\u0323" * 20 + "</a>", True),
        ("<file>" + "A" * (LONGEST + 1) + "</file>", False),
        ("<a>data:image/png;base64," + "A" * LONGEST + "</a>", False),
    ],
)
def test_a_question_that_is_too_large_is_marked_and_the_next_is_read(inner, is_large):
    large, fine = read(f"<quiz><question>{inner}</question><question><name>b</name></question></quiz>")
    assert large.is_large is is_large
    assert (fine.is_large, fine.said("name")) == (False, "b")


def test_a_tag_of_many_pieces_is_read_to_its_end():
    (question,) = questions(b"<quiz><question type='" + b"x" * 3_000_000 + b"'/></quiz>")
    assert len(question.attributes["type"]) == 3_000_000
