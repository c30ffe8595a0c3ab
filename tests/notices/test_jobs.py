"""Many people are told in pieces, as long as there is something to tell."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.notices import jobs
from contest.notices.domain import News
from contest.notices.models import PersonalNotice
from tests.factories import NOW, make_contest, make_person


class Units:
    """Counts the units of work."""

    def __init__(self, session: Session) -> None:
        self.count = 0
        self._session = session

    @contextmanager
    def unit(self, advance_by: int = 1) -> Iterator[tuple[Session, datetime]]:
        self.count += 1
        yield self._session, NOW


@pytest.fixture
def news(session: Session) -> list[News]:
    contest = make_contest(session)
    people = [make_person(session) for _ in range(3)]
    return [News(contest.id, each.id, "a source", "Tin", "Nội dung", "/", "Thư") for each in people]


@pytest.mark.parametrize(("most", "units"), [(1, 3), (2, 2), (3, 1), (4, 1)])
def test_everybody_is_told_in_pieces(
    session: Session, news: list[News], monkeypatch: pytest.MonkeyPatch, most: int, units: int
) -> None:
    monkeypatch.setattr(jobs, "TOLD", most)
    work = Units(session)
    jobs.tell_all(work, news)
    assert work.count == units
    assert set(session.scalars(select(PersonalNotice.person_id))) == {each.person_id for each in news}


def test_nobody_else_is_told_once_it_no_longer_holds(
    session: Session, news: list[News], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "TOLD", 1)
    work = Units(session)
    jobs.tell_all(work, news, lambda _session: work.count < 2)
    assert list(session.scalars(select(PersonalNotice.person_id))) == [news[0].person_id]
