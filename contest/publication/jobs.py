"""Queued work of publications: people are told that their place is another one."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from sqlalchemy.orm import Session

from contest.corrections.queries.told import RoundNamed, round_named
from contest.notices.domain import News
from contest.notices.jobs import Units, tell_all
from contest.publication.models import Publication
from contest.publication.queries import find_published, get_publication
from contest.publication.queries.moved import PlaceMoved, places_moved

WriteNews = Callable[[RoundNamed, Publication, PlaceMoved], News]


class Work(Units, Protocol):
    """A piece of queued work, with what it is about."""

    arguments: Mapping[str, Any]


def tell_of_places(work: Work, write: WriteNews, read: Callable[[], Session]) -> None:
    """Tell everybody whose published place moved with a corrected key, while this list is public.

    Interrupted or done again, it tells nobody twice.
    """
    publication = get_publication(read(), work.arguments["round_id"], work.arguments["version"])
    round_id, version, named = publication.round_id, publication.version, round_named(read(), publication.round_id)

    def is_shown(session: Session) -> bool:
        shown = find_published(session, round_id)
        return shown is not None and shown.version == version

    tell_all(work, [write(named, publication, each) for each in places_moved(read(), publication)], is_shown)
