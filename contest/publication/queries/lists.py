"""Reading published lists whole, for the desk and for a person's own place."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from contest.accounts.domain import LoginKind
from contest.accounts.models import Login, PersonDetails
from contest.contests.models import Group
from contest.errors import NotFound
from contest.participation.models import Participation
from contest.publication.models import Publication, PublicationRow
from contest.units.models import Unit


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One person of a published list with the details that the committee needs to hand prizes over."""

    row: PublicationRow
    group_name: str
    full_name: str
    birth_date: date | None
    unit_code: str
    unit_name: str
    phone: str | None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Those who stand next before and after a row's tie; None at either end of the list."""

    before: PublicationRow | None
    after: PublicationRow | None


def find_published(session: Session, round_id: int) -> Publication | None:
    """What the public sees of this round: the last version, unless it is withdrawn."""
    last = find_last(session, round_id)
    return last if last is not None and last.withdrawn_at is None else None


def find_last(session: Session, round_id: int) -> Publication | None:
    """The highest version of this round, withdrawn or not."""
    return session.scalar(
        select(Publication).where(Publication.round_id == round_id).order_by(Publication.version.desc()).limit(1)
    )


def publications_of(session: Session, round_id: int) -> list[Publication]:
    """Every version, the newest first."""
    statement = select(Publication).where(Publication.round_id == round_id).order_by(Publication.version.desc())
    return list(session.scalars(statement))


def get_publication(session: Session, round_id: int, version: int) -> Publication:
    """This version of the round's list. Raises `NotFound`."""
    found = session.scalar(select(Publication).where(Publication.round_id == round_id, Publication.version == version))
    if found is None:
        raise NotFound
    return found


def published_rounds(session: Session, round_ids: Collection[int]) -> frozenset[int]:
    """Those of these rounds of which the public may see a list. One statement."""
    newer = aliased(Publication)
    is_replaced = select(newer.id).where(newer.round_id == Publication.round_id, newer.version > Publication.version)
    return frozenset(
        session.scalars(
            select(Publication.round_id).where(
                Publication.round_id.in_(round_ids), Publication.withdrawn_at.is_(None), ~is_replaced.exists()
            )
        )
    )


def find_row_of(session: Session, publication_id: int, person_id: int) -> PublicationRow | None:
    """This person's line of the list."""
    return session.scalar(
        select(PublicationRow)
        .join(Participation, Participation.id == PublicationRow.participation_id)
        .where(PublicationRow.publication_id == publication_id, Participation.person_id == person_id)
    )


def neighbours_of(session: Session, row: PublicationRow) -> Neighbours:
    """The lines next before and after those who share the row's rank. One statement."""
    before, after = row.rank - 1, row.rank + row.tied_with + 1
    found = session.scalars(
        select(PublicationRow).where(
            PublicationRow.publication_id == row.publication_id,
            PublicationRow.group_id == row.group_id,
            PublicationRow.position.in_((before, after)),
        )
    )
    at = {each.position: each for each in found}
    return Neighbours(at.get(before), at.get(after))


def group_size(session: Session, row: PublicationRow) -> int:
    """How many people have a place in the row's group."""
    statement = select(func.count()).where(
        PublicationRow.publication_id == row.publication_id, PublicationRow.group_id == row.group_id
    )
    return session.scalar(statement) or 0


def export_rows(session: Session, publication_id: int) -> Iterator[ExportRow]:
    """Every line in order, group by group, with personal details. For the committee only."""
    phone = (
        select(func.min(Login.value))
        .where(Login.person_id == Participation.person_id, Login.kind == LoginKind.PHONE)
        .correlate(Participation)
        .scalar_subquery()
    )
    rows: Any = session.execute(
        select(
            PublicationRow,
            Group.name,
            PersonDetails.full_name,
            PersonDetails.birth_date,
            Unit.code,
            Unit.name,
            phone,
        )
        .join(Participation, Participation.id == PublicationRow.participation_id)
        .join(PersonDetails, PersonDetails.person_id == Participation.person_id)
        .join(Unit, Unit.id == Participation.unit_id)
        .join(Group, Group.id == PublicationRow.group_id)
        .where(PublicationRow.publication_id == publication_id)
        .order_by(Group.position, Group.id, PublicationRow.position)
    )
    return (ExportRow(*row) for row in rows)
