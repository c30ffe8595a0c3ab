import pytest

from question_bank.kinds import InvalidResponse, Mark
from question_bank.kinds.true_false import TrueFalse
from tests.question_bank.builders import options, question

KIND = TrueFalse()


@pytest.mark.parametrize(
    ("key", "response", "is_right"),
    [(True, True, True), (False, False, True), (True, False, False), (False, True, False), (False, None, False)],
)
def test_marks_all_or_nothing(key, response, is_right):
    asked = question("true_false", key=key)
    mark = KIND.mark(asked, KIND.from_paper(asked, (), response))
    assert mark == Mark(1000 if is_right else 0, is_right)


@pytest.mark.parametrize("raw", ["true", 1, 0, [], ["a"], "a"])
def test_rubbish_is_refused(raw):
    with pytest.raises(InvalidResponse) as raised:
        KIND.from_paper(question("true_false"), (), raw)
    assert raised.value.code == "wrong_type"


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"key": False}, []),
        ({"key": None}, ["key_missing"]),
        ({"key": "Đúng"}, ["key_not_true_false"]),
        ({"key": 1}, ["key_not_true_false"]),
        ({"options": options("Đúng", "Sai")}, ["options_unwanted"]),
    ],
)
def test_the_key_is_true_or_false_without_options(changes, codes):
    problems = KIND.problems(question("true_false", **changes))
    assert [problem.code for problem in problems] == codes
