"""Seats on a committee: offered, taken, ended. A contest never loses its last organizer."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.domain import LoginKind, LoginName, read_contact, read_full_name
from contest.accounts.models import Person
from contest.accounts.queries import find_person_by_login, full_names
from contest.actors import Actor
from contest.audit.services import record
from contest.contests import policies
from contest.contests.hooks import seat_obstacles
from contest.contests.models import Invitation, Role, Seat
from contest.contests.queries import open_invitation, organizers_at
from contest.contests.services.contests import living_contest, locked_contest
from contest.errors import DomainError, NotAllowed, NotFound
from contest.i18n import search_key
from contest.mail.services import queue

WriteLetter = Callable[[str | None], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Offer:
    """A seat for whoever is reached at `contact`, valid in [valid_from, valid_until)."""

    contact: str
    full_name: str
    role: Role
    unit_id: int | None
    valid_from: datetime
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class Offered:
    """What became of an offer: a seat at once, or an invitation with the token of its link, known only now."""

    subject_id: int
    token: str | None


def token_hash(token: str) -> str:
    """What the table keeps of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def offer_seat(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, offer: Offer, write_letter: WriteLetter
) -> Offered:
    """Seat somebody whose account is proved to be theirs, invite everybody else; an e-mail address gets a letter.

    `write_letter(token or None)` gives subject and text. Raises on the field at fault `full_name_…`, `login_…`,
    `seat_over`, `unit_missing`, `name_differs`, `seat_held`, `seat_own`, `invited_already`, and what
    `hooks.seat_obstacles` find.
    """
    policies.ensure(policies.may_seat(actor, contest_id, offer.role))
    living_contest(session, contest_id)
    full_name, login = read_full_name(offer.full_name), read_contact(offer.contact)
    _check(offer, now)
    person_id = find_person_by_login(session, login.value)
    if person_id is None or not _is_proved(session, person_id):
        offered = _invite(session, actor, now, contest_id, offer, login, full_name)
    else:
        offered = _seat(session, actor, now, contest_id, offer, person_id, full_name)
    if login.kind is LoginKind.EMAIL:
        queue(session, now, login.value, *write_letter(offered.token))
    return offered


def end_seat(session: Session, actor: Actor, now: datetime, *, contest_id: int, seat_id: int) -> Seat:
    """End a seat now. Raises `last_organizer`, `seat_ended`."""
    policies.ensure(policies.may_decide(actor, contest_id))
    locked_contest(session, contest_id)
    seat = session.scalar(select(Seat).where(Seat.contest_id == contest_id, Seat.id == seat_id))
    if seat is None:
        raise NotFound
    if seat.ended_at is not None:
        raise DomainError("seat_ended")
    if seat.role is Role.ORGANIZER and organizers_at(session, contest_id, now) <= {seat.person_id}:
        raise DomainError("last_organizer")
    seat.ended_at = now
    session.flush()
    _note(session, actor, now, contest_id, "seat.ended", f"seat:{seat.id}", seat.role, person=seat.person_id)
    return seat


def withdraw_invitation(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, invitation_id: int
) -> Invitation:
    """Make the link of an invitation useless. Raises `invitation_over`."""
    policies.ensure(policies.may_decide(actor, contest_id))
    invitation = session.scalar(
        select(Invitation).where(Invitation.contest_id == contest_id, Invitation.id == invitation_id).with_for_update()
    )
    if invitation is None:
        raise NotFound
    if invitation.taken_at is not None or invitation.withdrawn_at is not None:
        raise DomainError("invitation_over")
    invitation.withdrawn_at = now
    session.flush()
    _note(session, actor, now, contest_id, "seat.withdrawn", f"invitation:{invitation.id}", invitation.role)
    return invitation


def take_invitation(session: Session, actor: Actor, now: datetime, *, token: str) -> Seat:
    """Give the seat to whoever holds the link, but for the one who offered it.

    Only the link proves that the invitation reached its person: anybody may register with an address that is not
    theirs, so registering with the invited one gives nothing. Raises `NotFound`, `seat_own`, `invitation_expired`,
    `seat_held`, obstacles.
    """
    invitation = open_invitation(session, token_hash(token), is_locked=True)
    if invitation is None:
        raise NotFound("invitation_over")
    if invitation.given_by == actor.person_id:
        raise NotAllowed("seat_own")
    if invitation.valid_until is not None and invitation.valid_until <= now:
        raise DomainError("invitation_expired")
    living_contest(session, invitation.contest_id)
    _ensure_free(session, invitation.contest_id, actor.person_id, invitation.role, invitation.unit_id, now)
    seat = Seat(
        contest_id=invitation.contest_id,
        person_id=actor.person_id,
        role=invitation.role,
        unit_id=invitation.unit_id,
        valid_from=invitation.valid_from,
        valid_until=invitation.valid_until,
        given_by=invitation.given_by,
        given_at=now,
    )
    session.add(seat)
    invitation.taken_at = now
    session.flush()
    subject = f"seat:{seat.id}"
    _note(session, actor, now, invitation.contest_id, "seat.taken", subject, seat.role, invitation=invitation.id)
    return seat


def _check(offer: Offer, now: datetime) -> None:
    if offer.valid_until is not None and offer.valid_until <= max(now, offer.valid_from):
        raise DomainError("seat_over", field="valid_until")
    if (offer.role is Role.COORDINATOR) != (offer.unit_id is not None):
        raise DomainError("unit_missing" if offer.unit_id is None else "unit_superfluous", field="unit_id")


def _is_proved(session: Session, person_id: int) -> bool:
    """Whether the operator made the account, or a link of ours has reached its person before.

    Any other may be a stranger's who registered with the contact and name of somebody about to be seated.
    """
    has_sat = select(Seat.id).where(Seat.person_id == person_id).exists()
    return session.scalar(select(Person.id).where(Person.id == person_id, Person.is_admin | has_sat)) is not None


def _seat(
    session: Session, actor: Actor, now: datetime, contest_id: int, offer: Offer, person_id: int, full_name: str
) -> Offered:
    if person_id == actor.person_id and not policies.may_decide(actor, contest_id):
        raise NotAllowed("seat_own")
    if search_key(full_names(session, [person_id])[person_id]) != search_key(full_name):
        raise DomainError("name_differs", field="full_name")
    _ensure_free(session, contest_id, person_id, offer.role, offer.unit_id, now)
    seat = Seat(
        contest_id=contest_id,
        person_id=person_id,
        role=offer.role,
        unit_id=offer.unit_id,
        valid_from=offer.valid_from,
        valid_until=offer.valid_until,
        given_by=actor.person_id,
        given_at=now,
    )
    session.add(seat)
    session.flush()
    _note(session, actor, now, contest_id, "seat.given", f"seat:{seat.id}", seat.role, person=person_id)
    return Offered(seat.id, None)


def _invite(
    session: Session, actor: Actor, now: datetime, contest_id: int, offer: Offer, login: LoginName, full_name: str
) -> Offered:
    standing = select(Invitation.id).where(
        Invitation.contest_id == contest_id,
        Invitation.login == login.value,
        Invitation.role == offer.role,
        Invitation.taken_at.is_(None),
        Invitation.withdrawn_at.is_(None),
    )
    if session.scalar(standing.limit(1)) is not None:
        raise DomainError("invited_already", field="login")
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        contest_id=contest_id,
        login=login.value,
        full_name=full_name,
        role=offer.role,
        unit_id=offer.unit_id,
        valid_from=offer.valid_from,
        valid_until=offer.valid_until,
        given_by=actor.person_id,
        given_at=now,
        token_hash=token_hash(token),
    )
    session.add(invitation)
    session.flush()
    subject = f"invitation:{invitation.id}"
    detail = {"login": login.value, "full_name": full_name}
    _note(session, actor, now, contest_id, "seat.offered", subject, offer.role, detail=detail)
    return Offered(invitation.id, token)


def _ensure_free(
    session: Session, contest_id: int, person_id: int, role: Role, unit_id: int | None, now: datetime
) -> None:
    held = select(Seat.id).where(
        Seat.contest_id == contest_id,
        Seat.person_id == person_id,
        Seat.role == role,
        Seat.unit_id.is_(None) if unit_id is None else Seat.unit_id == unit_id,
        Seat.ended_at.is_(None),
        (Seat.valid_until.is_(None)) | (Seat.valid_until > now),
    )
    if session.scalar(held.limit(1)) is not None:
        raise DomainError("seat_held", field="login")
    for obstacle in seat_obstacles:
        obstacle(session, contest_id, person_id, role)


def _note(
    session: Session,
    actor: Actor,
    now: datetime,
    contest_id: int,
    act: str,
    subject: str,
    role: Role,
    *,
    detail: Mapping[str, object] | None = None,
    **facts: int,
) -> None:
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        act=act,
        subject=subject,
        scope=contest_id,
        facts={"role": role.value, **facts},
        detail=detail,
    )
