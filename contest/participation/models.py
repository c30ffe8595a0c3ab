"""Tables of participations."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.db import Base


class Participation(Base):
    """One person in one contest. Group and unit can be changed until the first attempt freezes them.

    `draw_id` is random and known to nobody: papers are drawn from it.
    """

    __tablename__ = "participation"
    __table_args__ = (UniqueConstraint("contest_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("contest_group.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    draw_id: Mapped[str] = mapped_column(String(32))
    joined_at: Mapped[datetime]
    frozen_at: Mapped[datetime | None]
    excluded_at: Mapped[datetime | None]
    exclusion_reason: Mapped[str] = mapped_column(String, default="")
    extra_time_ms: Mapped[int] = mapped_column(default=0)


class Enrolment(Base):
    """A pupil whom a school has enrolled; only that school's coordinator may reset the pupil's password."""

    __tablename__ = "enrolment"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    class_name: Mapped[str] = mapped_column(String(40), default="")
    enrolled_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    enrolled_at: Mapped[datetime]
