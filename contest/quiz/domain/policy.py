"""How often a person may try, how long a paper lasts and which attempt counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

Of = TypeVar("Of")

MAX_MINUTES = 300
MAX_TRIES = 100
MAX_TOLERANCE_SECONDS = 60
DEFAULT_TOLERANCE_SECONDS = 5


class Span(StrEnum):
    """What the number of tries is counted over: a round, or the whole contest, all of it or one day or week of it.

    Days and weeks (from Monday) are of the contest's zone.
    """

    DAY = "day"
    WEEK = "week"
    ROUND = "round"
    CONTEST = "contest"


class Counted(StrEnum):
    """Which of a person's attempts stands for them."""

    BEST = "best"
    FIRST = "first"
    LAST = "last"


def candidates(mine: Sequence[Of], counted: Counted) -> Sequence[Of]:
    """One person's attempts, in the order of their starts, among which the ranking chain picks: all, first or last."""
    return {Counted.BEST: mine, Counted.FIRST: mine[:1], Counted.LAST: mine[-1:]}[counted]


class ResultTime(StrEnum):
    """When a person learns their own score."""

    AT_ONCE = "at_once"
    AFTER_CLOSING = "after_closing"


class KeyTime(StrEnum):
    """When the right answers are shown to those who took part."""

    NEVER = "never"
    AFTER_CLOSING = "after_closing"


class Started(Protocol):
    """An attempt as far as counting it goes."""

    @property
    def round_id(self) -> int:
        """The round it was made in."""

    @property
    def started_at(self) -> datetime:
        """When it was started."""


@dataclass(frozen=True, slots=True)
class AttemptPolicy:
    """The section "attempts" of the rules. `tries` None is without limit; `minutes` is the time allowed."""

    minutes: int
    tries: int | None
    span: Span
    counted: Counted
    result_time: ResultTime
    key_time: KeyTime
    tolerance_seconds: int = DEFAULT_TOLERANCE_SECONDS

    @property
    def tolerance(self) -> timedelta:
        """How long after the deadline an answer given before it may still arrive."""
        return timedelta(seconds=self.tolerance_seconds)

    def deadline(self, started_at: datetime, closes_at: datetime, extra: timedelta = timedelta()) -> datetime:
        """When the time of an attempt ends: never after the round's closing."""
        return min(started_at + timedelta(minutes=self.minutes) + extra, closes_at)

    def tries_used(self, started: Iterable[Started], round_id: int, now: datetime, zone: str) -> int:
        """How many of a person's attempts in the contest count against the limit for `round_id` now."""
        return sum(self._counts(attempt, round_id, now, zone) for attempt in started)

    def tries_left(self, started: Iterable[Started], round_id: int, now: datetime, zone: str) -> int | None:
        """How many more attempts are allowed now; None is without limit."""
        if self.tries is None:
            return None
        return max(0, self.tries - self.tries_used(started, round_id, now, zone))

    def _counts(self, attempt: Started, round_id: int, now: datetime, zone: str) -> bool:
        if self.span is Span.CONTEST:
            return True
        if self.span is Span.ROUND:
            return attempt.round_id == round_id
        day, today = (instant.astimezone(ZoneInfo(zone)).date() for instant in (attempt.started_at, now))
        if self.span is Span.DAY:
            return day == today
        return day.isocalendar()[:2] == today.isocalendar()[:2]


def read_policy(value: Mapping[str, Any]) -> AttemptPolicy:
    """The policy that a stored section says. The section was checked before it came into force."""
    return AttemptPolicy(
        minutes=value["minutes"],
        tries=value["tries"],
        span=Span(value["span"]),
        counted=Counted(value["counted"]),
        result_time=ResultTime(value["result_time"]),
        key_time=KeyTime(value["key_time"]),
        tolerance_seconds=value["tolerance_seconds"],
    )
