"""Queued work of news: many people are told, in pieces."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from contest.notices.domain import News
from contest.notices.services import tell_people

TOLD = 200
"""People who are told in one unit of work."""


class Units(Protocol):
    """A piece of queued work, as far as its units of work go."""

    def unit(self, advance_by: int = 1) -> AbstractContextManager[tuple[Session, datetime]]:
        """One unit of work."""


def tell_all(work: Units, news: Sequence[News], holds: Callable[[Session], bool] = lambda _session: True) -> None:
    """Tell everybody, as long as it `holds`. Interrupted or done again, it tells nobody twice."""
    for start in range(0, len(news), TOLD):
        with work.unit(0) as (session, now):
            if not holds(session):
                return
            tell_people(session, now, news[start : start + TOLD])
