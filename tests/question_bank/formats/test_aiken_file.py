import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.formats import FORMATS
from question_bank.formats.aiken_file import AIKEN, losses, read_questions, write_questions
from question_bank.formats.base import Bank
from question_bank.kinds import kind_of, kinds
from question_bank.text import clean
from question_bank.validation import problems_in
from tests.question_bank.builders import options, question

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), min_size=1, max_size=20
)


def read(text):
    return read_questions(text.encode())


def exported(*asked):
    stream = io.BytesIO()
    write_questions(stream, Bank(tuple((f"Q{i}", each) for i, each in enumerate(asked))))
    return stream.getvalue()


def test_its_files_are_found_by_their_name():
    assert FORMATS[".aiken"].read_questions is read_questions


@pytest.mark.parametrize(
    ("text", "asked", "rows"),
    [
        ("Ai?\nA. Bác\nB. Chú\nANSWER: B", "Ai?", [("", "Bác"), ("x", "Chú")]),
        ("Ai?\nA) Bác\nB) Chú\nANSWER: A\n", "Ai?", [("x", "Bác"), ("", "Chú")]),
        ("Ai?\r\n\r\nA.Bác\r\nB.Chú\r\n\r\nĐáp án: b", "Ai?", [("", "Bác"), ("x", "Chú")]),
        ("Đọc:\nhai dòng.\nA. Bác\nB. Chú\nanswer： A", "Đọc:\nhai dòng.", [("x", "Bác"), ("", "Chú")]),
        ("C. Mác là ai?\nA. A. Smith\nB. B\nANSWER: B", "C. Mác là ai?", [("", "A. Smith"), ("x", "B")]),
    ],
)
def test_a_question_is_a_text_options_and_an_answer(text, asked, rows):
    found = read(text)
    assert found.faults == ()
    (parsed,) = found.questions
    assert (parsed.question.text, list(kind_of("single").rows(parsed.question))) == (asked, rows)


def test_a_question_with_two_answers_is_not_taken():
    found = read("Ai?\nA. Bác\nB. Chú\nANSWER: A\nANSWER: B\n\nGì?\nA. Bút\nB. Mực\nANSWER: A")
    assert [parsed.question.text for parsed in found.good] == ["Gì?"]
    assert ("dòng 5", "key_several", 1) in {(fault.cell, fault.code, fault.row) for fault in found.faults}


def test_questions_follow_each_other_with_or_without_an_empty_line():
    found = read("A?\nA. 1\nB. 2\nANSWER: A\nB?\nA. 1\nB. 2\nANSWER: B\n\nC?\nA. 1\nB. 2\nANSWER: A")
    assert [(each.row, each.question.text) for each in found.questions] == [(1, "A?"), (5, "B?"), (10, "C?")]
    assert {guess.code: guess.values["count"] for guess in found.guesses} == dict.fromkeys(
        ("code_made", "topic_made", "difficulty_made", "source_made"), 3
    )


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("", "", "no_questions"),
        ("Ai?\nA. 1\nB. 2", "dòng 1", "aiken_answer"),
        ("Ai?\nA. 1\nB. 2\n\nGì?\nA. 1\nB. 2\nANSWER: A", "dòng 1", "aiken_answer"),
        ("Ai?\nA. 1\nB. 2\nANSWER:", "dòng 1", "aiken_answer"),
        ("Ai?\nA. 1\nB. 2\nANSWER: C", "dòng 1", "key_unknown"),
        ("Ai?\nA. 1\nB. 2\nANSWER: A, B", "dòng 1", "key_several"),
        ("Con gì?\nA. Cá\nB. Bò\nC. Gà\nANSWER: Cá", "dòng 1", "aiken_answer"),
        ("Con gì?\nA. Bò\nB. Gà\nANSWER: A hoặc B", "dòng 1", "aiken_answer"),
        ("Con gì?\nA. Bò\nB. Gà\nANSWER: B. Gà", "dòng 1", "aiken_answer"),
        ("Ai?\nA. 1\nC. 2\nANSWER: A", "dòng 3", "aiken_option"),
        ("Ai?\nA. 1\nhai dòng\nB. 2\nANSWER: A", "dòng 3", "aiken_option"),
        ("Ai?\nA. 1\nANSWER: A", "dòng 1", "options_few"),
        ("Ai?\nANSWER: A", "dòng 1", "options_few"),
        ("Chỉ là một đoạn văn.", "dòng 1", "aiken_answer"),
        ("Ai?\nA. 1\nB. 1\nANSWER: A", "dòng 1", "option_repeated"),
        ("Ai?\n" + "".join(f"{each}. {each}\n" for each in "ABCDEFGHIJK") + "ANSWER: A", "dòng 1", "options_many"),
        ("a\n" * 9000 + "A. 1\nB. 2\nANSWER: A", "dòng 1", "too_long"),
        ("Ai?\nA. 1\nB. 2\nANSWER: A\n" * 5001, "", "too_many_questions"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, place, code):
    faults = read(text).faults
    assert (place, code) in [(fault.cell, fault.code) for fault in faults]
    assert all(fault.sentence() and fault.sentence("en") for fault in faults)


def test_what_is_written_looks_as_moodle_wants_it():
    asked = question(text="Hai\ndòng?", options=options("một", "hai"), key="b")
    assert exported(asked).decode() == "Hai dòng?\nA. một\nB. hai\nANSWER: B\n\n"


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_any_question_that_is_written_reads_back_equal(text, one, other):
    asked = question(text=text, options=options(one, other), key="b")
    if problems_in(asked) or losses(asked) == ("lost_form",):
        return
    (parsed,) = read_questions(exported(asked)).questions
    assert parsed.question.text == clean(text)
    assert [option.text for option in parsed.question.options] == [clean(one), clean(other)]
    assert parsed.question.key == "b"


@pytest.mark.parametrize("kind", [kind.code for kind in kinds() if kind.code != "single"])
def test_other_kinds_are_left_out_and_listed(kind):
    asked = kind_of(kind).example
    assert (exported(asked), losses(asked)) == (b"", ("lost_kind",))


@pytest.mark.parametrize("text", ["A. Einstein là ai?", "B) gì?", "Answer: là gì?", "ĐÁP ÁN: A"])
def test_a_text_that_looks_like_another_line_is_left_out(text):
    asked = question(text=text)
    assert (exported(asked), losses(asked)) == (b"", ("lost_form",))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"explanation": "Vì thế"}, "lost_explanation"),
        ({"points": 500}, "lost_points"),
        ({"lock_order": True}, "lost_order"),
        ({"tags": ("một",)}, "lost_tags"),
        ({"text": "Hai\ndòng?"}, "lost_lines"),
        ({"text": f"![h](media:{'a' * 64})"}, "lost_media"),
    ],
)
def test_what_aiken_cannot_hold_is_listed(changes, code):
    always = {"lost_code", "lost_topic", "lost_difficulty", "lost_source"}
    asked = question(**changes)
    assert set(losses(asked)) == always | ({code} if code else set())
    assert {fault.code for fault in AIKEN.lost(Bank((("Q", asked),)))} == set(losses(asked))
