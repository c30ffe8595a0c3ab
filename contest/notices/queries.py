"""Reading announcements, and the news of one person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from contest.contests.models import Contest, ContestState
from contest.errors import NotFound
from contest.i18n import search_key
from contest.notices.models import Announcement, PersonalNotice
from contest.paging import Page, page_of


@dataclass(frozen=True, slots=True)
class Notice:
    """An announcement with the contest that it belongs to."""

    id: int
    title: str
    body: str
    published_at: datetime
    withdrawn_at: datetime | None
    contest_slug: str
    contest_title: str


def latest_announcements(session: Session, limit: int) -> list[Notice]:
    """The newest public announcements of all contests."""
    statement = _newest_first(_public()).limit(limit)
    return [Notice(*row) for row in session.execute(statement)]


def public_announcements(session: Session, *, words: str = "", number: int = 1) -> Page[Notice]:
    """What everybody may read, the newest first. Two statements."""
    return page_of(session, _newest_first(_matching(_public(), words)), number, make=_notice)


def get_public_announcement(session: Session, slug: str, announcement_id: int) -> Notice:
    """One public announcement of a contest. Raises `NotFound`, also once it is withdrawn."""
    statement = _public().where(Contest.slug == slug, Announcement.id == announcement_id)
    row = session.execute(statement).first()
    if row is None:
        raise NotFound
    return Notice(*row)


def desk_announcements(
    session: Session, contest_id: int, *, words: str = "", sort: str = "published", is_descending: bool, number: int = 1
) -> Page[Notice]:
    """Every announcement of a contest, withdrawn ones too. Two statements."""
    statement = _matching(_all().where(Announcement.contest_id == contest_id), words)
    key = {"published": Announcement.published_at, "title": Announcement.search_key}[sort]
    statement = statement.order_by(key.desc() if is_descending else key.asc(), Announcement.id)
    return page_of(session, statement, number, make=_notice)


def get_announcement(session: Session, contest_id: int, announcement_id: int) -> Announcement:
    """An announcement of this contest. Raises `NotFound`."""
    statement = select(Announcement).where(Announcement.contest_id == contest_id, Announcement.id == announcement_id)
    announcement = session.scalar(statement)
    if announcement is None:
        raise NotFound
    return announcement


def unseen_news(session: Session, person_id: int, limit: int) -> list[PersonalNotice]:
    """What this person was told and has not seen yet, the newest first. One statement."""
    unseen = (PersonalNotice.person_id == person_id, PersonalNotice.seen_at.is_(None))
    statement = select(PersonalNotice).where(*unseen).order_by(PersonalNotice.id.desc()).limit(limit)
    return list(session.scalars(statement))


def get_own_notice(session: Session, person_id: int, notice_id: int) -> PersonalNotice:
    """News of this person, seen or not. Raises `NotFound`."""
    own = (PersonalNotice.id == notice_id, PersonalNotice.person_id == person_id)
    notice = session.scalar(select(PersonalNotice).where(*own))
    if notice is None:
        raise NotFound
    return notice


def people_told(session: Session, sources: Collection[str]) -> int:
    """How many people were told of these sources, each counted once. One statement."""
    told = select(func.count(PersonalNotice.person_id.distinct())).where(PersonalNotice.source.in_(sources))
    return session.scalar(told) or 0


def _all() -> Select[*tuple[Any, ...]]:
    return select(
        Announcement.id,
        Announcement.title,
        Announcement.body,
        Announcement.published_at,
        Announcement.withdrawn_at,
        Contest.slug,
        Contest.title,
    ).join(Contest, Contest.id == Announcement.contest_id)


def _public() -> Select[*tuple[Any, ...]]:
    return _all().where(Announcement.withdrawn_at.is_(None), Contest.state != ContestState.DRAFT)


def _matching(statement: Select[*tuple[Any, ...]], words: str) -> Select[*tuple[Any, ...]]:
    if not words:
        return statement
    return statement.where(Announcement.search_key.contains(search_key(words), autoescape=True))


def _newest_first(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return statement.order_by(Announcement.published_at.desc(), Announcement.id.desc())


def _notice(row: Any) -> Notice:
    return Notice(*row)
