"""Tables of announcements to everybody and of news for one person."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.db import Base


class Announcement(Base):
    """One announcement of a contest. A withdrawn one stays in the record but no longer shows.

    `search_key` is the title without tones.
    """

    __tablename__ = "announcement"

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
    title: Mapped[str] = mapped_column(String)
    search_key: Mapped[str] = mapped_column(String)
    body: Mapped[str] = mapped_column(String)
    published_at: Mapped[datetime]
    published_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]


class PersonalNotice(Base):
    """News for one person, on their own pages until they have seen it.

    `source` names what it tells of, so that nobody is told of the same thing twice; `path` is the page about it.
    """

    __tablename__ = "personal_notice"
    __table_args__ = (
        UniqueConstraint("source", "person_id"),
        Index("ix_personal_notice_person_id_seen_at", "person_id", "seen_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    source: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String)
    body: Mapped[str] = mapped_column(String)
    path: Mapped[str] = mapped_column(String(200))
    told_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
