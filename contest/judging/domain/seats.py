"""Seats at a case: who holds one now, which one is free, and who may see what the others wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

REOPENED_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Seat:
    """A sheet that was not released, by its place at the case."""

    sheet_id: int
    place: int
    is_locked: bool
    leased_until: datetime

    def is_held(self, now: datetime) -> bool:
        """Whether the seat is taken at `now`: for ever once locked, else until its lease ends."""
        return self.is_locked or now < self.leased_until


@dataclass(frozen=True, slots=True)
class FreePlace:
    """A place that can be taken. `expired_sheet_id` is the sheet that has to be released for it, if one is."""

    place: int
    expired_sheet_id: int | None = None


def free_place(seats: Sequence[Seat], judges: int, now: datetime) -> FreePlace | None:
    """The first place that nobody ever took or gave up, else the one whose lease ended first; None when all are held.

    Somebody whose lease is over keeps the sheet as long as there is another place.
    """
    if sum(seat.is_held(now) for seat in seats) >= judges:
        return None
    taken = {seat.place for seat in seats}
    for place in range(1, judges + 1):
        if place not in taken:
            return FreePlace(place)
    expired = min((seat for seat in seats if not seat.is_held(now)), key=lambda seat: seat.leased_until)
    return FreePlace(expired.place, expired.sheet_id)


def is_revealed(*, has_locked_own: bool, locked: int, judges: int) -> bool:
    """Whether a chief may see the sheets of others: once their own is locked, or none can come any more.

    Also for a chief who does not judge: a judge's seat may follow.
    """
    return has_locked_own or locked >= judges
