import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from contest.quiz.domain.receipts import receipt_of_hand_in, receipt_of_save

AT = datetime(2026, 7, 15, 3, 0, 0, 123456, tzinfo=UTC)
SAVE: dict[str, Any] = {"key": b"k", "attempt": "A", "client": "c", "seq": 1, "digest": "d", "received_at": AT}
HAND_IN: dict[str, Any] = {"key": b"k", "attempt": "A", "digests": ["d", "e"], "submitted_at": AT}


def test_a_receipt_is_eighty_bits_that_can_be_read_aloud() -> None:
    for receipt in (receipt_of_save(**SAVE), receipt_of_hand_in(**HAND_IN)):
        assert re.fullmatch(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}", receipt)


@pytest.mark.parametrize(
    "change",
    [
        {"key": b"K"},
        {"attempt": "B"},
        {"client": "C"},
        {"seq": 2},
        {"digest": "e"},
        {"received_at": AT + timedelta(microseconds=1)},
    ],
)
def test_a_receipt_of_a_save_holds_for_exactly_that_save(change: dict[str, Any]) -> None:
    assert receipt_of_save(**{**SAVE, **change}) != receipt_of_save(**SAVE)


@pytest.mark.parametrize(
    "change",
    [
        {"key": b"K"},
        {"attempt": "B"},
        {"digests": ["d"]},
        {"digests": ["e", "d"]},
        {"digests": ["de"]},
        {"submitted_at": AT - timedelta(microseconds=1)},
    ],
)
def test_a_receipt_of_handing_in_holds_for_exactly_these_saves_in_this_order(change: dict[str, Any]) -> None:
    assert receipt_of_hand_in(**{**HAND_IN, **change}) != receipt_of_hand_in(**HAND_IN)


def test_the_zone_in_which_an_instant_is_written_does_not_matter() -> None:
    there = AT.astimezone(timezone(timedelta(hours=7)))
    assert receipt_of_save(**{**SAVE, "received_at": there}) == receipt_of_save(**SAVE)
