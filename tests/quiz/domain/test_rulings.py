"""What a ruling gives for each kind of question."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.quiz.domain.answers import Given
from contest.quiz.domain.marking import mark_paper, read_paper
from contest.quiz.domain.rulings import (
    Answer,
    Ruling,
    RulingAct,
    Rulings,
    answer_of,
    read_answers,
    ruled,
    stored_answers,
)
from question_bank.kinds import kind_of, kinds
from question_bank.paper import to_paper
from question_bank.question import Question, Value
from tests.factories import NOW


def example(kind: str) -> Question:
    asked = kind_of(kind).example
    assert asked is not None
    return asked


OTHERS: dict[str, Value] = {
    "single": "c",
    "multiple": ("a", "b"),
    "true_false": False,
    "statements": (False, True, True, False),
    "short_text": "Sông Thương",
    "number": "30",
    "gap_fill": ("Huế", "Mã"),
    "matching": ("c", "a"),
    "ordering": ("2", "1", "3"),
}
"""For the example of each kind that a machine marks, an answer that is not right by its own key."""


def marked(question: Question, response: Value, ruling: Ruling | None) -> tuple[int, int, int, bool]:
    """Points, right answers, questions that count and whether the slot is right."""
    order = list(range(len(kind_of(question.kind).option_ids(question))))
    answers = {} if response is None else {"1": Given(to_paper(question, order, response), NOW)}
    marks = mark_paper(read_paper([[7, order]]), {7: question}, answers, {7: ruling} if ruling else {})
    return marks.points, marks.right_count, marks.question_count, marks.slots[0].is_right


def rule(question: Question, act: RulingAct, response: Value = None, standing: Ruling | None = None) -> Ruling:
    kind = kind_of(question.kind)
    key = answer_of(kind.answered_by(question, response)) if response is not None else None
    return ruled(act, question, standing, key, 1, "")


def test_every_kind_that_a_machine_marks_is_tried() -> None:
    assert set(OTHERS) == {kind.code for kind in kinds() if kind.is_marked and kind.is_drawn}


@pytest.mark.parametrize("code", OTHERS)
def test_another_key_takes_the_place_of_the_first(code: str) -> None:
    question, kind = example(code), kind_of(code)
    ruling = rule(question, RulingAct.KEY, OTHERS[code])
    assert kind.problems(ruling.questions(question)[0]) == []
    assert marked(question, OTHERS[code], None)[3] is False
    assert marked(question, OTHERS[code], ruling) == (question.points, 1, 1, True)
    assert marked(question, kind.model_response(question), ruling)[3] is False
    assert marked(question, None, ruling) == (0, 0, 1, False)


@pytest.mark.parametrize("code", OTHERS)
def test_a_further_answer_is_as_right_as_the_first(code: str) -> None:
    question, kind = example(code), kind_of(code)
    ruling = rule(question, RulingAct.ALSO, OTHERS[code])
    for response in (OTHERS[code], kind.model_response(question)):
        assert marked(question, response, ruling) == (question.points, 1, 1, True)
    assert marked(question, None, ruling) == (0, 0, 1, False)


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("is_answered", [True, False])
def test_a_void_question_is_the_same_for_everybody(code: str, is_answered: bool) -> None:
    question = example(code)
    response = OTHERS[code] if is_answered else None
    assert marked(question, response, rule(question, RulingAct.FULL)) == (question.points, 1, 1, True)
    assert marked(question, response, rule(question, RulingAct.NOBODY)) == (0, 0, 0, False)


@pytest.mark.parametrize("code", OTHERS)
def test_undoing_gives_the_questions_own_key_back(code: str) -> None:
    question = example(code)
    corrected = rule(question, RulingAct.KEY, OTHERS[code])
    undone = rule(question, RulingAct.RESTORE, standing=corrected)
    for response in (OTHERS[code], kind_of(code).model_response(question), None):
        assert marked(question, response, undone) == marked(question, response, None)


@pytest.mark.parametrize("code", OTHERS)
def test_answers_are_stored_and_read_without_loss(code: str) -> None:
    answers = rule(example(code), RulingAct.ALSO, OTHERS[code]).answers
    assert read_answers(stored_answers(answers)) == answers


@pytest.mark.parametrize(
    ("response", "points"), [(("a", "c"), 1000), (("a",), 500), (("a", "b"), 1000), (("b",), 500), (("c", "b"), 500)]
)
def test_parts_count_by_whichever_answer_is_nearer(response: tuple[str, ...], points: int) -> None:
    question = kind_of("multiple").with_settings(example("multiple"), {"scoring": "partial"})
    assert marked(question, response, rule(question, RulingAct.ALSO, ("a", "b")))[0] == points


def test_an_answer_may_bring_another_tolerance() -> None:
    question = example("number")
    wide = Answer(question.key, (("tolerance", "5"), ("unit", "m")))
    ruling = ruled(RulingAct.KEY, question, None, wide, 1, "")
    assert [marked(question, typed, ruling)[3] for typed in ("26,4", "26,39", "36,4", "36,41")] == [
        True,
        False,
        True,
        False,
    ]


def test_the_newest_ruling_about_a_question_says_everything() -> None:
    question = example("single")
    first = rule(question, RulingAct.KEY, "c")
    both = rule(question, RulingAct.ALSO, "a", standing=first)
    assert [answer.key for answer in both.answers] == ["c", "a"]
    void = rule(question, RulingAct.NOBODY, standing=both)
    assert [answer.key for answer in rule(question, RulingAct.ALSO, "d", standing=void).answers] == ["c", "a", "d"]
    rulings = Rulings().with_ruling(7, first).with_ruling(7, void)
    assert rulings.by_revision == {7: void}


ACTS = st.sampled_from(list(RulingAct))
LETTERS = st.sampled_from("abcd")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(ACTS, LETTERS), max_size=6), st.one_of(st.none(), LETTERS))
def test_any_row_of_rulings_marks_within_bounds_and_ends_as_it_began_when_undone(
    acts: list[tuple[RulingAct, Any]], response: str | None
) -> None:
    question, standing = example("single"), None
    for act, letter in acts:
        standing = rule(question, act, letter, standing)
        points, right, counted, is_right = marked(question, response, standing)
        assert points == question.points * right
        assert (right == 1) == is_right
        assert counted == (act is not RulingAct.NOBODY)
    undone = rule(question, RulingAct.RESTORE, standing=standing)
    assert marked(question, response, undone) == marked(question, response, None)
