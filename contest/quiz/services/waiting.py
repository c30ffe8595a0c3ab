"""What nobody came back to: closing attempts that ran out of time, and marking, many of them together."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any, cast

from sqlalchemy import Row, Table, func, inspect, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert  # SQLite spells it the same way
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from contest.keys import Keys
from contest.quiz.models import Attempt, AttemptResult, AttemptState, JournalRow
from contest.quiz.queries import rulings_of
from contest.quiz.services.results import marked_together

CLOSE_PIECE = 200
MARK_PIECE = 100
MOST_CHARACTERS = 32_000_000
"""Of the journals that are marked together; one attempt whose journal is longer is marked alone."""
AGAIN_AFTER = timedelta(minutes=10)
"""When an attempt that can't be marked is tried again."""

_RESULTS = cast("Table", inspect(AttemptResult).local_table)
_STORE = upsert(_RESULTS).on_conflict_do_nothing().returning(_RESULTS.c.attempt_id)  # this makes it one statement

log = logging.getLogger(__name__)


def close_overdue_attempts(session: Session, now: datetime) -> int:
    """Close attempts whose time is over, at most a piece of them; how many it was. One statement.

    Late or twice is without harm.
    """
    overdue = (
        select(Attempt.id)
        .where(Attempt.state == AttemptState.OPEN, Attempt.accepts_until < now)
        .order_by(Attempt.accepts_until)
        .limit(CLOSE_PIECE)
        .with_for_update(skip_locked=True)
    )
    closed = session.scalars(
        update(Attempt)
        .where(Attempt.id.in_(overdue))
        .values(state=AttemptState.SUBMITTED, submitted_at=Attempt.deadline_at, is_time_out=True)
        .returning(Attempt.id)
        .execution_options(synchronize_session=False)
    ).all()
    return len(closed)


def mark_waiting_attempts(session: Session, now: datetime, keys: Keys) -> int:
    """Mark a piece of what was closed and nobody has read yet; how many it was, with those that readers marked before.

    No lock is needed: once handing in is committed, every save that counts is, too, and of two results of an attempt,
    which say the same, the first one stays. What has its result then is out of the next sweep's way; a reader, who
    must be quick, leaves that to the sweep.
    """
    found = _not_swept(session, now)
    _mark(session, now, [each for each in found if not each.has_result], keys)
    has_result = select(AttemptResult.attempt_id).where(AttemptResult.attempt_id == Attempt.id).exists()
    swept = update(Attempt).where(Attempt.id.in_([each.id for each in found]), has_result).values(is_swept=True)
    if found:
        session.execute(swept, execution_options={"synchronize_session": False})
    return len(found)


def _not_swept(session: Session, now: datetime) -> Sequence[Row[Any]]:
    length = func.coalesce(func.sum(func.length(JournalRow.payload)), 0)
    journal = select(length).where(JournalRow.attempt_id == Attempt.id, JournalRow.is_late.is_(False))
    rows = session.execute(
        select(
            Attempt.id,
            Attempt.round_id,
            Attempt.set_id,
            Attempt.rules_version_id,
            Attempt.paper,
            Attempt.started_at,
            Attempt.deadline_at,
            Attempt.submitted_at,
            journal.scalar_subquery().label("length"),
            AttemptResult.attempt_id.is_not(None).label("has_result"),
        )
        .outerjoin(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .where(
            Attempt.state == AttemptState.SUBMITTED,
            ~Attempt.is_swept,
            or_(Attempt.set_aside_at.is_(None), Attempt.set_aside_at <= now - AGAIN_AFTER),
        )
        .order_by(Attempt.id)
        .limit(MARK_PIECE)
    ).all()
    together = sum(total <= MOST_CHARACTERS for total in accumulate(row.length for row in rows))
    return rows[: max(together, 1)]


def _mark(session: Session, now: datetime, attempts: Sequence[Row[Any]], keys: Keys) -> None:
    """A piece in which anything fails is halved, until what fails stands alone: it is set aside, the rest is marked."""
    if not attempts:
        return
    try:
        with session.begin_nested():
            _store(session, now, attempts, keys)
    except OperationalError:
        raise  # the database's fault, and nobody's in particular
    except Exception:
        if len(attempts) == 1:
            log.exception("attempt %d can't be marked; it is tried again in %s", attempts[0].id, AGAIN_AFTER)
            session.execute(update(Attempt).where(Attempt.id == attempts[0].id).values(set_aside_at=now))
            return
        half = len(attempts) // 2
        _mark(session, now, attempts[:half], keys)
        _mark(session, now, attempts[half:], keys)


def _store(session: Session, now: datetime, attempts: Sequence[Row[Any]], keys: Keys) -> None:
    rulings = {round_id: rulings_of(session, round_id) for round_id in {each.round_id for each in attempts}}
    columns = marked_together(session, attempts, rulings, keys)
    rows = [{**row, "attempt_id": each.id, "marked_at": now} for each, row in zip(attempts, columns, strict=True)]
    session.execute(_STORE, rows)
