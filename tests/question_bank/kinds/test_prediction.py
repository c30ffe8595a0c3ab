import pytest

from question_bank.kinds import InvalidResponse, Mark
from question_bank.kinds.prediction import Prediction, prediction_remark, read_prediction
from question_bank.paper import from_paper, right_values, to_paper
from tests.question_bank.builders import options, question

KIND = Prediction()
WHOLE = question("prediction", options=(), key=None)
PERCENT = question("prediction", options=(), key=None, settings=(("unit", "percent"),))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1250", 1250),
        ("1.250", 1250),
        ("1,250", 1250),
        (" 1 250 ", 1250),
        ("0", 0),
        ("1000000000", 1_000_000_000),
        ("1000000001", None),
        ("1.25", None),
        ("12.50", None),
        ("-1", None),
        ("", None),
        (None, None),
        ("nhiều", None),
        ("٣", None),
    ],
)
def test_a_number_of_people(raw, expected):
    assert read_prediction(raw, is_percent=False) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("87,65432", 8_765_432),
        ("87.65432 %", 8_765_432),
        ("100", 10_000_000),
        ("100,00001", None),
        ("0,00001", 1),
        ("87,654321", None),
        ("87,", None),
        (",5", None),
    ],
)
def test_a_percentage_with_five_decimals(raw, expected):
    assert read_prediction(raw, is_percent=True) == expected


@pytest.mark.parametrize(
    ("asked", "typed"), [(WHOLE, "1.250"), (WHOLE, "0"), (PERCENT, "87,5"), (PERCENT, "87.5 %"), (PERCENT, None)]
)
def test_nobody_marks_it(asked, typed):
    response = from_paper(asked, (), typed)
    assert to_paper(asked, (), response) == typed
    assert KIND.mark(asked, response) == Mark(0, is_right=False)
    assert right_values(asked, ()) == ((),)
    assert KIND.key_words(asked, "vi") == ""


@pytest.mark.parametrize(
    ("asked", "raw", "code"),
    [
        (WHOLE, "87,5", "not_a_number"),
        (WHOLE, "nhiều", "not_a_number"),
        (PERCENT, "100,00001", "not_a_number"),
        (WHOLE, "1" * 41, "too_long"),
        (WHOLE, 12, "wrong_type"),
    ],
)
def test_what_cannot_be_read_is_no_answer(asked, raw, code):
    with pytest.raises(InvalidResponse) as raised:
        from_paper(asked, (), raw)
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"key": "12"}, ["key_unwanted"]),
        ({"options": options("a", "b")}, ["options_unwanted"]),
    ],
)
def test_it_has_no_key_and_no_options(changes, codes):
    problems = KIND.problems(question("prediction", **{"options": (), "key": None, **changes}))
    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize(
    ("typed", "is_percent", "told"),
    [
        ("1.250", False, None),
        ("1,5", False, "chưa đọc được là một số nguyên"),
        ("1250 người", False, "chưa đọc được là một số nguyên"),
        ("87,65 %", True, None),
        ("101", True, "chưa đọc được là một tỉ lệ"),
    ],
)
def test_what_cannot_be_read_is_told_before_handing_in(typed, is_percent, told):
    remark = prediction_remark(typed, is_percent=is_percent)
    assert remark.vi.startswith(told) if told else remark is None
