"""Reading contests, their rounds and seats."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from contest.actors import HeldSeat
from contest.contests.domain import Timetable
from contest.contests.models import Contest, Role, Round, RulesState, RulesVersion, Seat
from contest.errors import NotFound


def get_contest(session: Session, slug: str) -> Contest:
    """The contest with this slug, drafts too. Raises `NotFound`."""
    contest = session.scalar(select(Contest).where(Contest.slug == slug))
    if contest is None:
        raise NotFound
    return contest


def get_round(session: Session, public_id: str) -> Round:
    """The round with this public id, whatever its phase. Raises `NotFound`."""
    found = session.scalar(select(Round).where(Round.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def get_round_of(session: Session, contest_id: int, round_id: int) -> Round:
    """The contest's own round. Raises `NotFound`."""
    found = session.scalar(select(Round).where(Round.contest_id == contest_id, Round.id == round_id))
    if found is None:
        raise NotFound
    return found


def timetable_of(row: Round) -> Timetable:
    """The round's instants, for `domain.phase`."""
    return Timetable(row.opens_at, row.closes_at, row.released_at, row.cancelled_at)


def rules_in_force(session: Session, contest_id: int) -> RulesVersion | None:
    """The version of the rules that binds now, if one was ever approved."""
    return session.scalar(
        select(RulesVersion).where(RulesVersion.contest_id == contest_id, RulesVersion.state == RulesState.IN_FORCE)
    )


def is_on_committee(session: Session, contest_id: int, person_id: int, now: datetime) -> bool:
    """Whether the person may not take part, having or having had a seat that has begun.

    Whoever saw the preparation is out for good, so a seat that has ended still counts. A coordinator of a unit sees
    nothing of it and may take part.
    """
    seat = select(Seat.id).where(
        Seat.contest_id == contest_id,
        Seat.person_id == person_id,
        Seat.role != Role.COORDINATOR,
        Seat.valid_from <= now,
        or_(Seat.ended_at.is_(None), Seat.ended_at > Seat.valid_from),
    )
    return session.scalar(seat.limit(1)) is not None


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
