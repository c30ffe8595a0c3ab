"""What holds for every kind with parts, whatever its parts are."""

from dataclasses import replace
from itertools import permutations

import pytest

from question_bank.controls import response_of, values_of
from question_bank.kinds import InvalidResponse, Mark, kind_of
from question_bank.question import from_content, to_content
from question_bank.validation import problems_in
from tests.question_bank.builders import question

CODES = ("statements", "matching", "ordering", "gap_fill")


def orders(asked):
    return list(permutations(range(len(kind_of(asked.kind).option_ids(asked)))))


@pytest.mark.parametrize("code", CODES)
def test_the_question_of_these_tests_is_a_good_one(code):
    assert problems_in(question(code)) == []


@pytest.mark.parametrize("code", CODES)
def test_the_model_response_earns_everything_on_every_paper_and_comes_back_from_it(code):
    asked, kind = question(code), kind_of(code)
    model = kind.model_response(asked)
    for order in orders(asked):
        on_paper = kind.to_paper(asked, order, model)
        assert kind.from_paper(asked, order, on_paper) == model
        assert all(kind.right_parts(asked, order, model))
        shown = values_of(kind.reply, on_paper, len(kind.controls(asked, order)))
        assert response_of(kind.reply, shown) == on_paper, "as a form without a script sends it"
    assert kind.mark(asked, model) == Mark(1000, is_right=True)


@pytest.mark.parametrize("code", CODES)
def test_what_is_half_answered_keeps_its_places_on_every_paper(code):
    asked, kind = question(code), kind_of(code)
    half = (kind.model_response(asked)[0], *[None] * (len(kind.model_response(asked)) - 1))
    for order in orders(asked):
        assert kind.from_paper(asked, order, kind.to_paper(asked, order, half)) == half
        assert sum(kind.right_parts(asked, order, half)) == 1
    assert kind.remark(asked, half).vi == "còn phần chưa trả lời"
    assert kind.remark(asked, kind.model_response(asked)) is None


@pytest.mark.parametrize("code", CODES)
def test_the_table_of_answers_says_everything(code):
    asked, kind = question(code), kind_of(code)
    empty = replace(asked, options=(), items=(), key=None)
    written = kind.with_rows(empty, kind.rows(asked))
    assert kind.rows(written) == kind.rows(asked)
    assert problems_in(written) == []
    assert all(len(row) == len(kind.table.columns) for row in kind.rows(asked))


@pytest.mark.parametrize("code", CODES)
def test_the_json_of_a_question_says_everything(code):
    assert from_content(to_content(question(code))) == question(code)


@pytest.mark.parametrize("code", CODES)
def test_no_part_answered_is_unanswered(code):
    asked, kind = question(code), kind_of(code)
    order = orders(asked)[0]
    count = len(kind.controls(asked, order))
    assert kind.from_paper(asked, order, [None] * count) is None
    assert kind.from_paper(asked, order, None) is None
    assert kind.mark(asked, None) == Mark(0, is_right=False)
    assert not any(kind.right_parts(asked, order, None))
    for raw in ([None] * (count - 1), [None] * (count + 1), "a", True, {"a": 1}):
        with pytest.raises(InvalidResponse):
            kind.from_paper(asked, order, raw)


@pytest.mark.parametrize("code", CODES)
def test_a_question_without_answers_yet_can_be_shown_and_is_told_what_lacks(code):
    asked, kind = replace(question(code), options=(), items=(), key=None), kind_of(code)
    assert kind.controls(asked, ()) == ()
    assert kind.rows(asked) == ()
    assert problems_in(asked) != []


@pytest.mark.parametrize(
    ("hits", "scoring", "points"),
    [(0, "parts", 0), (1, "parts", 333), (2, "parts", 667), (3, "parts", 1001), (2, "all", 0), (3, "all", 1001)],
)
def test_equal_parts_are_rounded_down_and_all_right_earns_all(hits, scoring, points):
    asked = question("matching", points=1001, settings=(("scoring", scoring),) if scoring != "all" else ())
    wrong = ("a", "b", "b")
    response = (*asked.key[:hits], *wrong[hits:])
    assert kind_of("matching").mark(asked, response) == Mark(points, is_right=hits == 3)
