import importlib
import io
import re
import string
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.formats.base import Bank
from question_bank.formats.gift import GIFT
from question_bank.formats.gift.reader import read_questions
from question_bank.formats.gift.writer import losses, write_questions
from question_bank.kinds import kind_of, kinds
from question_bank.text import clean
from question_bank.validation import problems_in
from tests.question_bank.builders import options, question

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1, max_size=20)
SIGNS = st.text(st.sampled_from(list(string.punctuation + "ab1 \n")), min_size=1, max_size=12)


def exported(*entries):
    stream = io.BytesIO()
    write_questions(stream, Bank(entries))
    return stream.getvalue()


def in_rows(asked):
    """The question as its table writes it: pairs may change the order of options."""
    return kind_of("matching").with_rows(asked, kind_of("matching").rows(asked)) if asked.items else asked


def as_held(asked):
    """The question with what a GIFT file says of it: the rest is made up."""
    return question(
        **{name: getattr(asked, name) for name in ("kind", "text", "options", "key", "items", "settings")}
        | {"explanation": asked.explanation, "topic": asked.topic, "tags": asked.tags, "source": asked.source}
        | {"difficulty": 3}
    )


HELD = [
    question(),
    question("single", options=options("=a", "~b", r"c\d", "{e}", "f:#g"), key="c", text="// $CATEGORY: ::x:: #\n{~}"),
    question("multiple", settings=(("scoring", "partial"),)),
    question("multiple", settings=(("scoring", "penalty"),), tags=("một", "hai ba")),
    question("multiple", options=options(*"abcd"), key=("a", "b", "c"), explanation="Vì\n# thế ####"),
    question("true_false", topic="CNTT/AI / Mạng"),
    question("short_text", key=("T", "a*b", "#1")),
    question("number", settings=(("tolerance", "0,05"),)),
    question("matching"),
    question("essay", options=(), key=None),
    question("gap_fill", text="Nước [[1]] ở gần.", key=((("Lào",), ("Anh", "Pháp")),)),
    question("gap_fill", text="[[1]] ở gần.", key=((("Lào", "Ai Lao"), ()),)),
]


@pytest.mark.parametrize("asked", HELD, ids=lambda asked: asked.kind)
def test_what_gift_holds_reads_back_equal(asked):
    found = read_questions(exported(("A-1", asked)))
    assert found.faults == ()
    assert [(each.code, each.question) for each in found.questions] == [("A-1", in_rows(as_held(asked)))]


@settings(max_examples=60, deadline=None)
@given(TEXTS | SIGNS, SIGNS | TEXTS, TEXTS | SIGNS, st.sampled_from(["single", "short_text", "matching", "gap_fill"]))
def test_any_text_that_is_written_reads_back_equal(text, one, other, kind):
    changes = {
        "single": {"options": options(one, other), "key": "a"},
        "short_text": {"key": (one.strip(), other.strip())},
        "matching": {"items": ("1", "2"), "options": options(one, other), "key": ("a", "b")},
        "gap_fill": {"text": f"{text} [[1]] {text}.", "key": (((one.strip(),), (other.strip(),)),)},
    }[kind]
    written = question(kind, **({"text": text, "explanation": other} | changes))
    if problems_in(written) or losses(written)[:1] in {("lost_form",), ("lost_kind",)}:
        return
    found = read_questions(exported(("1", written)))
    assert found.faults == ()
    held, (back,) = as_held(written), found.questions
    assert back.question.text == clean(held.text)
    assert [tuple(map(clean, row)) for row in kind_of(kind).rows(back.question)] == [
        tuple(map(clean, row)) for row in kind_of(kind).rows(held)
    ]
    assert back.question.explanation == clean(held.explanation)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (question("ordering"), "lost_kind"),
        (question("statements"), "lost_kind"),
        (question("prediction"), "lost_kind"),
        (question("gap_fill"), "lost_kind"),
        (question("gap_fill", text="Nước gần là [[1]]", key=((("Lào",), ()),)), "lost_kind"),
        (question("short_text", key=("a->b",)), "lost_form"),
        (question(options=options("%50%a", "b", "c")), "lost_form"),
        (question(options=options("[html] là gì", "b", "c")), "lost_form"),
    ],
)
def test_what_gift_has_no_way_to_write_is_left_out_and_listed(asked, code):
    assert losses(asked) == (code,)
    assert exported(("1", asked)) == b""


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"points": 2000}, "lost_points"),
        ({"lock_order": True}, "lost_order"),
        ({"text": f"![h](media:{'a' * 64})"}, "lost_media"),
        ({"kind": "matching", "settings": (("scoring", "parts"),)}, "lost_settings"),
        ({"kind": "number", "settings": (("unit", "km"),)}, "lost_settings"),
        ({"kind": "number", "settings": (("tolerance", "2%"),)}, "lost_settings"),
        ({"kind": "number", "settings": (("tolerance", "2"),)}, None),
        ({"kind": "multiple", "settings": (("scoring", "partial"),)}, None),
    ],
)
def test_what_gift_cannot_hold_is_listed(changes, code):
    always = {"lost_difficulty"}
    assert set(losses(question(**changes))) == always | ({code} if code else set())


def test_losses_name_the_questions():
    found = GIFT.lost(Bank(tuple((f"Q{i}", question("ordering")) for i in range(7))))
    assert [(each.cell, each.values) for each in found] == [("Q0, Q1, Q2, Q3, Q4, …", {"count": 7})]


def test_a_relative_tolerance_marks_the_same_as_an_absolute_one():
    asked = question("number", key="50", settings=(("tolerance", "2%"),))
    back = read_questions(exported(("1", asked))).questions[0].question
    assert [kind_of("number").is_right(back, typed) for typed in ("49", "51", "48,9", "51,1")] == [
        True,
        True,
        False,
        False,
    ]


def test_every_kind_is_written_or_listed():
    for kind in kinds():
        is_out = bool({"lost_kind"} & set(losses(kind.example)))
        assert (exported(("1", kind.example)) == b"") is is_out


@pytest.fixture(scope="module")
def oracle():
    # It is old: it warns while it is loaded.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("pygiftparser.parser")


# An essay with a format, comment signs in a text and escaped signs are where it errs.
READ_RIGHT = [asked for asked in HELD if asked.kind != "essay" and not {"/", "#"} & set(asked.text + asked.explanation)]


@pytest.mark.parametrize("asked", READ_RIGHT, ids=lambda asked: asked.kind)
def test_an_independent_reader_finds_the_same(oracle, asked):
    (found,) = oracle.parseFile(io.StringIO(exported(("A-1", asked)).decode()))
    shapes = {
        "single": "SelectSet",
        "multiple": "MultipleChoicesSet",
        "true_false": "TrueFalseSet",
        "short_text": "ShortSet",
        "number": "NumericAnswerSet",
        "matching": "MatchingSet",
        "gap_fill": "SelectSet" if asked.kind == "gap_fill" and asked.key[0][1] else "ShortSet",
    }
    assert found.valid
    assert found.title == "A-1"
    assert type(found.answers).__name__ == shapes[asked.kind]
    assert (found.text + " " + found.tail).split() == asked.text.replace("[[1]]", "").split()
    if asked.kind in {"single", "multiple"}:
        key = asked.key if isinstance(asked.key, tuple) else (asked.key,)
        assert [each.answer.strip() for each in found.answers.answers] == [each.text for each in asked.options]
        assert [each.fraction > 0 for each in found.answers.answers] == [each.id in key for each in asked.options]


@settings(max_examples=60, deadline=None)
@given(TEXTS | SIGNS | st.sampled_from(["[id:X]", "[tag:x] y", "// a", "a\\nb", "a\nb"]))
def test_any_source_reads_back_equal_and_moodle_takes_nothing_of_it_for_its_own(source):
    written = question(source=source)
    if problems_in(written):
        return
    content = exported(("A-1", written))
    (back,) = read_questions(content).questions
    assert (back.code, back.question.source, back.question.tags) == ("A-1", clean(source), ())
    comment = content.decode().split("\n")[2]
    assert comment.startswith("// ")
    assert not re.search(r"\[(?:id|tag):", comment)
