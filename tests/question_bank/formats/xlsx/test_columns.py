import pytest

from question_bank.formats.xlsx.columns import find_column


@pytest.mark.parametrize("title", ["Mã câu", "  mã CÂU * ", "Mã câu".ljust(200)])
def test_a_column_is_found_however_its_title_is_typed(title):
    assert find_column(title).field == "code"


def test_a_title_without_end_is_not_even_folded():
    assert find_column("Mã câu".ljust(201)) is None
