"""Counting tries."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.accounts.models import RateCounter
from contest.accounts.services import limits

QUARTER = datetime(2026, 7, 15, 2, 30, tzinfo=UTC)
LIMIT = limits.Limit("test", 3, 15)


def waits(session: Session, now: datetime, count: int, subject: str = "a") -> list[int]:
    return [limits.count_try(session, now, LIMIT, subject) for _ in range(count)]


def test_the_last_allowed_try_passes_and_the_next_waits_for_the_window_to_end(session: Session) -> None:
    assert waits(session, QUARTER + timedelta(minutes=4, seconds=59), 4) == [0, 0, 0, 11]
    assert waits(session, QUARTER + timedelta(minutes=14, seconds=59), 1) == [1]
    assert waits(session, QUARTER + timedelta(minutes=15), 1) == [0]


def test_subjects_and_actions_are_counted_apart(session: Session) -> None:
    waits(session, QUARTER, 4)
    assert waits(session, QUARTER, 1, subject="b") == [0]
    assert limits.count_try(session, QUARTER, limits.Limit("other", 3, 15), "a") == 0


def test_a_success_starts_afresh(session: Session) -> None:
    waits(session, QUARTER, 4)
    limits.forget_tries(session, LIMIT, "a")
    assert waits(session, QUARTER, 1) == [0]


def test_the_table_does_not_name_what_was_tried(session: Session) -> None:
    waits(session, QUARTER, 1, subject="+84912345678")
    assert "912345678" not in session.scalars(select(RateCounter.key)).one()


def test_old_counters_are_deleted_and_young_ones_kept(session: Session) -> None:
    waits(session, QUARTER, 1)
    waits(session, QUARTER + timedelta(hours=24), 1)
    assert limits.forget_old_tries(session, QUARTER + timedelta(hours=24)) == 0
    assert limits.forget_old_tries(session, QUARTER + timedelta(hours=24, minutes=1)) == 1
    assert session.scalar(select(func.count()).select_from(RateCounter)) == 1
