import json
from itertools import permutations

import pytest

from question_bank.kinds import InvalidResponse
from question_bank.paper import controls_shown, from_paper, right_values, to_paper
from tests.question_bank.builders import question

ORDER = (2, 0, 1)


def test_letters_follow_the_order_drawn():
    (control,) = controls_shown(question(), ORDER)
    assert [(choice.value, choice.text) for choice in control.choices] == [
        ("a", "Đà Nẵng"),
        ("b", "Huế"),
        ("c", "Hà Nội"),
    ]


@pytest.mark.parametrize(
    ("kind", "order", "on_paper", "stored"),
    [
        ("single", ORDER, "c", "b"),
        ("single", ORDER, None, None),
        ("multiple", ORDER, ["a", "b"], ("a", "c")),
        ("multiple", ORDER, None, None),
        ("true_false", (), False, False),
        ("true_false", (), None, None),
    ],
)
def test_a_response_goes_there_and_back(kind, order, on_paper, stored):
    asked = question(kind)
    assert from_paper(asked, order, on_paper) == stored
    assert json.loads(json.dumps(to_paper(asked, order, stored))) == on_paper


def test_every_order_gives_back_the_same_option():
    asked = question()
    for order in permutations(range(3)):
        assert from_paper(asked, order, to_paper(asked, order, "b")) == "b"


@pytest.mark.parametrize(
    ("kind", "order", "raw", "code"),
    [
        ("single", ORDER, "d", "unknown_option"),
        ("single", ORDER, ["a"], "wrong_type"),
        ("single", ORDER, True, "wrong_type"),
        ("multiple", ORDER, ["a", "a"], "repeated_option"),
        ("multiple", ORDER, ["a", "z"], "unknown_option"),
        ("multiple", ORDER, "a", "wrong_type"),
        ("true_false", (), "a", "wrong_type"),
    ],
)
def test_rubbish_is_refused(kind, order, raw, code):
    with pytest.raises(InvalidResponse) as raised:
        from_paper(question(kind), order, raw)
    assert raised.value.code == code


@pytest.mark.parametrize("order", [(0, 1), (0, 1, 1), (0, 1, 3), (0, 1, 2, 3)])
def test_an_order_of_other_options_is_refused(order):
    with pytest.raises(ValueError, match="no order of 3 options"):
        from_paper(question(), order, "a")


@pytest.mark.parametrize(
    ("kind", "order", "right"),
    [("single", ORDER, (("c",),)), ("multiple", ORDER, (("a", "b"),)), ("true_false", (), (("true",),))],
)
def test_what_is_right_is_shown_in_the_letters_of_the_paper(kind, order, right):
    assert right_values(question(kind), order) == right
