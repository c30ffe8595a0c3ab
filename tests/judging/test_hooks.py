"""Copies of an answer are reached by their number, and nothing else is there."""

import pytest

from contest.errors import NotFound
from contest.judging.hooks import BlindAnswer, Piece


@pytest.mark.parametrize("number", [-1, 2, 10**9])
def test_only_copies_that_exist_are_reached(number: int) -> None:
    pieces = (Piece("entries/aa/1", "text/plain", 10), Piece("entries/aa/2", "image/webp", 20))
    answer = BlindAnswer(1, "Giới thiệu một nhân vật.", "document", pieces=pieces)
    assert [answer.piece(0), answer.piece(1)] == list(pieces)
    with pytest.raises(NotFound):
        answer.piece(number)
