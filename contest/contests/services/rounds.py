"""Writing rounds: drafts are free to change, released ones move only forward, for a reason, before they close."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.audit.services import record
from contest.contests import policies
from contest.contests.domain import Lack, Timetable, check_postponement, check_window
from contest.contests.hooks import opening_checks, release_effects
from contest.contests.models import ContestState, Round, RoundKind
from contest.contests.queries import rounds_of, timetable_of
from contest.contests.services.contests import living_contest
from contest.errors import DomainError, NotFound


def add_round(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    kind: RoundKind,
    name: str,
    opens_at: datetime,
    closes_at: datetime,
) -> Round:
    """A draft round after the others. Raises `window_reversed`, `round_exists`, `contest_over`."""
    policies.ensure(policies.may_prepare(actor, contest_id))
    living_contest(session, contest_id)
    others = rounds_of(session, contest_id)
    _check(others, name, opens_at, closes_at)
    row = Round(
        contest_id=contest_id,
        public_id=secrets.token_urlsafe(12),
        kind=kind,
        name=name,
        position=max((other.position for other in others), default=0) + 1,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    session.add(row)
    session.flush()
    _note(session, actor, now, row, "round.added")
    return row


def edit_round(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    round_id: int,
    kind: RoundKind,
    name: str,
    opens_at: datetime,
    closes_at: datetime,
) -> Round:
    """Change a round that has not been released. Raises `round_released` and like `add_round`."""
    policies.ensure(policies.may_prepare(actor, contest_id))
    row = _draft_round(session, contest_id, round_id)
    _check([other for other in rounds_of(session, contest_id) if other.id != round_id], name, opens_at, closes_at)
    row.kind, row.name, row.opens_at, row.closes_at = kind, name, opens_at, closes_at
    session.flush()
    _note(session, actor, now, row, "round.edited")
    return row


def delete_round(session: Session, actor: Actor, now: datetime, *, contest_id: int, round_id: int) -> None:
    """Remove a draft round to which nothing belongs yet. Raises `round_released`, `round_in_use`."""
    policies.ensure(policies.may_prepare(actor, contest_id))
    row = _draft_round(session, contest_id, round_id)
    try:
        with session.begin_nested():
            session.delete(row)
    except IntegrityError as error:
        raise DomainError("round_in_use") from error
    _note(session, actor, now, row, "round.deleted")


def opening_lacks(session: Session, row: Round) -> list[Lack]:
    """Everything that the round still needs, by every registered check."""
    return [lack for check in opening_checks for lack in check(session, row)]


def release_round(session: Session, actor: Actor, now: datetime, *, contest_id: int, round_id: int) -> Round:
    """Let the round open by its timetable.

    Raises `contest_not_announced`, `round_released`, `round_cancelled`, `window_over`, `round_lacks`.
    """
    policies.ensure(policies.may_decide(actor, contest_id))
    row = _draft_round(session, contest_id, round_id)
    if living_contest(session, contest_id).state is not ContestState.ANNOUNCED:
        raise DomainError("contest_not_announced")
    if row.closes_at <= now:
        raise DomainError("window_over")
    blocking = [lack for lack in opening_lacks(session, row) if lack.blocks]
    if blocking:
        raise DomainError("round_lacks", what="; ".join(lack.sentence for lack in blocking))
    row.released_at = now
    session.flush()
    for effect in release_effects:
        effect(session, actor, now, row)
    _note(session, actor, now, row, "round.released")
    return row


def postpone_round(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    round_id: int,
    opens_at: datetime,
    closes_at: datetime,
    reason: str,
) -> Round:
    """Move the window of a released round forward. Raises like `check_postponement`, and `reason_missing`."""
    policies.ensure(policies.may_decide(actor, contest_id))
    living_contest(session, contest_id)
    row = _locked_round(session, contest_id, round_id)
    if row.released_at is None:
        raise DomainError("round_not_released")
    check_postponement(timetable_of(row), Timetable(opens_at, closes_at, row.released_at), now)
    _ensure_reason(reason)
    before = {"opens_at": row.opens_at.isoformat(), "closes_at": row.closes_at.isoformat()}
    row.opens_at, row.closes_at = opens_at, closes_at
    session.flush()
    _note(session, actor, now, row, "round.postponed", reason=reason, before=before)
    return row


def cancel_round(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, round_id: int, reason: str
) -> Round:
    """Call a round off before it closes. Raises `round_closed`, `round_cancelled`, `reason_missing`."""
    policies.ensure(policies.may_decide(actor, contest_id))
    row = _locked_round(session, contest_id, round_id)
    if row.cancelled_at is not None:
        raise DomainError("round_cancelled")
    if row.released_at is not None and row.closes_at <= now:
        raise DomainError("round_closed")
    _ensure_reason(reason)
    row.cancelled_at, row.cancel_reason = now, reason
    session.flush()
    _note(session, actor, now, row, "round.cancelled", reason=reason)
    return row


def _check(others: list[Round], name: str, opens_at: datetime, closes_at: datetime) -> None:
    check_window(opens_at, closes_at)
    if any(other.name.casefold() == name.casefold() for other in others):
        raise DomainError("round_exists", field="name")


def _ensure_reason(reason: str) -> None:
    if not reason.strip():
        raise DomainError("reason_missing", field="reason")


def _locked_round(session: Session, contest_id: int, round_id: int) -> Round:
    row = session.scalar(select(Round).where(Round.contest_id == contest_id, Round.id == round_id).with_for_update())
    if row is None:
        raise NotFound
    return row


def _draft_round(session: Session, contest_id: int, round_id: int) -> Round:
    living_contest(session, contest_id)
    row = _locked_round(session, contest_id, round_id)
    if row.cancelled_at is not None:
        raise DomainError("round_cancelled")
    if row.released_at is not None:
        raise DomainError("round_released")
    return row


def _note(session: Session, actor: Actor, now: datetime, row: Round, act: str, **detail: object) -> None:
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        act=act,
        subject=f"round:{row.id}",
        scope=row.contest_id,
        facts={"kind": row.kind.value, "opens_at": row.opens_at.isoformat(), "closes_at": row.closes_at.isoformat()},
        detail={"name": row.name, **detail},
    )
