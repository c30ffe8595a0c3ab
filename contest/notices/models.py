"""Table of announcements."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
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
