import pytest

from question_bank.kinds import InvalidResponse, Mark
from question_bank.kinds.number import UNREADABLE, Number
from question_bank.paper import from_paper
from tests.question_bank.builders import options, question

KIND = Number()
MOST = 60


def asked(key="1234,5", **settings):
    return question("number", key=key, settings=tuple(sorted(settings.items())))


def is_right(typed, question):
    return KIND.mark(question, from_paper(question, (), typed)).is_right


@pytest.mark.parametrize("typed", ["1234,5", "1234.5", "1.234,5", "1,234.5", "1 234,5", "+1234,50", " 1234,5 "])
def test_a_number_may_be_written_in_many_ways(typed):
    assert KIND.mark(asked(), from_paper(asked(), (), typed)) == Mark(1000, is_right=True)


@pytest.mark.parametrize("typed", ["1234", "1234,51", "-1234,5", "12345", "1234,5 km", "khoảng 1234,5", "1e3", ""])
def test_another_number_or_none_is_wrong(typed):
    assert not is_right(typed, asked())


@pytest.mark.parametrize(
    ("key", "typed", "expected"),
    [
        ("1234", "1.234", True),
        ("1,234", "1.234", True),
        ("1234", "1,234", True),
        ("1,234", "1,234", True),
        ("12340", "1.234", False),
        ("1,2340", "1.2340", True),
        ("1234", "1,2340", False),
    ],
)
def test_where_a_number_reads_in_two_ways_either_may_be_right(key, typed, expected):
    assert is_right(typed, asked(key)) is expected


@pytest.mark.parametrize(
    ("key", "tolerance", "typed", "expected"),
    [
        ("3,14", "0,01", "3,13", True),
        ("3,14", "0,01", "3,15", True),
        ("3,14", "0,01", "3,1299999999999999999999", False),
        ("3,14", "0,01", "3,1500000000000000000001", False),
        ("0,3", "0,1", "0,2", True),
        ("0,3", "0,1", "0,4", True),
        ("50", "2%", "49", True),
        ("50", "2 %", "51", True),
        ("50", "2%", "48,999", False),
        ("50", "2%", "51,0001", False),
        ("-50", "2%", "-51", True),
        ("-50", "2%", "\u221249", True),
        ("-50", "2%", "-51,1", False),
        ("0", "5%", "0", True),
        ("0", "5%", "0,0001", False),
        ("5", "", "5,0000000000000000000000000001", False),
        ("5", "0", "5", True),
    ],
)
def test_both_edges_of_the_tolerance_are_right_and_nothing_beyond(key, tolerance, typed, expected):
    assert is_right(typed, asked(key, tolerance=tolerance)) is expected


@pytest.mark.parametrize(
    ("unit", "typed", "expected"),
    [
        ("km", "12", True),
        ("km", "12 km", True),
        ("km", "12KM", True),
        ("km", "12 m", False),
        ("km", "km 12", False),
        ("m²", "12 m2", True),
        ("m2", "12m²", True),
        ("%", "12%", True),
        ("%", "12 %", True),
        ("triệu đồng", "12 Triệu  Đồng", True),
        ("", "12 km", False),
        ("", "12", True),
    ],
)
def test_the_unit_may_be_typed_along(unit, typed, expected):
    assert is_right(typed, asked("12", unit=unit)) is expected


@pytest.mark.parametrize(("raw", "code"), [("9" * (MOST + 1), "too_long"), (12, "wrong_type"), (["12"], "wrong_type")])
def test_rubbish_is_refused(raw, code):
    with pytest.raises(InvalidResponse) as raised:
        from_paper(asked(), (), raw)
    assert raised.value.code == code


def test_a_number_that_is_too_long_to_be_read_is_wrong():
    assert from_paper(asked(), (), "9" * MOST) == "9" * MOST
    assert not is_right("9" * MOST, asked())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"key": "-0,5"}, []),
        ({"key": "1234"}, []),
        ({"key": "1,234"}, []),
        ({"key": "1.234.567"}, []),
        ({"key": "1.234"}, [("number_ambiguous", "key")]),
        ({"key": None}, [("key_missing", "key")]),
        ({"key": ""}, [("key_missing", "key")]),
        ({"key": 12}, [("number_unreadable", "key")]),
        ({"key": ("12",)}, [("number_unreadable", "key")]),
        ({"key": "12 km"}, [("number_unreadable", "key")]),
        ({"key": "mười"}, [("number_unreadable", "key")]),
        ({"settings": (("tolerance", "0,5"),)}, []),
        ({"settings": (("tolerance", "2%"),)}, []),
        ({"settings": (("tolerance", "%"),)}, [("number_unreadable", "settings.tolerance")]),
        ({"settings": (("tolerance", "-1"),)}, [("tolerance_negative", "settings.tolerance")]),
        ({"settings": (("tolerance", "ít"),)}, [("number_unreadable", "settings.tolerance")]),
        ({"settings": (("tolerance", "1.500"),)}, [("number_ambiguous", "settings.tolerance")]),
        ({"settings": (("tolerance", "1.500%"),)}, [("number_ambiguous", "settings.tolerance")]),
        (
            {"key": "1.234", "settings": (("tolerance", "ít"),)},
            [("number_ambiguous", "key"), ("number_unreadable", "settings.tolerance")],
        ),
        ({"settings": (("unit", "km"),)}, []),
        ({"settings": (("unit", "2 km"),)}, [("unit_digit", "settings.unit")]),
        ({"options": options("a")}, [("options_unwanted", "options")]),
    ],
)
def test_what_is_wrong_with_the_number(changes, expected):
    problems = KIND.problems(question("number", **{"key": "12", **changes}))
    assert [(problem.code, problem.field) for problem in problems] == expected


def test_an_ambiguous_number_is_shown_in_both_spellings():
    (problem,) = KIND.problems(asked("1.234"))
    assert problem.values == {"value": "1.234", "whole": "1234", "fraction": "1,234"}


def test_the_row_becomes_the_number_and_back():
    written = KIND.with_rows(question("number", options=()), [(" 12,5 ",)])
    assert written.key == "12,5"
    assert KIND.rows(written) == (("12,5",),)
    assert KIND.with_rows(written, [("",)]).key is None
    assert KIND.with_rows(written, []).key is None


@pytest.mark.parametrize(
    ("settings", "vi", "en"),
    [
        ({}, "12", "12"),
        ({"unit": "km", "tolerance": "2%"}, "12 km (sai số ± 2%)", "12 km (± 2%)"),
    ],
)
def test_the_key_is_told_with_its_unit_and_tolerance(settings, vi, en):
    assert (KIND.key_words(asked("12", **settings), "vi"), KIND.key_words(asked("12", **settings), "en")) == (vi, en)


@pytest.mark.parametrize(("unit", "label"), [("km", "Đáp số (đơn vị: km)"), ("", "Đáp số (chỉ ghi số)")])
def test_the_field_says_what_the_unit_is(unit, label):
    (control,) = KIND.controls(asked(unit=unit), ())
    assert control.label.vi == label


@pytest.mark.parametrize(
    ("typed", "is_told"),
    [("½", True), ("1/2", True), ("1e3", True), ("5 km", True), ("năm", True), ("0.5 m", False), ("-5", False)],
)
def test_who_typed_no_number_is_told_before_handing_in(typed, is_told):
    assert (KIND.remark(asked("9", unit="m"), typed) == UNREADABLE) is is_told
    assert KIND.remark(asked(), None) is None
