from typing import Any

import pytest

from contest.quiz.domain.answers import Given
from contest.quiz.domain.marking import mark_paper, read_paper
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
    marks = mark_paper(PAPER, QUESTIONS, given(answers))
    assert [slot.is_right for slot in marks.slots] == right
    assert (marks.right_count, marks.points) == (sum(right), 1000 * sum(right))
    assert [slot.revision_id for slot in marks.slots] == [11, 22, 33]


@pytest.mark.parametrize("response", ["e", "", "B", ["c"], True, 1])
def test_what_no_paper_could_have_sent_is_unanswered(response: object) -> None:
    [first, *_] = mark_paper(PAPER, QUESTIONS, given({"1": response})).slots
    assert (first.response, first.points, first.is_right) == (None, 0, False)
