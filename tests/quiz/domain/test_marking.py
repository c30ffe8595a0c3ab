from typing import Any

import pytest

from contest.quiz.domain.answers import Given
from contest.quiz.domain.marking import mark_paper, most_points, read_paper
from contest.quiz.domain.rulings import Ruling, RulingAct
from question_bank.kinds import kind_of
from question_bank.question import Question
from tests.factories import NOW
from tests.quiz.world import question

# Single: b is right. Multiple: a and c are right. Each paper shows the options the other way round, as d c b a.
QUESTIONS = {11: question(1), 22: question(2, "multiple"), 33: question(3, "true_false")}
PAPER = read_paper([[11, [3, 2, 1, 0]], [22, [3, 2, 1, 0]], [33, []]])


def given(answers: dict[str, Any]) -> dict[str, Given]:
    return {slot: Given(response, NOW) for slot, response in answers.items()}


@pytest.mark.parametrize(
    ("answers", "right"),
    [
        ({"1": "c", "2": ["b", "d"], "3": True}, [True, True, True]),
        ({"1": "b", "2": ["a", "c"], "3": False}, [False, False, False]),
        ({"2": ["b"]}, [False, False, False]),
        ({"2": ["b", "c", "d"]}, [False, False, False]),
        ({"2": ["d", "b"]}, [False, True, False]),
        ({}, [False, False, False]),
        ({"4": "c", "p": "12"}, [False, False, False]),
    ],
)
def test_a_slot_is_right_when_all_of_it_is_right_in_the_letters_of_this_paper(
    answers: dict[str, Any], right: list[bool]
) -> None:
    marks = mark_paper(PAPER, QUESTIONS, given(answers), {})
    assert [slot.is_right for slot in marks.slots] == right
    assert (marks.right_count, marks.points) == (sum(right), 1000 * sum(right))
    assert [slot.revision_id for slot in marks.slots] == [11, 22, 33]


@pytest.mark.parametrize("response", ["e", "", "B", ["c"], True, 1])
def test_what_no_paper_could_have_sent_is_unanswered(response: object) -> None:
    [first, *_] = mark_paper(PAPER, QUESTIONS, given({"1": response}), {}).slots
    assert (first.response, first.points, first.is_right) == (None, 0, False)


def example(kind: str) -> Question:
    asked = kind_of(kind).example
    assert asked is not None
    return asked


def test_what_no_machine_marks_counts_neither_as_right_nor_as_wrong() -> None:
    essay, prediction, number = (example(code) for code in ("essay", "prediction", "number"))
    paper = read_paper([[1, []], [2, []], [3, []]])
    marks = mark_paper(
        paper, {1: essay, 2: prediction, 3: number}, given({"1": "Một bài.", "2": "12", "3": "31,4"}), {}
    )
    assert (marks.question_count, marks.right_count, marks.points) == (1, 1, 1000)


@pytest.mark.parametrize(
    ("typed", "points"), [("sông KỲ CÙNG.", 1000), ("Song Ky Cung", 0), ("x" * 201, 0), (["Kỳ Cùng"], 0)]
)
def test_what_is_typed_is_marked_by_the_kind_of_its_question(typed: object, points: int) -> None:
    marks = mark_paper(read_paper([[1, []]]), {1: example("short_text")}, given({"1": typed}), {})
    assert (marks.question_count, marks.points) == (1, points)


@pytest.mark.parametrize(
    ("rulings", "most"),
    [
        ({}, 3500),
        ({11: Ruling(RulingAct.FULL, ())}, 3500),
        ({11: Ruling(RulingAct.NOBODY, ())}, 1500),
    ],
)
def test_the_most_that_a_paper_brings_is_what_still_counts_on_it(rulings: dict[int, Ruling], most: int) -> None:
    paper = read_paper([[11, [3, 2, 1, 0], 0, 2000], [22, [3, 2, 1, 0], 0, 500], [33, []], [44, [], 1, 5000]])
    assert most_points(paper, {**QUESTIONS, 44: example("essay")}, rulings) == most
