from typing import Any

import pytest

from contest.quiz.domain.marking import read_paper
from contest.quiz.domain.paper import reviewed_paper, shown_paper
from tests.quiz.world import question

QUESTIONS = {11: question(1), 22: question(2, "multiple"), 33: question(3, "true_false")}
PAPER = read_paper([[11, [3, 2, 1, 0]], [22, [1, 0, 2, 3]], [33, []]])


def test_options_stand_in_the_drawn_order_under_letters_of_this_paper() -> None:
    [single, *_] = shown_paper(PAPER, QUESTIONS, {"1": "b"})
    (control,) = single.controls
    assert [(choice.value, choice.text) for choice in control.choices] == [
        ("a", "Phương án d của câu 1"),
        ("b", "Phương án c của câu 1"),
        ("c", "Phương án b của câu 1"),
        ("d", "Phương án a của câu 1"),
    ]
    assert single.values == (("b",),)


def test_what_is_shown_before_the_keys_are_released_holds_none_of_them() -> None:
    for shown, stored in zip(shown_paper(PAPER, QUESTIONS, {}), QUESTIONS.values(), strict=True):
        assert stored.explanation not in repr(shown)
        assert stored.source not in repr(shown)
        assert not {"key", "right", "is_right"} & set(shown.__slots__)


@pytest.mark.parametrize(
    ("responses", "answered"),
    [
        ({"1": "a", "2": ["a", "b"], "3": False}, [True, True, True]),
        ({}, [False, False, False]),
        ({"1": None, "2": [], "3": None}, [False, False, False]),
        ({"1": "e", "2": ["a", "z"], "3": "true"}, [False, False, False]),
        ({"1": ["a"], "2": "a", "3": 1}, [False, False, False]),
    ],
)
def test_answered_is_what_marking_will_see(responses: dict[str, Any], answered: list[bool]) -> None:
    assert [shown.is_answered for shown in shown_paper(PAPER, QUESTIONS, responses)] == answered


def test_a_review_tells_what_was_right_in_the_letters_of_this_paper_and_why() -> None:
    marks = [[11, "c", 1000, True], [22, ["a"], 0, False], [33, None, 0, False]]
    single, multiple, true_false = reviewed_paper(PAPER, QUESTIONS, marks, {})
    assert (single.right, single.is_right, single.question.explanation) == ((("c",),), True, "Giải thích bí mật 1.")
    assert (multiple.right, multiple.is_right, multiple.question.source) == ((("b", "c"),), False, "Nguồn 2")
    assert (true_false.right, true_false.shown.is_answered) == ((("true",),), False)
    assert multiple.shown.values == (("a",),)
