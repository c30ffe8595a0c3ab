"""Reading seats and invitations."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BindParameter, ColumnElement, Engine, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from contest.accounts.models import Person, PersonDetails
from contest.accounts.queries import SIGNED_IN, SignedIn, token_digest
from contest.actors import HeldSeat
from contest.contests.models import Contest, Invitation, Role, Seat
from contest.db import UtcDateTime
from contest.errors import NotFound
from contest.i18n import search_key
from contest.paging import Page, page_of
from contest.statements import DirectRead
from contest.units.models import Unit


class SeatState(StrEnum):
    """Whether a seat gives its rights at an instant."""

    COMING = "coming"
    HELD = "held"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat as the list shows it."""

    seat: Seat
    full_name: str
    unit_name: str | None
    state: SeatState


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that nobody has taken yet."""

    invitation: Invitation
    unit_name: str | None


def seat_state(seat: Seat, now: datetime) -> SeatState:
    """The state of a seat at `now`: it is held in [valid_from, valid_until), unless ended."""
    if seat.ended_at is not None or (seat.valid_until is not None and seat.valid_until <= now):
        return SeatState.OVER
    return SeatState.HELD if seat.valid_from <= now else SeatState.COMING


def seats_page(
    session: Session, contest_id: int, now: datetime, *, words: str, sort: str, is_descending: bool, number: int
) -> Page[SeatRow]:
    """The contest's seats by name or role; `words` are looked for in names without regard to tones."""
    orders = {"name": PersonDetails.sort_key, "role": Seat.role, "from": Seat.valid_from}
    order: ColumnElement[object] = orders[sort].desc() if is_descending else orders[sort].asc()
    statement = (
        select(Seat, PersonDetails.full_name, Unit.name)
        .join(PersonDetails, PersonDetails.person_id == Seat.person_id)
        .outerjoin(Unit, Unit.id == Seat.unit_id)
        .where(Seat.contest_id == contest_id, PersonDetails.search_key.contains(search_key(words), autoescape=True))
        .order_by(Seat.ended_at.is_not(None), order, Seat.id)
    )
    return page_of(
        session, statement, number, make=lambda row: SeatRow(row[0], row[1], row[2], seat_state(row[0], now))
    )


def get_seat_row(session: Session, contest_id: int, seat_id: int, now: datetime) -> SeatRow:
    """The contest's own seat with its person's name. Raises `NotFound`."""
    row = session.execute(
        select(Seat, PersonDetails.full_name, Unit.name)
        .join(PersonDetails, PersonDetails.person_id == Seat.person_id)
        .outerjoin(Unit, Unit.id == Seat.unit_id)
        .where(Seat.contest_id == contest_id, Seat.id == seat_id)
    ).first()
    if row is None:
        raise NotFound
    return SeatRow(row[0], row[1], row[2], seat_state(row[0], now))


def open_invitations(session: Session, contest_id: int) -> list[InvitationRow]:
    """Invitations that wait to be taken, newest first."""
    rows = session.execute(
        select(Invitation, Unit.name)
        .outerjoin(Unit, Unit.id == Invitation.unit_id)
        .where(Invitation.contest_id == contest_id, Invitation.taken_at.is_(None), Invitation.withdrawn_at.is_(None))
        .order_by(Invitation.id.desc())
    )
    return [InvitationRow(invitation, unit_name) for invitation, unit_name in rows]


def open_invitation(session: Session, token_digest: str, *, is_locked: bool = False) -> Invitation | None:
    """The invitation behind a link, while it can be taken."""
    statement = select(Invitation).where(
        Invitation.token_hash == token_digest, Invitation.taken_at.is_(None), Invitation.withdrawn_at.is_(None)
    )
    return session.scalar(statement.with_for_update() if is_locked else statement)


def organizers_at(session: Session, contest_id: int, now: datetime) -> frozenset[int]:
    """The people who hold an organizer's seat at `now`."""
    return frozenset(
        session.scalars(
            select(Seat.person_id).where(Seat.contest_id == contest_id, Seat.role == Role.ORGANIZER, _is_held(now))
        )
    )


def organizer_rows(session: Session, contest_id: int, now: datetime) -> list[SeatRow]:
    """The organizers' seats that are held or will be, for the operator."""
    rows = session.execute(
        select(Seat, PersonDetails.full_name)
        .join(PersonDetails, PersonDetails.person_id == Seat.person_id)
        .where(Seat.contest_id == contest_id, Seat.role == Role.ORGANIZER, Seat.ended_at.is_(None))
        .order_by(PersonDetails.sort_key, Seat.id)
    )
    return [SeatRow(seat, name, None, seat_state(seat, now)) for seat, name in rows]


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
        .where(Seat.person_id == person_id, _is_held(now))
    )
    return frozenset(_held_seat(*row) for row in rows)


def find_seated(engine: Engine, token: str, now: datetime) -> tuple[SignedIn, frozenset[HeldSeat]] | None:
    """The person of a session that is neither over nor revoked, and the seats held. One statement, asked directly."""
    rows = _SEATED.rows(engine, token_hash=token_digest(token), now=now)
    if not rows:
        return None
    seats = (row[SIGNED_IN_COLUMNS:] for row in rows)
    return SignedIn(*rows[0][:SIGNED_IN_COLUMNS]), frozenset(_held_seat(*seat) for seat in seats if seat[0] is not None)


def desks_of(session: Session, contest_ids: frozenset[int]) -> list[Contest]:
    """These contests, newest first."""
    return list(session.scalars(select(Contest).where(Contest.id.in_(contest_ids)).order_by(Contest.id.desc())))


def _is_held(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    return and_(
        Seat.valid_from <= now,
        or_(Seat.valid_until.is_(None), Seat.valid_until > now),
        Seat.ended_at.is_(None),
    )


def _held_seat(contest_id: int, slug: str, role: Role, unit_id: int | None) -> HeldSeat:
    return HeldSeat(contest_id, slug, str(role), unit_id)


SIGNED_IN_COLUMNS = len(SIGNED_IN.selected_columns)
_SEATED = DirectRead(
    SIGNED_IN.add_columns(Seat.contest_id, Contest.slug, Seat.role, Seat.unit_id)
    .outerjoin(Seat, and_(Seat.person_id == Person.id, _is_held(bindparam("now", type_=UtcDateTime))))
    .outerjoin(Contest, Contest.id == Seat.contest_id)
)
