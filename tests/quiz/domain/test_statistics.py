from datetime import timedelta

import pytest

from contest.quiz.domain.policy import MAX_TOLERANCE_SECONDS
from contest.quiz.domain.rulings import Answer as Right
from contest.quiz.domain.rulings import Ruling, RulingAct
from contest.quiz.domain.statistics import Counted, answers_counted, closed_before, questions_counted
from question_bank.statistics import Answer
from tests.factories import NOW
from tests.question_bank.builders import question

ASKED = {1: question(key="b"), 2: question("essay"), 3: question("prediction")}


def test_a_round_takes_answers_until_the_longest_tolerance_is_over() -> None:
    assert closed_before(NOW) == NOW - timedelta(seconds=MAX_TOLERANCE_SECONDS)


def test_what_a_machine_marks_counts() -> None:
    assert questions_counted(ASKED, {}) == Counted({1: ASKED[1]}, {1: []})


@pytest.mark.parametrize(
    ("ruling", "expected"),
    [
        (Ruling(RulingAct.KEY, (Right("c", ()),)), Counted({1: question(key="c")}, {1: []})),
        (
            Ruling(RulingAct.ALSO, (Right("b", ()), Right("c", ()))),
            Counted({1: question(key="b")}, {1: [question(key="c")]}),
        ),
        (Ruling(RulingAct.FULL, (Right("b", ()),)), Counted()),
        (Ruling(RulingAct.NOBODY, (Right("b", ()),)), Counted()),
    ],
)
def test_a_ruling_says_by_which_key_and_a_void_question_says_nothing(ruling: Ruling, expected: Counted) -> None:
    assert questions_counted(ASKED, {1: ruling}) == expected


def test_answers_come_by_option_ids_with_the_points_of_their_places() -> None:
    paper = [[1, [1, 0, 2], None, 500], [2, []], [4, [0, 1, 2]]]
    marks = [[1, "a", 500, True], [2, "…", 0, False], [4, "c", 0, False]]
    assert answers_counted(paper, marks, {1: question()}) == [Answer(1, "b", 500, 500)]


def test_what_no_paper_could_have_sent_is_no_answer() -> None:
    assert answers_counted([[1, [0, 1, 2]]], [[1, "z", 0, False]], {1: question()}) == [Answer(1, None, 0, 1000)]
