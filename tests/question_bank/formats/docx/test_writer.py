import io
import string
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from question_bank.formats.base import Bank, MediaFound
from question_bank.formats.docx.reader import read_questions
from question_bank.formats.docx.writer import losses, write_questions
from question_bank.kinds import kind_of, kinds
from question_bank.text import clean
from question_bank.validation import problems_in
from tests.question_bank.builders import options, question

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1, max_size=20)
PIECES = [*string.punctuation, *"ab1 \n\t", "A. ", "Câu 2. ", "Đáp án: ", "**", "\nB. "]
SIGNS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join)


def exported(*entries, **bank):
    stream = io.BytesIO()
    write_questions(stream, Bank(entries, **bank))
    return stream.getvalue()


def said(asked):
    """What a question says; white space at the ends of lines is nothing to see."""
    rows = [cell for row in kind_of(asked.kind).rows(asked) for cell in row]
    texts = [asked.text, asked.explanation, asked.source, asked.topic, *rows]
    return asked.kind, ["\n".join(line.rstrip() for line in clean(text).split("\n")) for text in texts]


HELD = [
    *(kind.example for kind in kinds()),
    question(points=250, lock_order=True, tags=("một", "hai ba"), difficulty=5, explanation="Vì\n\nthế. $x^2$"),
    question(text="Chọn **một** ý *đúng* về H~2~O và m^2^:", options=options("a **b** c", "**đậm**", "*")),
    question(text="Xét `mã` và $\\frac{1}{2}$.\n- một\n- hai\n\n| a | b |\n| --- | --- |\n| 1 | 2 |"),
    question("multiple", settings=(("scoring", "penalty"),)),
    question("multiple", key=("b",)),
    question("single", options=options("Đúng", "Sai"), key="a"),
    question("statements", settings=(("scoring", "parts"),)),
    question("short_text", key=("B",), settings=(("case", True),)),
    question("essay", options=(), key=None, settings=(("guide", "Một\nhai; ba"), ("most_words", 300))),
]


@pytest.mark.parametrize("asked", HELD, ids=lambda asked: asked.kind)
def test_every_kind_reads_back_equal_and_without_a_guess(asked):
    assert losses(asked) == ()
    found = read_questions(exported(("A-1", asked), title="Ngân hàng"))
    assert (found.faults, found.guesses, found.title) == ((), (), "Ngân hàng")
    assert [(each.code, each.question) for each in found.questions] == [("A-1", asked)]


@settings(max_examples=60, deadline=None)
@given(TEXTS | SIGNS, SIGNS | TEXTS, TEXTS | SIGNS, st.sampled_from(["single", "short_text", "statements", "matching"]))
def test_what_is_written_reads_back_equal(text, one, other, kind):
    changes = {
        "single": {"options": options(one, other), "key": "a"},
        "short_text": {"key": (one.strip(), other.strip())},
        "statements": {"options": options(one, other), "key": (True, False), "settings": (("scoring", "parts"),)},
        "matching": {"items": ("1", "2"), "options": options(one, other), "key": ("a", "b")},
    }[kind]
    written = question(kind, **({"text": text, "explanation": other, "source": text, "topic": "T"} | changes))
    if problems_in(written):
        return
    content = exported(("1", written))
    found = read_questions(content)
    if losses(written):
        assert found.questions == ()
        return
    assert found.faults == ()
    (back,) = found.questions
    assert said(back.question) == said(written)


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Một\nCâu 2. Hai?"},
        {"text": "Một\nA. hai"},
        {"explanation": "Vì\nNguồn: không"},
        {"options": options("một\nB. hai", "ba"), "key": "a"},
        {"topic": "Một\nMã câu: hai"},
    ],
)
def test_a_text_that_would_be_read_otherwise_is_left_out_and_listed(changes):
    asked = question(**changes)
    assert losses(asked) == ("lost_form",)
    assert read_questions(exported(("1", asked), ("2", question()))).questions[0].code == "2"


def test_it_looks_as_committees_print_it():
    made = docx.Document(io.BytesIO(exported(("A-1", question(explanation="Điều **13**.")), title="Ngân hàng")))
    assert [(paragraph.style.name, paragraph.text) for paragraph in made.paragraphs] == [
        ("Title", "Ngân hàng"),
        ("Normal", "Câu 1. Thủ đô của Việt Nam là thành phố nào?"),
        ("Normal", "A. Huế"),
        ("Normal", "B. Hà Nội"),
        ("Normal", "C. Đà Nẵng"),
        ("Normal", "Đáp án: B"),
        ("Normal", "Giải thích: Điều 13."),
        ("Normal", "Nguồn: Hiến pháp 2013, Điều 13"),
        ("Normal", "Chủ đề: Địa lý"),
        ("Normal", "Độ khó: 2"),
        ("Normal", "Mã câu: A-1"),
    ]
    assert [run.text for run in made.paragraphs[6].runs if run.bold] == ["Giải thích:", "13"]


@pytest.mark.parametrize(("sort", "extension"), [("PNG", "png"), ("JPEG", "jpeg"), ("GIF", "gif"), ("WEBP", "webp")])
def test_pictures_are_put_in_and_come_back(sort, extension):
    stream = io.BytesIO()
    Image.new("RGB", (2000, 1000), "red").save(stream, sort)
    media = MediaFound()
    mark = media.mark(stream.getvalue(), 'Cờ "đỏ" & vàng')
    asked = question(text=f"Cờ nào?\n{mark}")
    content = exported(("1", asked), media=media.by_digest)
    found = read_questions(content)
    assert (found.questions[0].question, found.media, found.guesses) == (asked, media.by_digest, ())
    (shown,) = docx.Document(io.BytesIO(content)).inline_shapes
    assert shown.width.cm == pytest.approx(15, abs=0.1)
    assert shown.width == pytest.approx(2 * shown.height, rel=0.01)
    assert f"word/media/picture1.{extension}" in zipfile.ZipFile(io.BytesIO(content)).namelist()


@pytest.mark.parametrize("content", [None, b"ID3 sound"])
def test_a_medium_that_a_document_cannot_show_stays_as_its_mark(content):
    media = MediaFound()
    asked = question(text=f"Nghe: {media.mark(content or b'', 'bài hát')}")
    found = read_questions(exported(("1", asked), media=media.by_digest if content else {}))
    assert (found.questions[0].question, found.media) == (asked, {})


def test_the_same_bank_makes_the_same_file():
    assert exported(("1", question())) == exported(("1", question()))
