"""Publishing and withdrawing announcements."""

from datetime import datetime

from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.audit.services import record
from contest.errors import DomainError, NotAllowed
from contest.i18n import nfc, search_key
from contest.notices.domain import tidied
from contest.notices.models import Announcement
from contest.notices.policies import may_announce
from contest.notices.queries import get_announcement


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
