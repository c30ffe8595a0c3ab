import pytest

from question_bank.kinds import InvalidResponse, Mark
from question_bank.kinds.multiple_choice import MultipleChoice
from tests.question_bank.builders import question

KIND = MultipleChoice()
ABC = (0, 1, 2)


@pytest.mark.parametrize(
    ("response", "is_right"),
    [
        (["a", "c"], True),
        (["c", "a"], True),
        (["a"], False),
        (["a", "b", "c"], False),
        (["b"], False),
        ([], False),
        (None, False),
    ],
)
def test_marks_all_or_nothing(response, is_right):
    asked = question("multiple")
    mark = KIND.mark(asked, KIND.from_paper(asked, ABC, response))
    assert mark == Mark(1000 if is_right else 0, is_right)


def test_a_response_is_kept_in_the_order_of_the_question():
    assert KIND.from_paper(question("multiple"), ABC, ["c", "a"]) == ("a", "c")


def test_nothing_ticked_is_unanswered():
    assert KIND.from_paper(question("multiple"), ABC, []) is None


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (["a", "d"], "unknown_option"),
        (["a", "a"], "repeated_option"),
        ("a", "wrong_type"),
        (["a", 1], "wrong_type"),
        ([["a"]], "wrong_type"),
        (True, "wrong_type"),
        ({"a": True}, "wrong_type"),
    ],
)
def test_rubbish_is_refused(raw, code):
    with pytest.raises(InvalidResponse) as raised:
        KIND.from_paper(question("multiple"), ABC, raw)
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("key", "codes"),
    [
        (("a", "c"), []),
        (("a",), []),
        ((), ["key_missing"]),
        (None, ["key_missing"]),
        ("a", ["key_not_options"]),
        (("a", "a"), ["key_repeated"]),
        (("a", "d"), ["key_unknown"]),
    ],
)
def test_the_key_is_one_or_more_options(key, codes):
    assert [problem.code for problem in KIND.problems(question("multiple", key=key))] == codes


@pytest.mark.parametrize(
    ("scoring", "response", "points"),
    [
        ("partial", ["a"], 500),
        ("partial", ["a", "b"], 500),
        ("partial", ["b"], 0),
        ("partial", ["a", "b", "c"], 0),  # ticking everything earns nothing
        ("partial", ["a", "c"], 1001),
        ("penalty", ["a"], 500),
        ("penalty", ["a", "b"], 0),
        ("penalty", ["b"], 0),  # never below zero
        ("penalty", ["a", "b", "c"], 500),
        ("penalty", ["a", "c"], 1001),
        ("penalty", None, 0),
    ],
)
def test_a_part_of_the_points_where_that_is_decided(scoring, response, points):
    asked = question("multiple", points=1001, settings=(("scoring", scoring),))
    mark = KIND.mark(asked, KIND.from_paper(asked, ABC, response))
    assert mark == Mark(points, is_right=points == 1001)
