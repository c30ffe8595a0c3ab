"""What is written reads back equal, and another reader, made from Moodle's description alone, finds the same."""

import io
import re
import string
from base64 import b64decode
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from question_bank.formats.base import Bank
from question_bank.formats.moodle import MOODLE
from question_bank.formats.moodle.losses import losses
from question_bank.formats.moodle.reader import read_questions
from question_bank.formats.moodle.writer import write_questions
from question_bank.kinds import kind_of, kinds
from question_bank.kinds.gap_fill import Gap
from question_bank.markup import plain
from question_bank.notation import line_tokens
from question_bank.text import clean
from question_bank.validation import problems_in
from tests.question_bank.builders import options, question

PICTURE = b"\x89PNG\r\n\x1a\n a picture"
SOUND = b"ID3 a sound"
MARK = f"![Bản đồ](media:{sha256(PICTURE).hexdigest()})"
HEARD = f"![Bài nghe](media:{sha256(SOUND).hexdigest()})"
MEDIA = {sha256(content).hexdigest(): content for content in (PICTURE, SOUND)}

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1, max_size=20)
SIGNS = st.text(st.sampled_from(list(string.punctuation + "ab1 \n")), min_size=1, max_size=12)
PARTS = (("scoring", "parts"),)


def exported(*entries, media=MEDIA):
    stream = io.BytesIO()
    write_questions(stream, Bank(entries, media=media))
    return stream.getvalue()


def in_rows(asked):
    """The question as its table writes it: the order of options may be that of the answers."""
    if asked.kind == "gap_fill":
        return replace(asked, key=tuple(Gap(*gap) for gap in asked.key))
    return kind_of(asked.kind).with_rows(asked, kind_of(asked.kind).rows(asked))


HELD = [
    question(),
    question(points=250, lock_order=True, tags=("một", "hai ba", "Độ khó 1"), difficulty=5, explanation="Vì\n- a\n- b\n\nthế"),
    question(options=options("=a", "~b", r"c\d", "{e}", "<b>"), key="c", text="a  b & <p>"),
    question(text="**Đậm** *nghiêng* H~2~O $x^2$\n\n$$\\frac{1}{2}$$\n\n| a | b |\n|---|---|\n| c | d |", topic="CNTT/AI / Mạng"),
    question(text=f"Xem {MARK}", options=options(MARK, HEARD, "không"), explanation=HEARD),
    question("multiple"),
    question("multiple", settings=(("scoring", "partial"),), points=1500),
    question("multiple", options=options(*"abcd"), key=("a", "b", "c"), settings=(("scoring", "penalty"),), lock_order=True),
    question("true_false"),
    question("true_false", key=False, topic="A / B / C"),
    question("short_text", key=("T", "a*b", "#1", "<b>", "a & b"), settings=(("case", True),)),
    question("number", key="-1234,5", settings=(("tolerance", "0,05"), ("unit", "km"))),
    question("essay", options=(), key=None, settings=(("guide", "Chấm <ý> *một*"), ("least_words", 50), ("most_words", 300))),
    question("matching", settings=PARTS),
    question("matching", items=("a **b**", "2 < 3"), options=options("x", r"\*y\*", "z & t"), key=("b", "a"), settings=PARTS),
    question("ordering"),
    question("ordering", settings=PARTS, options=options("**a**", MARK, "c")),
    question("gap_fill", points=2000, settings=(("case", True), *PARTS)),
    question("gap_fill", text="A [[1]] b.", key=((("Lào", "a*b~c}"), ()),), points=3000, settings=PARTS),
    question("gap_fill", text="A [[1]] b [[2]].", key=((("Lào",), ("Anh", "Pháp")), (("a",), ("b",))), points=1250, settings=PARTS),
    question("gap_fill", text="A [[1]] b.", key=((("Lào", "Ai Lao"), ("<i>", "50%")),), settings=PARTS),
]  # fmt: skip


@pytest.mark.parametrize("asked", HELD, ids=lambda asked: asked.kind)
def test_what_moodle_holds_reads_back_equal(asked):
    assert problems_in(asked) == []
    assert losses(asked) == ()
    found = read_questions(exported(("A-1", asked)))
    assert (found.faults, found.guesses) == ((), ())
    assert [(each.code, each.question) for each in found.questions] == [("A-1", in_rows(asked))]


@settings(max_examples=80, deadline=None)
@given(
    TEXTS | SIGNS,
    SIGNS | TEXTS,
    TEXTS | SIGNS,
    st.sampled_from(["single", "short_text", "matching", "ordering", "chosen", "typed"]),
)
def test_any_text_that_is_written_reads_back_alike(text, one, other, kind):
    changes = {
        "single": {"options": options(one, other), "key": "a"},
        "short_text": {"key": (one.strip(), other.strip())},
        "matching": {"items": ("1", other), "options": options(one, "2"), "key": ("a", "b"), "settings": PARTS},
        "ordering": {"options": options(one, other), "key": ("a", "b")},
        "chosen": {"text": f"{text} [[1]] {text}.", "key": (((one.strip(),), (other.strip(),)),), "settings": PARTS},
        "typed": {"text": f"{text} [[1]] {text}.", "key": (((one.strip(), other.strip()), ()),), "settings": PARTS},
    }[kind]
    made = "gap_fill" if kind in {"chosen", "typed"} else kind
    asked = question(made, **({"text": text, "explanation": other, "source": one} | changes))
    if problems_in(asked) or losses(asked)[:1] == ("lost_form",) or not plain(asked.text):
        return
    found = read_questions(exported(("1", asked)))
    assert found.faults == ()
    (back,) = (each.question for each in found.questions)
    assert _said(back.text) == _said(asked.text)
    assert _said(back.explanation) == _said(asked.explanation)
    assert back.source == " ".join(clean(asked.source).split())
    rows = [
        [tuple(_said_in_line(text) for text in row) for row in kind_of(made).rows(each)]
        for each in (back, in_rows(asked))
    ]
    assert rows[0] == rows[1]
    if "lost_marks" not in losses(asked) and not re.search(r"[*_~^$`|\\!+>.<&\n-]|\s\s|^\s|\s$", asked.text):
        assert back.text == clean(asked.text)


def _said(text):
    return "".join(plain(clean(text)).split())


def _said_in_line(text):
    """Of an answer: `>` at the beginning of its second line is no quote."""
    leaves = [leaf for token in line_tokens(clean(text)) for leaf in token.children or ()]
    return "".join("".join(leaf.content for leaf in leaves).split())


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (question("statements"), "lost_kind"),
        (question("prediction"), "lost_kind"),
        (question("short_text", key=(r"a\*b",)), "lost_form"),
        (question("gap_fill", text="A {1:SA:=x} [[1]].", key=((("Lào",), ()),)), "lost_form"),
        (question("gap_fill", text="A [[1]].", key=(((r"\*",), ()),)), "lost_form"),
        (question("gap_fill", text="A `[[1]]`.", key=((("a",), ()),)), "lost_form"),
    ],
)
def test_what_moodle_has_no_way_to_write_is_left_out_and_listed(asked, code):
    assert losses(asked) == (code,)
    assert read_questions(exported(("1", asked))).questions == ()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (question("matching"), "lost_settings"),
        (question("gap_fill", points=2000), "lost_settings"),
        (question("short_text", settings=(("unmarked", True),)), "lost_settings"),
        (question("short_text", settings=(("tone_place", True),)), "lost_settings"),
        (question("number", settings=(("tolerance", "2%"),)), "lost_settings"),
        (question("gap_fill", settings=PARTS), "lost_points"),
        (question("true_false", lock_order=True), "lost_order"),
        (question(source="Một\nHai"), "lost_lines"),
        (question(text="**a**\n\n>"), "lost_marks"),
        (question("matching", options=options("**a**", "b", "c"), settings=PARTS), "lost_marks"),
    ],
)
def test_what_moodle_cannot_hold_is_listed(asked, code):
    assert losses(asked) == (code,)
    assert len(read_questions(exported(("1", asked))).questions) == 1


def test_losses_name_the_questions():
    found = MOODLE.lost(Bank(tuple((f"Q{i}", question("statements")) for i in range(7))))
    assert [(each.cell, each.code, each.values) for each in found] == [
        ("Q0, Q1, Q2, Q3, Q4, …", "lost_kind", {"count": 7})
    ]
    assert all(each.sentence() and each.sentence("en") for each in found)


def test_every_kind_is_written_or_listed():
    for kind in kinds():
        is_out = bool({"lost_kind"} & set(losses(kind.example)))
        assert (read_questions(exported(("1", kind.example))).questions == ()) is is_out


def test_a_relative_tolerance_marks_the_same_as_an_absolute_one():
    asked = question("number", key="50", settings=(("tolerance", "2%"),))
    back = read_questions(exported(("1", asked))).questions[0].question
    right = {typed: kind_of("number").is_right(back, typed) for typed in ("49", "51", "48,9", "51,1")}
    assert right == {"49": True, "51": True, "48,9": False, "51,1": False}


def test_a_picture_that_nobody_has_is_named_where_it_stood():
    found = read_questions(exported(("1", question(text=f"Xem {MARK} này")), media={}))
    assert found.questions[0].question.text == "Xem [Bản đồ] này"
    assert "medium_missing" in [guess.code for guess in found.guesses]


def test_what_no_page_can_show_does_not_break_the_file():
    asked = question("essay", options=(), key=None, settings=(("guide", "a\x01b"),))
    assert read_questions(exported(("1", asked))).questions[0].question.settings == (("guide", "a b"),)


# The other reader: Moodle's own description of the format, by paths, with a parser of HTML that is not ours.


def shown(node):
    """The text of an element of Moodle's, in its format, without tags."""
    text = node.findtext("text") or ""
    if node.get("format") in {"plain_text", None, "moodle_auto_format"}:
        return " ".join(text.split())
    page = html.fragment_fromstring(text, create_parent="div")
    for picture in page.xpath(".//img"):
        picture.tail = f"({picture.get('alt')}){picture.tail or ''}"
    for end in page.xpath(".//br | .//p | .//li | .//td | .//th"):
        end.tail = f" {end.tail or ''}"
    return " ".join(page.text_content().split())


def other_reader(content):
    topic, found = "", []
    for node in etree.fromstring(content).xpath("/quiz/question"):
        if node.get("type") == "category":
            topic = node.findtext("category/text")
            continue
        found.append(
            {
                "type": node.get("type"),
                "topic": topic,
                "name": node.findtext("name/text"),
                "idnumber": node.findtext("idnumber"),
                "text": shown(node.find("questiontext")),
                "feedback": shown(node.find("generalfeedback")),
                "grade": node.findtext("defaultgrade"),
                "tags": node.xpath("tags/tag/text/text()"),
                "answers": [(shown(each), float(each.get("fraction"))) for each in node.xpath("answer")],
                "node": node,
            }
        )
    return found


def otherwise(asked):
    (found,) = other_reader(exported(("A-1", asked)))
    assert (found["name"], found["idnumber"]) == ("A-1", "A-1")
    return found


def test_another_reader_finds_texts_points_tags_and_the_source():
    asked = question(
        text="H~2~O là **nước**\nphải không?",
        explanation="Vì *thế*.",
        points=1250,
        tags=("a",),
        topic="A/B / C",
        difficulty=4,
    )
    found = otherwise(asked)
    assert (found["type"], found["topic"]) == ("multichoice", "$course$/top/A//B/C")
    assert (found["text"], found["feedback"]) == ("H2O là nước phải không?", "Vì thế. Nguồn: Hiến pháp 2013, Điều 13")
    assert (float(found["grade"]), found["tags"]) == (1.25, ["Độ khó 4", "a"])


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        (question(), [("Huế", 0), ("Hà Nội", 100), ("Đà Nẵng", 0)]),
        (question("multiple"), [("Huế", 50), ("Hà Nội", -100), ("Đà Nẵng", 50)]),
        (question("multiple", settings=(("scoring", "partial"),)), [("Huế", 50), ("Hà Nội", 0), ("Đà Nẵng", 50)]),
        (question("multiple", settings=(("scoring", "penalty"),)), [("Huế", 50), ("Hà Nội", -50), ("Đà Nẵng", 50)]),
        (question("true_false"), [("true", 100), ("false", 0)]),
        (question("true_false", key=False), [("true", 0), ("false", 100)]),
        (question("short_text"), [("Hà Nội", 100), ("Thủ đô Hà Nội", 100)]),
        (question("short_text", key=("a*",)), [(r"a\*", 100)]),
        (question("number"), [("1234.5", 100)]),
        (question("ordering"), [("Đà Nẵng", 1), ("Huế", 2), ("Hà Nội", 3)]),
    ],
)
def test_another_reader_finds_the_answers(asked, answers):
    assert otherwise(asked)["answers"] == answers


@pytest.mark.parametrize(
    ("asked", "path", "said"),
    [
        (question(), "single", "true"),
        (question("multiple"), "single", "false"),
        (question(), "shuffleanswers", "true"),
        (question(lock_order=True), "shuffleanswers", "false"),
        (question("short_text"), "usecase", "0"),
        (question("short_text", settings=(("case", True),)), "usecase", "1"),
        (question("number", settings=(("tolerance", "0,5"),)), "answer/tolerance", "0.5"),
        (question("number", settings=(("unit", "km"),)), "units/unit/unit_name", "km"),
        (question("ordering"), "gradingtype", "ALL_OR_NOTHING"),
        (question("ordering", settings=PARTS), "gradingtype", "ABSOLUTE_POSITION"),
        (question("essay", options=(), key=None, settings=(("most_words", 9),)), "maxwordlimit", "9"),
    ],
)
def test_another_reader_finds_the_settings(asked, path, said):
    assert otherwise(asked)["node"].findtext(path) == said


def test_another_reader_finds_pairs():
    node = otherwise(question("matching", settings=PARTS))["node"]
    pairs = [(shown(each), each.findtext("answer/text")) for each in node.xpath("subquestion")]
    assert pairs == [("Việt Nam", "Hà Nội"), ("Lào", "Huế"), ("Thái Lan", "Đà Nẵng")]


def test_another_reader_finds_gaps_with_choices_by_their_numbers_and_groups():
    asked = question(
        "gap_fill", text="A [[1]] b [[2]].", key=((("Lào",), ("Anh",)), (("a",), ("b", "c"))), settings=PARTS
    )
    found = otherwise(asked)
    choices = [(each.findtext("text"), each.findtext("group")) for each in found["node"].xpath("selectoption")]
    right = [choices[int(number) - 1] for number in re.findall(r"\[\[(\d+)\]\]", found["text"])]
    assert found["type"] == "gapselect"
    assert right == [("Lào", "1"), ("a", "2")]
    assert sorted(choices) == [("Anh", "1"), ("Lào", "1"), ("a", "2"), ("b", "2"), ("c", "2")]


def test_another_reader_finds_gaps_within_the_text():
    found = otherwise(question("gap_fill", points=2000, settings=PARTS))
    assert found["type"] == "cloze"
    assert found["text"] == ("Thủ đô là {1:SHORTANSWER:=Hà Nội~=Thăng Long}, bên sông {1:MULTICHOICE:=Hồng~Đà~Mã}.")


def test_another_reader_finds_the_files():
    node = otherwise(question(text=f"Xem {MARK}", options=options("a", HEARD)))["node"]
    for path, content, tag in (("questiontext", PICTURE, "img"), ("answer", SOUND, "audio")):
        (file,) = node.xpath(f"{path}/file")
        assert (b64decode(file.text), file.get("encoding"), file.get("path")) == (content, "base64", "/")
        (text,) = [each for each in node.xpath(f"{path}/text/text()") if "@@PLUGINFILE@@" in each]
        (shown_by,) = html.fragment_fromstring(text, create_parent="div").xpath(f".//{tag}")
        assert shown_by.get("src") == f"@@PLUGINFILE@@/{file.get('name')}"


def test_another_reader_finds_formulas_as_tex():
    assert otherwise(question(text="Tính $x<1$ và $$y^2$$"))["text"] == r"Tính \(x<1\) và $$y^2$$"
