"""What the committee decides about a participant: exclusion, taking it back, extra time."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.audit.services import record
from contest.errors import DomainError, NotAllowed
from contest.i18n import nfc
from contest.participation.domain.eligibility import MOST_EXTRA_MINUTES
from contest.participation.models import Participation
from contest.participation.policies import may_oversee
from contest.participation.queries import locked_participation

MINUTE_MS = 60_000


def exclude_participation(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, participation_id: int, reason: str
) -> Participation:
    """No longer count a participant. Raises `NotAllowed`, `reason_needed`, `already_excluded`."""
    participation, reason = _for_decision(session, actor, contest_id, participation_id, reason)
    if participation.excluded_at is not None:
        raise DomainError("already_excluded")
    participation.excluded_at, participation.exclusion_reason = now, reason
    session.flush()
    _note(session, actor, now, participation, "participation.excluded", reason)
    return participation


def restore_participation(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, participation_id: int, reason: str
) -> Participation:
    """Count an excluded participant again. Raises `NotAllowed`, `reason_needed`, `not_excluded`."""
    participation, reason = _for_decision(session, actor, contest_id, participation_id, reason)
    if participation.excluded_at is None:
        raise DomainError("not_excluded")
    participation.excluded_at, participation.exclusion_reason = None, ""
    session.flush()
    _note(session, actor, now, participation, "participation.restored", reason)
    return participation


def grant_extra_time(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    participation_id: int,
    minutes: int,
    reason: str,
) -> Participation:
    """Set the time that this participant gets on top in every attempt; 0 takes it back.

    It counts for attempts that begin afterwards. Raises `NotAllowed`, `reason_needed`, `extra_time_range`.
    """
    participation, reason = _for_decision(session, actor, contest_id, participation_id, reason)
    if not 0 <= minutes <= MOST_EXTRA_MINUTES:
        raise DomainError("extra_time_range", field="minutes", most=MOST_EXTRA_MINUTES)
    before = participation.extra_time_ms
    participation.extra_time_ms = minutes * MINUTE_MS
    session.flush()
    facts = {"before_ms": before, "after_ms": participation.extra_time_ms}
    _note(session, actor, now, participation, "participation.extra_time", reason, facts)
    return participation


def _for_decision(
    session: Session, actor: Actor, contest_id: int, participation_id: int, reason: str
) -> tuple[Participation, str]:
    if not may_oversee(actor, contest_id):
        raise NotAllowed
    if not nfc(reason):
        raise DomainError("reason_needed", field="reason")
    return locked_participation(session, contest_id, participation_id), nfc(reason)


def _note(
    session: Session,
    actor: Actor,
    now: datetime,
    participation: Participation,
    act: str,
    reason: str,
    facts: Mapping[str, object] | None = None,
) -> None:
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        act=act,
        subject=f"participation:{participation.id}",
        scope=participation.contest_id,
        facts=facts,
        detail={"reason": reason},
    )
