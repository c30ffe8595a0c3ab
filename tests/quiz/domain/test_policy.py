from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from contest.quiz.domain.policy import AttemptPolicy, Counted, KeyTime, ResultTime, Span

POLICY = AttemptPolicy(15, 2, Span.ROUND, Counted.BEST, ResultTime.AT_ONCE, KeyTime.NEVER)
ZONE = "Asia/Ho_Chi_Minh"
START = datetime(2026, 7, 15, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Tried:
    round_id: int
    started_at: datetime


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 7, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.mark.parametrize(
    ("closes_after", "extra", "expected_minutes"),
    [(60, 0, 15), (15, 0, 15), (14, 0, 14), (60, 10, 25), (20, 10, 20), (0, 0, 0)],
)
def test_deadline_is_the_time_allowed_but_never_after_closing(
    closes_after: int, extra: int, expected_minutes: int
) -> None:
    closes_at = START + timedelta(minutes=closes_after)
    assert POLICY.deadline(START, closes_at, timedelta(minutes=extra)) == START + timedelta(minutes=expected_minutes)


@pytest.mark.parametrize(
    ("span", "tried", "now", "used"),
    [
        (Span.ROUND, Tried(1, local(1, 8)), local(15, 8), 1),
        (Span.ROUND, Tried(2, local(15, 7)), local(15, 8), 0),
        (Span.CONTEST, Tried(2, local(1, 8)), local(15, 8), 1),
        (Span.DAY, Tried(1, local(15, 0)), local(15, 23, 59), 1),
        (Span.DAY, Tried(1, local(14, 23, 59)), local(15, 0), 0),
        (Span.DAY, Tried(2, local(15, 6)), local(15, 8), 1),
        (Span.WEEK, Tried(1, local(13, 0)), local(19, 23, 59), 1),  # Monday 13 to Sunday 19
        (Span.WEEK, Tried(1, local(12, 23, 59)), local(13, 0), 0),
    ],
)
def test_tries_are_counted_over_the_span_in_the_zone_of_the_contest(
    span: Span, tried: Tried, now: datetime, used: int
) -> None:
    assert replace(POLICY, span=span).tries_used([tried], 1, now, ZONE) == used


@pytest.mark.parametrize(("tries", "made", "left"), [(2, 0, 2), (2, 1, 1), (2, 2, 0), (2, 3, 0), (None, 50, None)])
def test_tries_left(tries: int | None, made: int, left: int | None) -> None:
    started = [Tried(1, START)] * made
    assert replace(POLICY, tries=tries).tries_left(started, 1, START, ZONE) == left
