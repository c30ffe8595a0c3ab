"""A school enrols a class: accounts, enrolments and participations in one go, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from contest.accounts.domain import ConsentGiver, consents_needed
from contest.accounts.services import GivenPassword, issue_account
from contest.actors import Actor
from contest.audit.services import record
from contest.contests.models import Contest
from contest.errors import DomainError, NotAllowed
from contest.i18n import local
from contest.participation.domain.class_list import CellFault, ClassList, Pupil
from contest.participation.domain.eligibility import age_at
from contest.participation.models import Enrolment
from contest.participation.policies import coordinated_units
from contest.participation.queries import known_pupils
from contest.participation.services.joining import ensure_joinable, group_of, new_participation
from contest.units.models import Unit
from contest.units.queries import is_unit_open


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A pupil's way in, as the slip says it. The password is known nowhere else."""

    full_name: str
    class_name: str
    login: str
    password: str


def check_class_list(
    session: Session, actor: Actor, contest: Contest, found: ClassList, *, group_id: int, unit_id: int
) -> list[CellFault]:
    """What is wrong with a list that reads well: ages outside the group, pupils who have an account already.

    Raises `NotAllowed` for a unit that isn't the actor's, `group_unknown`.
    """
    _ensure_own_unit(actor, contest.id, unit_id)
    group, known = group_of(session, contest.id, group_id), known_pupils(session, unit_id)
    faults = []
    for pupil in found.pupils:
        if not group.admits(age_at(pupil.birth_date, contest.decision_date)):
            error = DomainError("list_age", group=group.name)
            faults.append(CellFault(found.cell_of(pupil, "birth_date"), error))
        if (pupil.full_name.lower(), pupil.birth_date) in known:
            faults.append(CellFault(found.cell_of(pupil, "given"), DomainError("list_pupil_known")))
    return faults


def enrol_pupils(
    session: Session,
    actor: Actor,
    now: datetime,
    contest: Contest,
    found: ClassList,
    passwords: Sequence[GivenPassword],
    *,
    group_id: int,
    unit_id: int,
) -> list[Enrolled]:
    """Give every pupil of a faultless list an account, enrol them with the school and let them take part.

    The passwords are hashed before, so that nobody waits for the database. Parents of pupils below 16 have signed a
    paper form that the school keeps; pupils agree themselves at their first sign-in. Raises `NotAllowed`,
    `contest_not_joinable`, `group_unknown`, `unit_unknown`, `list_faulty`.
    """
    today = local(now, contest.time_zone).date()
    school = _held_school(session, actor, contest, unit_id, today)
    if found.faults or check_class_list(session, actor, contest, found, group_id=group_id, unit_id=unit_id):
        raise DomainError("list_faulty", field="file")
    person_ids, enrolled = [], []
    for pupil, password in zip(found.pupils, passwords, strict=True):
        account = issue_account(
            session,
            now,
            full_name=pupil.full_name,
            birth_date=pupil.birth_date,
            password=password,
            guardian_proof=_guardian_proof(pupil, school.code, today),
        )
        session.add(_enrolment(account.person_id, unit_id, pupil, actor, now))
        session.add(new_participation(contest.id, account.person_id, group_id, unit_id, now))
        person_ids.append(account.person_id)
        enrolled.append(Enrolled(pupil.full_name, pupil.class_name, account.login, account.password))
    session.flush()
    facts = {"group": group_id, "count": len(person_ids), "persons": person_ids}
    _note(session, actor, now, contest.id, unit_id, facts)
    return enrolled


def _held_school(session: Session, actor: Actor, contest: Contest, unit_id: int, today: date) -> Unit:
    """The actor's school, held until the unit of work ends, so that a list sent twice at once enrols nobody twice."""
    _ensure_own_unit(actor, contest.id, unit_id)
    ensure_joinable(contest)
    school = session.get_one(Unit, unit_id, with_for_update=True)
    if not is_unit_open(session, unit_id, today):
        raise DomainError("unit_unknown", field="unit")
    return school


def _note(
    session: Session, actor: Actor, now: datetime, contest_id: int, unit_id: int, facts: Mapping[str, object]
) -> None:
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        act="pupils.enrolled",
        subject=f"unit:{unit_id}",
        scope=contest_id,
        facts=facts,
    )


def _ensure_own_unit(actor: Actor, contest_id: int, unit_id: int) -> None:
    if unit_id not in coordinated_units(actor, contest_id):
        raise NotAllowed("unit_not_yours", field="unit")


def _guardian_proof(pupil: Pupil, school_code: str, today: date) -> str:
    needs_guardian = ConsentGiver.GUARDIAN in consents_needed(pupil.birth_date, today)
    return f"paper:{school_code}, {pupil.class_name}" if needs_guardian else ""


def _enrolment(person_id: int, unit_id: int, pupil: Pupil, actor: Actor, now: datetime) -> Enrolment:
    return Enrolment(
        person_id=person_id,
        unit_id=unit_id,
        class_name=pupil.class_name,
        enrolled_by=actor.person_id,
        enrolled_at=now,
    )
