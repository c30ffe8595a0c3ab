"""Reasons that people have to write."""

import pytest

from contest.errors import DomainError
from contest.judging.domain.reasons import MAX_REASON, written


def test_a_reason_is_words() -> None:
    assert written("  Chép từ mạng.\n") == "Chép từ mạng."
    assert written("x" * MAX_REASON) == "x" * MAX_REASON


@pytest.mark.parametrize(
    ("typed", "code"), [("", "reason_missing"), (" \n", "reason_missing"), ("x" * (MAX_REASON + 1), "reason_too_long")]
)
def test_what_is_no_reason_is_refused_at_its_field(typed: str, code: str) -> None:
    with pytest.raises(DomainError) as caught:
        written(typed, "note")
    assert (caught.value.code, caught.value.field) == (code, "note")
