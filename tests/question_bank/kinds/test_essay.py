import unicodedata

import pytest

from question_bank.kinds import InvalidResponse
from question_bank.kinds.essay import MOST_CHARACTERS, MOST_WORDS, Essay
from question_bank.kinds.kind import NOTHING
from question_bank.question import Option
from question_bank.text import count_words
from question_bank.validation import problems_in
from tests.question_bank.builders import question

KIND = Essay()
LONG = " ".join(["nghiêng"] * MOST_WORDS)


def essay(**changes):
    return question("essay", **{"key": None, "options": (), **changes})


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (None, None),
        ("", None),
        (" \r\n\t ", None),
        ("Một đoạn.\r\nHai đoạn.", "Một đoạn.\nHai đoạn."),
        (unicodedata.normalize("NFD", "Quốc ngữ"), "Quốc ngữ"),
        ("dán từ\x0bWord\x00", "dán từ Word"),
        ("a" * MOST_CHARACTERS, "a" * MOST_CHARACTERS),
        (unicodedata.normalize("NFD", LONG), LONG),
    ],
)
def test_a_text_is_read_as_it_is_kept(raw, read):
    assert KIND.from_paper(essay(), (), raw) == read
    assert KIND.from_paper(essay(), (), KIND.to_paper(essay(), (), read)) == read


@pytest.mark.parametrize(
    ("raw", "code"),
    [(True, "wrong_type"), (["a"], "wrong_type"), (7, "wrong_type"), ("a" * (MOST_CHARACTERS + 1), "too_long")],
)
def test_rubbish_is_refused(raw, code):
    with pytest.raises(InvalidResponse) as raised:
        KIND.from_paper(essay(), (), raw)
    assert raised.value.code == code


def test_no_machine_marks_it():
    assert (KIND.is_marked, KIND.is_judged) == (False, True)
    assert KIND.model_response(essay()) is None
    assert KIND.mark(essay(), "Một bài rất hay.") == KIND.mark(essay(), None) == NOTHING


@pytest.mark.parametrize(
    ("settings", "label"),
    [
        ((), "Bài viết của bạn"),
        ((("least_words", 300),), "Bài viết của bạn, ít nhất 300 chữ"),
        ((("most_words", 500),), "Bài viết của bạn, nhiều nhất 500 chữ"),
        ((("least_words", 300), ("most_words", 500)), "Bài viết của bạn, từ 300 đến 500 chữ"),
    ],
)
def test_its_label_says_how_long_it_should_be(settings, label):
    [control] = KIND.controls(essay(settings=settings), ())
    assert (control.label.vi, control.length) == (label, MOST_CHARACTERS)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"settings": (("least_words", 300), ("most_words", 300))}, []),
        ({"settings": (("least_words", 301), ("most_words", 300))}, ["words_crossed"]),
        ({"settings": (("least_words", MOST_WORDS),)}, []),
        ({"settings": (("least_words", MOST_WORDS + 1),)}, ["setting_wrong"]),
        ({"settings": (("guide", "Nêu đủ ba ý." * 300),)}, []),
        ({"settings": (("guide", "a" * 4001),)}, ["setting_wrong"]),
        ({"key": "b"}, ["essay_key"]),
        ({"options": (Option("a", "Một"),)}, ["essay_key"]),
    ],
)
def test_what_is_wrong_with_one(changes, codes):
    assert [problem.code for problem in problems_in(essay(**changes))] == codes


def test_the_guide_is_the_key_of_the_committee_and_on_no_paper():
    asked = essay(settings=(("guide", "Nêu đủ ba ý."),))
    assert KIND.key_words(asked, "vi") == "Nêu đủ ba ý."
    assert "ba ý" not in repr(KIND.controls(asked, ()))


@pytest.mark.parametrize(("text", "words"), [("", 0), ("chuyển đổi số", 3), (" một\n\nhai ", 2), ("từ - đến", 3)])
def test_words_are_what_stands_between_white_space(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("settings", "words", "told"),
    [
        ((("least_words", 10),), 9, "bài có 9 chữ, cần ít nhất 10 chữ"),
        ((("least_words", 10), ("most_words", 12)), 10, None),
        ((("least_words", 10), ("most_words", 12)), 12, None),
        ((("most_words", 12),), 13, "bài có 13 chữ, nhiều nhất 12 chữ"),
        ((), 1, None),
    ],
)
def test_who_wrote_less_or_more_than_asked_is_told_before_handing_in(settings, words, told):
    remark = KIND.remark(essay(settings=settings), " ".join(["chữ"] * words))
    assert (remark and remark.vi) == told
    assert KIND.remark(essay(settings=settings), None) is None
