"""Who holds a seat, which is free, and who may see the others' sheets."""

from datetime import datetime, timedelta

import pytest

from contest.judging.domain.seats import FreePlace, Seat, free_place, is_revealed
from tests.factories import NOW

LATER, NEVER = NOW + timedelta(minutes=10), NOW - timedelta(days=1)


def seat(place: int, leased_until: datetime = LATER, *, is_locked: bool = False) -> Seat:
    return Seat(100 + place, place, is_locked, leased_until)


@pytest.mark.parametrize(
    ("seats", "judges", "expected"),
    [
        ([], 2, FreePlace(1)),
        ([seat(1)], 2, FreePlace(2)),
        ([seat(2)], 2, FreePlace(1)),
        ([seat(1), seat(2)], 2, None),
        ([seat(1)], 1, None),
        ([seat(1, NEVER)], 1, FreePlace(1, 101)),
        ([seat(1, NEVER, is_locked=True)], 1, None),
        ([seat(1, NEVER)], 2, FreePlace(2)),  # who comes late keeps the sheet while there is another place
        ([seat(1), seat(2, NEVER)], 2, FreePlace(2, 102)),
        ([seat(1, NOW - timedelta(minutes=1)), seat(2, NEVER)], 2, FreePlace(2, 102)),
        ([seat(1, NEVER), seat(2), seat(3)], 3, FreePlace(1, 101)),
    ],
)
def test_the_free_place_of_a_case(seats: list[Seat], judges: int, expected: FreePlace | None) -> None:
    assert free_place(seats, judges, NOW) == expected


def test_a_lease_ends_at_its_instant() -> None:
    assert seat(1, NOW + timedelta(microseconds=1)).is_held(NOW)
    assert not seat(1, NOW).is_held(NOW)


@pytest.mark.parametrize(
    ("has_locked_own", "locked", "judges", "expected"),
    [(False, 0, 2, False), (False, 1, 2, False), (False, 2, 2, True), (True, 1, 2, True)],
)
def test_others_are_seen_after_the_own_sheet_or_when_none_can_come(
    has_locked_own: bool, locked: int, judges: int, expected: bool
) -> None:
    assert is_revealed(has_locked_own=has_locked_own, locked=locked, judges=judges) is expected
