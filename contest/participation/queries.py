"""Reading participations and enrolments."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from contest.accounts.models import PersonDetails
from contest.contests.models import Group
from contest.errors import NotFound
from contest.i18n import search_key
from contest.paging import Page, page_of
from contest.participation.domain.eligibility import AgeGroup
from contest.participation.models import Enrolment, Participation
from contest.units.models import Unit

STATES: dict[str, ColumnElement[bool]] = {
    "counted": Participation.excluded_at.is_(None),
    "begun": and_(Participation.excluded_at.is_(None), Participation.frozen_at.is_not(None)),
    "excluded": Participation.excluded_at.is_not(None),
}


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A participant as the desk and the person see it."""

    id: int
    person_id: int
    full_name: str
    birth_date: date | None
    group_id: int
    group_name: str
    unit_id: int
    unit_name: str
    joined_at: datetime
    frozen_at: datetime | None
    excluded_at: datetime | None
    exclusion_reason: str
    extra_time_ms: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which participants a list shows; nothing named means all. `state` is one of `STATES`."""

    group_id: int | None = None
    unit_id: int | None = None
    state: str = ""


EVERYBODY = Wanted()


@dataclass(frozen=True, slots=True)
class PupilRow:
    """A pupil whom a school enrolled; `participation_id` when the pupil takes part in the contest at hand."""

    person_id: int
    full_name: str
    birth_date: date | None
    class_name: str
    unit_name: str
    participation_id: int | None


def contest_groups(session: Session, contest_id: int) -> list[AgeGroup]:
    """The contest's groups in their order."""
    rows = session.execute(
        select(Group.id, Group.name, Group.age_from, Group.age_to)
        .where(Group.contest_id == contest_id)
        .order_by(Group.position, Group.id)
    )
    return [AgeGroup(*row) for row in rows]


def find_birth_date(session: Session, person_id: int) -> date | None:
    """A person's birth date, if it is known."""
    return session.scalar(select(PersonDetails.birth_date).where(PersonDetails.person_id == person_id))


def find_participation(session: Session, contest_id: int, person_id: int) -> Participation | None:
    """This person's participation in this contest."""
    return session.scalar(
        select(Participation).where(Participation.contest_id == contest_id, Participation.person_id == person_id)
    )


def locked_participation(session: Session, contest_id: int, participation_id: int) -> Participation:
    """A participation of this contest, held until the unit of work ends. Raises `NotFound`."""
    participation = session.scalar(
        select(Participation)
        .where(Participation.contest_id == contest_id, Participation.id == participation_id)
        .with_for_update()
    )
    if participation is None:
        raise NotFound
    return participation


def find_own_facts(session: Session, contest_id: int, person_id: int) -> ParticipantRow | None:
    """What a person reads about their own participation."""
    row = session.execute(_participants(contest_id).where(Participation.person_id == person_id)).first()
    return ParticipantRow(*row) if row else None


def get_participant(session: Session, contest_id: int, participation_id: int) -> ParticipantRow:
    """One participant of this contest. Raises `NotFound`."""
    row = session.execute(_participants(contest_id).where(Participation.id == participation_id)).first()
    if row is None:
        raise NotFound
    return ParticipantRow(*row)


def participants_page(
    session: Session,
    contest_id: int,
    wanted: Wanted = EVERYBODY,
    *,
    words: str = "",
    sort: str = "name",
    is_descending: bool = False,
    number: int = 1,
) -> Page[ParticipantRow]:
    """Participants of a contest, searched by name without tones. Two statements."""
    statement = _participants(contest_id)
    if words:
        statement = statement.where(PersonDetails.search_key.contains(search_key(words), autoescape=True))
    if wanted.group_id is not None:
        statement = statement.where(Participation.group_id == wanted.group_id)
    if wanted.unit_id is not None:
        statement = statement.where(Participation.unit_id == wanted.unit_id)
    if wanted.state in STATES:
        statement = statement.where(STATES[wanted.state])
    keys = {"name": PersonDetails.sort_key, "unit": Unit.sort_key, "joined": Participation.joined_at}
    key = keys[sort]
    statement = statement.order_by(key.desc() if is_descending else key.asc(), PersonDetails.sort_key, Participation.id)
    return page_of(session, statement, number, make=lambda row: ParticipantRow(*row))


def pupils_page(
    session: Session,
    contest_id: int,
    unit_ids: Collection[int],
    *,
    words: str = "",
    class_name: str = "",
    sort: str = "name",
    is_descending: bool = False,
    number: int = 1,
) -> Page[PupilRow]:
    """Pupils enrolled by these schools. Two statements."""
    statement = _pupils(contest_id, unit_ids)
    if words:
        statement = statement.where(PersonDetails.search_key.contains(search_key(words), autoescape=True))
    if class_name:
        statement = statement.where(Enrolment.class_name == class_name)
    keys = {"name": PersonDetails.sort_key, "class": Enrolment.class_name}
    key = keys[sort]
    statement = statement.order_by(
        key.desc() if is_descending else key.asc(), PersonDetails.sort_key, Enrolment.person_id
    )
    return page_of(session, statement, number, make=lambda row: PupilRow(*row))


def enrolled_pupils(
    session: Session, contest_id: int, unit_ids: Collection[int], person_ids: Collection[int]
) -> list[PupilRow]:
    """Those of these people whom these schools enrolled, by name."""
    statement = _pupils(contest_id, unit_ids).where(Enrolment.person_id.in_(person_ids))
    return [PupilRow(*row) for row in session.execute(statement.order_by(PersonDetails.sort_key, Enrolment.person_id))]


def class_names(session: Session, unit_ids: Collection[int]) -> list[str]:
    """The classes of these schools that have pupils."""
    statement = select(Enrolment.class_name).where(Enrolment.unit_id.in_(unit_ids)).distinct()
    return list(session.scalars(statement.order_by(Enrolment.class_name)))


def known_pupils(session: Session, unit_id: int) -> set[tuple[str, date | None]]:
    """Lower-case name and birth date of everybody whom this school has enrolled."""
    rows = session.execute(
        select(PersonDetails.full_name, PersonDetails.birth_date)
        .join(Enrolment, Enrolment.person_id == PersonDetails.person_id)
        .where(Enrolment.unit_id == unit_id)
    )
    return {(full_name.lower(), birth_date) for full_name, birth_date in rows}


def _participants(contest_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Participation.id,
            Participation.person_id,
            PersonDetails.full_name,
            PersonDetails.birth_date,
            Group.id.label("group_id"),
            Group.name.label("group_name"),
            Unit.id.label("unit_id"),
            Unit.name.label("unit_name"),
            Participation.joined_at,
            Participation.frozen_at,
            Participation.excluded_at,
            Participation.exclusion_reason,
            Participation.extra_time_ms,
        )
        .join(PersonDetails, PersonDetails.person_id == Participation.person_id)
        .join(Group, Group.id == Participation.group_id)
        .join(Unit, Unit.id == Participation.unit_id)
        .where(Participation.contest_id == contest_id)
    )


def _pupils(contest_id: int, unit_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Enrolment.person_id,
            PersonDetails.full_name,
            PersonDetails.birth_date,
            Enrolment.class_name,
            Unit.name.label("unit_name"),
            Participation.id.label("participation_id"),
        )
        .join(PersonDetails, PersonDetails.person_id == Enrolment.person_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .outerjoin(
            Participation,
            and_(Participation.person_id == Enrolment.person_id, Participation.contest_id == contest_id),
        )
        .where(Enrolment.unit_id.in_(unit_ids))
    )
