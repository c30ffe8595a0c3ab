"""Queueing work, and the leases under which it is done."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from contest.work.models import WorkItem, WorkState

LEASE = timedelta(minutes=2)
PAUSES = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10))


class Hold(NamedTuple):
    """A worker's hold on a piece of work: the number of tries tells who has it from who had it."""

    item_id: int
    tries: int


class LeaseLostError(Exception):
    """Another worker has taken up the work, since this one did not report for too long; or it was taken back."""


def enqueue(session: Session, now: datetime, kind: str, arguments: Mapping[str, Any], total: int = 0) -> WorkItem:
    """Queue one piece of work; a worker takes it soon after the unit of work has committed.

    `total` is the number of steps that progress is counted in, 0 when it is not known yet.
    """
    item = WorkItem(kind=kind, arguments=dict(arguments), state=WorkState.WAITING, created_at=now, total=total)
    session.add(item)
    session.flush()
    return item


def take(session: Session, now: datetime, kinds: Collection[str]) -> WorkItem | None:
    """The oldest work of these kinds that waits, or whose worker was last heard of a lease ago.

    Nobody else gets it meanwhile.
    """
    item = session.scalar(
        select(WorkItem)
        .where(
            WorkItem.kind.in_(kinds),
            WorkItem.state.in_([WorkState.WAITING, WorkState.RUNNING]),
            or_(WorkItem.lease_until.is_(None), WorkItem.lease_until <= now),
        )
        .order_by(WorkItem.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if item is not None:
        item.state, item.tries, item.lease_until = WorkState.RUNNING, item.tries + 1, now + LEASE
        session.flush()
    return item


def advance(session: Session, now: datetime, hold: Hold, done: int) -> None:
    """Report progress and keep the lease. Raises `LeaseLostError`."""
    row = _held(session, hold)
    row.done, row.lease_until = done, now + LEASE
    session.flush()


def finish(session: Session, hold: Hold) -> None:
    """The work is done. Raises `LeaseLostError`."""
    row = _held(session, hold)
    row.state, row.lease_until, row.done, row.fault = WorkState.DONE, None, max(row.done, row.total), ""
    session.flush()


def fail(session: Session, now: datetime, hold: Hold, fault: str) -> None:
    """It did not work: tried again after a growing pause, in the end given up. Raises `LeaseLostError`."""
    row = _held(session, hold)
    row.fault = fault
    if row.tries > len(PAUSES):
        row.state, row.lease_until = WorkState.FAILED, None
    else:
        row.state, row.lease_until = WorkState.WAITING, now + PAUSES[row.tries - 1]
    session.flush()


def give_back(session: Session, hold: Hold) -> None:
    """The worker has to stop: another one goes on from what was reported. Raises `LeaseLostError`."""
    row = _held(session, hold)
    row.state, row.lease_until, row.tries = WorkState.WAITING, None, row.tries - 1
    session.flush()


def _held(session: Session, hold: Hold) -> WorkItem:
    row = session.get(WorkItem, hold.item_id, with_for_update=True, populate_existing=True)
    if row is None or row.state is not WorkState.RUNNING or row.tries != hold.tries:
        raise LeaseLostError
    return row
