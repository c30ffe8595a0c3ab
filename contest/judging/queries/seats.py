"""Seats of a committee that one person can't hold together."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from contest.contests.models import Role, Seat
from contest.errors import DomainError

SCORING = frozenset({Role.JUDGE, Role.CHIEF_JUDGE})
NAMING = frozenset({Role.ORGANIZER, Role.SECRETARY, Role.COORDINATOR})
"""Who scores reads entries by code; who keeps lists reads names, units and scores. Together the codes hide nothing."""


def ensure_blind(session: Session, contest_id: int, person_id: int, role: Role, now: datetime) -> None:
    """Raise `seat_not_blind` when somebody would read names in the contest in which they score."""
    others = NAMING if role in SCORING else SCORING if role in NAMING else frozenset()
    held = select(Seat.id).where(
        Seat.contest_id == contest_id,
        Seat.person_id == person_id,
        Seat.role.in_(others),
        Seat.ended_at.is_(None),
        or_(Seat.valid_until.is_(None), Seat.valid_until > now),
    )
    if session.scalar(held.limit(1)) is not None:
        raise DomainError("seat_not_blind", field="login")
