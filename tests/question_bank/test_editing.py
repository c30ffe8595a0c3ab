import pytest

from question_bank.editing import without_empty_end


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([], 0),
        ([("a",), ("",)], 1),
        ([("",), ("b",)], 2),
        ([("a", ""), ("", " "), ("", "")], 1),
    ],
)
def test_only_empty_rows_at_the_end_are_left_out(rows, kept):
    assert without_empty_end(rows) == tuple(rows[:kept])
