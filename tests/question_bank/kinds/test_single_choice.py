import pytest

from question_bank.kinds import InvalidResponse, Mark, kind_of
from question_bank.kinds.single_choice import SingleChoice
from tests.question_bank.builders import question

KIND = SingleChoice()
ABC = (0, 1, 2)


def test_is_known_by_its_code():
    assert isinstance(kind_of("single"), SingleChoice)
    assert KIND.option_ids(question()) == ("a", "b", "c")


@pytest.mark.parametrize(
    ("response", "mark"),
    [("b", Mark(1500, is_right=True)), ("a", Mark(0, is_right=False)), (None, Mark(0, is_right=False))],
)
def test_marks_all_or_nothing(response, mark):
    asked = question(points=1500)
    assert KIND.mark(asked, KIND.from_paper(asked, ABC, response)) == mark


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("d", "unknown_option"),
        ("B", "unknown_option"),
        ("", "unknown_option"),
        (["b"], "wrong_type"),
        (True, "wrong_type"),
        (1, "wrong_type"),
        ({"b": 1}, "wrong_type"),
    ],
)
def test_rubbish_is_refused(raw, code):
    with pytest.raises(InvalidResponse) as raised:
        KIND.from_paper(question(), ABC, raw)
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("key", "codes"),
    [
        ("b", []),
        ("", ["key_missing"]),
        (None, ["key_missing"]),
        ((), ["key_missing"]),
        (("a", "b"), ["key_several"]),
        (("b",), ["key_not_options"]),
        (True, ["key_not_options"]),
        ("d", ["key_unknown"]),
    ],
)
def test_the_key_is_exactly_one_option(key, codes):
    assert [problem.code for problem in KIND.problems(question(key=key))] == codes
