"""Names for the desk: who stands behind a participation, and the units."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from contest.accounts.models import PersonDetails
from contest.i18n import search_key
from contest.participation.models import Participation
from contest.units.models import Unit


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Who stands behind a participation, for the desk."""

    full_name: str
    unit_name: str


def people_facts(session: Session, participation_ids: Collection[int]) -> dict[int, PersonFacts]:
    """Names and units of these participations. One statement."""
    rows = session.execute(
        select(Participation.id, PersonDetails.full_name, Unit.name)
        .join(PersonDetails, PersonDetails.person_id == Participation.person_id)
        .join(Unit, Unit.id == Participation.unit_id)
        .where(Participation.id.in_(participation_ids))
    )
    return {participation_id: PersonFacts(full_name, unit) for participation_id, full_name, unit in rows}


def participations_named(session: Session, contest_id: int, words: str) -> frozenset[int]:
    """Participations of people or units whose name holds these words, with or without tones."""
    key = search_key(words)
    found = session.scalars(
        select(Participation.id)
        .join(PersonDetails, PersonDetails.person_id == Participation.person_id)
        .join(Unit, Unit.id == Participation.unit_id)
        .where(
            Participation.contest_id == contest_id,
            or_(
                PersonDetails.search_key.contains(key, autoescape=True), Unit.search_key.contains(key, autoescape=True)
            ),
        )
    )
    return frozenset(found)


def units_by_id(session: Session, unit_ids: Collection[int]) -> dict[int, Unit]:
    """These units. One statement."""
    return {unit.id: unit for unit in session.scalars(select(Unit).where(Unit.id.in_(unit_ids)))}
