import unicodedata

import pytest

from question_bank.text import clean, fold, has_control_characters, piles_marks


def test_clean_gives_nfc_and_plain_line_ends():
    assert clean("\ufeff \tTổ\r\nquốc\r ") == "Tổ\nquốc"
    assert clean(unicodedata.normalize("NFD", "Điều lệ")) == "Điều lệ"


def test_fold_ignores_case_and_spaces_but_not_marks():
    assert fold("  HÀ \n nội ") == fold("hà nội")
    assert fold("ma") != fold("má")


@pytest.mark.parametrize(
    ("text", "has"), [("a\nb\tc", False), ("a\x00b", True), ("a\x7f", True), ("\ud800", True), ("\uffff", True)]
)
def test_control_characters_are_noticed(text, has):
    assert has_control_characters(text) is has


@pytest.mark.parametrize("start", [0, 1, 29, 30, 31])
@pytest.mark.parametrize("between", ["", "\ufeff"])
def test_thirty_marks_in_a_row_are_piled_wherever_they_stand(start, between):
    piled = between.join("\u0301\u0323" * 15)
    assert piles_marks("x" * start + piled)
    assert not piles_marks("x" * start + piled[:-1] + "x" + piled[:-1])
