import pytest

from contest.quiz.domain.prediction import read_prediction


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
def test_a_number_of_people(raw: object, expected: int | None) -> None:
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
def test_a_percentage_with_five_decimals(raw: str, expected: int | None) -> None:
    assert read_prediction(raw, is_percent=True) == expected
