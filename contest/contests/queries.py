"""Reading contests, their rounds and seats."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from contest.actors import HeldSeat
from contest.contests.models import Contest, Seat


def held_seats(session: Session, person_id: int, now: datetime) -> frozenset[HeldSeat]:
    """The seats that a person holds at this instant, in every contest."""
    rows = session.execute(
        select(Seat.contest_id, Contest.slug, Seat.role, Seat.unit_id)
        .join(Contest, Contest.id == Seat.contest_id)
        .where(
            Seat.person_id == person_id,
            Seat.valid_from <= now,
            or_(Seat.valid_until.is_(None), Seat.valid_until > now),
            Seat.ended_at.is_(None),
        )
    )
    return frozenset(HeldSeat(contest_id, slug, str(role), unit_id) for contest_id, slug, role, unit_id in rows)
