"""One-time codes for people without phone and mail: from their school, or from the secretary after a check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.domain import LoginKind, show_login
from contest.accounts.models import Login, Person
from contest.accounts.services import issue_reset_code
from contest.actors import Actor
from contest.audit.services import record
from contest.contests.models import Seat
from contest.errors import DomainError, NotAllowed, NotFound, Written
from contest.participation.events import has_open_attempt
from contest.participation.policies import coordinated_units, may_reset_citizens
from contest.participation.queries import enrolled_pupils, get_participant


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code as the slip says it. It is known nowhere else."""

    full_name: str
    class_name: str
    login: str
    code: str


def reset_pupils(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, person_ids: Sequence[int]
) -> list[NewCode]:
    """Codes for pupils whom the actor's school enrolled; all of them or none.

    Raises `NotFound` when one of them is not such a pupil, `reset_while_open`, `reset_not_here`.
    """
    pupils = enrolled_pupils(session, contest_id, coordinated_units(actor, contest_id), person_ids)
    if not pupils or len(pupils) != len(set(person_ids)):
        raise NotFound
    codes = [
        NewCode(
            pupil.full_name,
            pupil.class_name,
            _only_login(session, pupil.person_id, pupil.full_name, LoginKind.CODE),
            issue_reset_code(session, actor, now, person_id=pupil.person_id, check_note=pupil.unit_name),
        )
        for pupil in pupils
    ]
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        act="pupils.reset",
        subject=f"contest:{contest_id}",
        scope=contest_id,
        facts={"persons": [pupil.person_id for pupil in pupils]},
    )
    return codes


def reset_citizen(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, participation_id: int, check_note: str
) -> NewCode:
    """A code for a participant who has nothing but a phone number, after the check that `check_note` tells.

    Raises `NotAllowed`, `NotFound`, `check_note_missing`, `reset_while_open`, `reset_not_here`.
    """
    if not may_reset_citizens(actor, contest_id):
        raise NotAllowed
    participant = get_participant(session, contest_id, participation_id)
    login = _only_login(session, participant.person_id, participant.full_name, LoginKind.PHONE)
    code = issue_reset_code(session, actor, now, person_id=participant.person_id, check_note=check_note)
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        act="participant.reset",
        subject=f"participation:{participation_id}",
        scope=contest_id,
        detail={"check": check_note},
    )
    return NewCode(participant.full_name, "", login, code)


def _only_login(session: Session, person_id: int, full_name: str, kind: LoginKind) -> str:
    """The login as it is written, when the person may be reset here.

    Whoever has another way in uses that; and an account with rights over others is never opened by a single seat.
    """
    if any(is_busy(session, person_id) for is_busy in has_open_attempt):
        raise DomainError("reset_while_open", name=Written(full_name))
    logins = session.scalars(select(Login).where(Login.person_id == person_id)).all()
    has_rights = session.scalar(
        select(Person.id).where(
            Person.id == person_id,
            Person.is_admin | select(Seat.id).where(Seat.person_id == person_id).exists(),
        )
    )
    if has_rights is not None or [login.kind for login in logins] != [kind]:
        raise DomainError("reset_not_here", name=Written(full_name))
    return show_login(logins[0].kind, logins[0].value)
