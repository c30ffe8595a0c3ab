from fractions import Fraction

import pytest

from question_bank.numerals import MOST_CHARACTERS, decimal_text, numbers_in, split_numeral


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("42", "42"),
        ("007", "7"),
        ("1234,5", "1234.5"),
        ("1234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234\u202f567,5", "1234567.5"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1234,567", "1234.567"),
        ("3,14", "3.14"),
        ("3.1416", "3.1416"),
        (",5", "0.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("3,14.", "3.14"),
        ("1.234,5,", "1234.5"),
        ("1.234.567,89", "1234567.89"),
        ("-5", "-5"),
        ("- 5,5", "-5.5"),
        ("\u22125", "-5"),
        ("\u20135", "-5"),
        ("+5", "5"),
        (" 5 ", "5"),
        ("-0", "0"),
        ("9" * MOST_CHARACTERS, "9" * MOST_CHARACTERS),
    ],
)
def test_a_number_is_read_exactly(text, number):
    assert numbers_in(text) == (Fraction(number),)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1.234", ("1234", "1.234")),
        ("1,234", ("1.234", "1234")),
        ("-12.000", ("-12000", "-12")),
        ("999,999", ("999.999", "999999")),
    ],
)
def test_one_mark_before_three_digits_can_be_read_in_two_ways(text, numbers):
    assert numbers_in(text) == tuple(Fraction(number) for number in numbers)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        ".",
        ",",
        "một",
        "12 km",
        "1 2",
        "1 23 456",
        "1.23.456",
        "0.123.456",
        "1.234,567,8",
        "1,2,3",
        "1.234,567.8",
        "--5",
        "5-",
        "1e5",
        "1/2",
        "1²",
        "٣",
        "３",
        "\uff10",
        "nan",
        "inf",
        "0x10",
        "1_000",
        "9" * (MOST_CHARACTERS + 1),
    ],
)
def test_anything_else_is_no_number(text):
    assert numbers_in(text) == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("12 km", ("12", "km")),
        ("12km", ("12", "km")),
        ("- 1.234,5 m²", ("- 1.234,5", "m²")),
        ("1 234 đồng", ("1 234", "đồng")),
        ("50%", ("50", "%")),
        ("10²", ("10", "²")),
        ("12", ("12", "")),
        ("km 12", ("", "km 12")),
        ("", ("", "")),
    ],
)
def test_what_comes_after_a_number_is_told_apart(text, parts):
    assert split_numeral(text) == parts


@pytest.mark.parametrize(
    ("number", "mark", "text"),
    [
        (Fraction(0), ",", "0"),
        (Fraction(5, 2), ",", "2,5"),
        (Fraction(-1, 20), ".", "-0.05"),
        (Fraction(1200), ",", "1200"),
        (Fraction(1, 10**40), ".", f"0.{'0' * 39}1"),
    ],
)
def test_a_number_with_decimals_is_written_with_the_mark(number, mark, text):
    assert decimal_text(number, mark) == text
