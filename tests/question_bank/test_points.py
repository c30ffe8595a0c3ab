import pytest

from question_bank.points import points_in, points_text


@pytest.mark.parametrize(
    ("text", "points"),
    [("1", 1000), ("0,25", 250), ("0.25", 250), ("2,5", 2500), ("0,001", 1), ("999,999", 999_999), ("0", 0)],
)
def test_points_are_read_in_thousandths_and_written_shortest(text, points):
    assert points_in(text) == points
    assert points_in(points_text(points)) == points
    assert points_text(points) == text.replace(".", ",")


@pytest.mark.parametrize("text", ["", " ", "một", "-1", "1000", "0,0001", "1,", ",5", "1e3", "١"])
def test_what_is_no_number_of_points_is_none(text):
    assert points_in(text) is None
