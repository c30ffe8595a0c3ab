"""Codes that say nothing and are hard to misread."""

import re

import pytest

from contest.judging.domain.codes import ALPHABET, CODES, code_key, code_of


def test_codes_are_short_and_without_letters_that_look_alike() -> None:
    assert not set("0O1IL5S8BZU") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)
    for number in (0, 1, CODES // 2, CODES - 1):
        assert re.fullmatch(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{2}}", code_of(number))


def test_different_numbers_have_different_codes() -> None:
    numbers = [*range(2000), *range(CODES - 2000, CODES)]
    assert len({code_of(number) for number in numbers}) == len(numbers)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("7F3K-2Q", "7F3K-2Q"), (" 7f3k2q ", "7F3K-2Q"), ("7f3k", "7F3K"), ("7f3k2", "7F3K-2"), ("", ""), ("- %", "")],
)
def test_what_people_type_finds_the_stored_form(typed: str, stored: str) -> None:
    assert code_key(typed) == stored
