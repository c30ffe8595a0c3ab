"""Reading whose published rank or prize is another one since a key was corrected."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.corrections.queries.told import moved_in_rank
from contest.participation.models import Participation
from contest.publication.models import Publication, PublicationRow
from contest.publication.queries.lists import find_row_of


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place in a published list: without a line there is no rank, without a prize an empty name."""

    rank: int | None
    prize: str


@dataclass(frozen=True, slots=True)
class PlaceMoved:
    """Somebody's place before and after, and the last correction that moved it."""

    person_id: int
    locale: str
    correction_id: int
    before: Place
    after: Place


NOWHERE = Place(None, "")


def places_moved(session: Session, publication: Publication) -> list[PlaceMoved]:
    """Those whose place differs between the list that was last public and this one, because a key was corrected.

    Nothing for a round's first list: nobody had read another place before. The same statements for any number.
    """
    earlier = _last_public(session, publication)
    if earlier is None:
        return []
    moved = moved_in_rank(session, publication.round_id, earlier.published_at, publication.published_at)
    before, after = (_places(session, each) for each in (earlier, publication)) if moved else ({}, {})
    changed = {
        key: (before.get(key, NOWHERE), after.get(key, NOWHERE)) for key in moved if before.get(key) != after.get(key)
    }
    people = select(Participation.id, Participation.person_id, Person.locale).join(
        Person, Person.id == Participation.person_id
    )
    rows = session.execute(
        people.join(PublicationRow).where(PublicationRow.publication_id.in_((earlier.id, publication.id))).distinct()
    )
    return [
        PlaceMoved(person_id, locale, moved[key], *changed[key]) for key, person_id, locale in rows if key in changed
    ]


def find_row_before(session: Session, publication_id: int, person_id: int) -> PublicationRow | None:
    """This person's line in the list that was last public before this one. At most three statements."""
    earlier = _last_public(session, session.get_one(Publication, publication_id))
    return find_row_of(session, earlier.id, person_id) if earlier else None


def _last_public(session: Session, publication: Publication) -> Publication | None:
    """The version before this one that people could read last: one that was withdrawn only where there is no other."""
    earlier = (Publication.round_id == publication.round_id, Publication.version < publication.version)
    order = (Publication.withdrawn_at.is_(None).desc(), Publication.version.desc())
    return session.scalar(select(Publication).where(*earlier).order_by(*order).limit(1))


def _places(session: Session, publication: Publication) -> dict[int, Place]:
    columns = (PublicationRow.participation_id, PublicationRow.rank, PublicationRow.prize)
    rows = session.execute(select(*columns).where(PublicationRow.publication_id == publication.id))
    return {key: Place(rank, prize) for key, rank, prize in rows}
