"""Publishing and withdrawing announcements; telling single people something."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from contest.accounts.queries import verified_addresses
from contest.actors import Actor
from contest.audit.services import record
from contest.errors import DomainError, NotAllowed
from contest.i18n import nfc, search_key
from contest.mail.services import queue
from contest.notices.domain import News, tidied
from contest.notices.models import Announcement, PersonalNotice
from contest.notices.policies import may_announce
from contest.notices.queries import get_announcement, get_own_notice


def publish_announcement(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, title: str, body: str
) -> Announcement:
    """Publish at once. Raises `NotAllowed`, `announcement_empty`."""
    _ensure_voice(actor, contest_id)
    title, body = nfc(title), tidied(body)
    for field, text in (("title", title), ("body", body)):
        if not text:
            raise DomainError("announcement_empty", field=field)
    announcement = Announcement(
        contest_id=contest_id,
        title=title,
        search_key=search_key(title),
        body=body,
        published_at=now,
        published_by=actor.person_id,
    )
    session.add(announcement)
    session.flush()
    _note(session, actor, now, announcement, "announcement.published")
    return announcement


def withdraw_announcement(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, announcement_id: int
) -> Announcement:
    """Take an announcement off the public pages; the record keeps it. Raises `announcement_withdrawn` a second time."""
    _ensure_voice(actor, contest_id)
    announcement = get_announcement(session, contest_id, announcement_id)
    if announcement.withdrawn_at is not None:
        raise DomainError("announcement_withdrawn")
    announcement.withdrawn_at = now
    session.flush()
    _note(session, actor, now, announcement, "announcement.withdrawn")
    return announcement


def tell_people(session: Session, now: datetime, news: Sequence[News]) -> int:
    """Tell these people on their own pages, and by mail where the address is proved; how many were told.

    Whoever was told of the same source before is left out. The same statements for any number, and one per letter.
    """
    people = {each.person_id for each in news}
    sources = {each.source for each in news}
    told = select(PersonalNotice.source, PersonalNotice.person_id).where(
        PersonalNotice.source.in_(sources), PersonalNotice.person_id.in_(people)
    )
    before = {(source, person_id) for source, person_id in session.execute(told)}
    fresh = [each for each in news if (each.source, each.person_id) not in before]
    if not fresh:
        return 0
    session.execute(insert(PersonalNotice), [_row(now, each) for each in fresh])
    addresses = verified_addresses(session, people)
    for each in fresh:
        if each.person_id in addresses:
            queue(session, now, addresses[each.person_id], each.title, each.letter)
    return len(fresh)


def see_notice(session: Session, actor: Actor, now: datetime, *, notice_id: int) -> PersonalNotice:
    """Its reader has seen it: it no longer stands on their pages. Raises `NotFound` for anybody else's."""
    notice = get_own_notice(session, actor.person_id, notice_id)
    notice.seen_at = notice.seen_at or now
    session.flush()
    return notice


def take_back_news(session: Session, sources: Collection[str]) -> None:
    """Nobody reads what of these sources nobody has read: what it tells of no longer shows."""
    unseen = (PersonalNotice.source.in_(sources), PersonalNotice.seen_at.is_(None))
    session.execute(delete(PersonalNotice).where(*unseen))


def _row(now: datetime, each: News) -> dict[str, object]:
    names = ("contest_id", "person_id", "source", "title", "body", "path")
    return {**{name: getattr(each, name) for name in names}, "told_at": now}


def _ensure_voice(actor: Actor, contest_id: int) -> None:
    if not may_announce(actor, contest_id):
        raise NotAllowed


def _note(session: Session, actor: Actor, now: datetime, announcement: Announcement, act: str) -> None:
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        act=act,
        subject=f"announcement:{announcement.id}",
        scope=announcement.contest_id,
        detail={"title": announcement.title, "body": announcement.body},
    )
