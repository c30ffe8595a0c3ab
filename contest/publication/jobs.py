"""Queued work of publications: people are told that their place is another one."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from contest.corrections.queries.told import RoundNamed, round_named
from contest.notices.domain import News
from contest.notices.services import tell_people
from contest.publication.models import Publication
from contest.publication.queries import find_published, get_publication
from contest.publication.queries.moved import PlaceMoved, places_moved

TOLD = 200
"""People who are told in one unit of work."""

WriteNews = Callable[[RoundNamed, Publication, PlaceMoved], News]


class Work(Protocol):
    """A piece of queued work."""

    arguments: Mapping[str, Any]

    def unit(self, advance_by: int = 1) -> AbstractContextManager[tuple[Session, datetime]]:
        """One unit of work."""


def tell_of_places(work: Work, write: WriteNews, read: Callable[[], Session]) -> None:
    """Tell everybody whose published place moved with a corrected key, while this list is public.

    Interrupted or done again, it tells nobody twice.
    """
    publication = get_publication(read(), work.arguments["round_id"], work.arguments["version"])
    round_id, version, named = publication.round_id, publication.version, round_named(read(), publication.round_id)
    news = [write(named, publication, each) for each in places_moved(read(), publication)]
    for start in range(0, len(news), TOLD):
        with work.unit(0) as (session, now):
            shown = find_published(session, round_id)
            if shown is None or shown.version != version:
                return
            tell_people(session, now, news[start : start + TOLD])
