"""Tables of contests. A contest's rules are one versioned document, as a published thể lệ is."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from contest.db import Base, text_enum


class ContestState(StrEnum):
    """What the committee has decided about a contest. Whether a round is open is never stored."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


class RoundKind(StrEnum):
    """What people do in a round."""

    QUIZ = "quiz"
    ENTRY = "entry"


class RulesState(StrEnum):
    """A version is written, proposed, then in force until the next one is."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"


class Role(StrEnum):
    """What a seat on the committee lets a person do, in its contest only."""

    ORGANIZER = "organizer"
    SECRETARY = "secretary"
    QUESTION_SETTER = "question_setter"
    QUESTION_REVIEWER = "question_reviewer"
    JUDGE = "judge"
    CHIEF_JUDGE = "chief_judge"
    COORDINATOR = "coordinator"


class Contest(Base):
    """One contest of one committee."""

    __tablename__ = "contest"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String)
    summary: Mapped[str] = mapped_column(String, default="")
    organizer_name: Mapped[str] = mapped_column(String)
    decision_number: Mapped[str] = mapped_column(String(80))
    decision_date: Mapped[date]
    time_zone: Mapped[str] = mapped_column(String(40), default="Asia/Ho_Chi_Minh")
    state: Mapped[ContestState] = mapped_column(text_enum(ContestState), default=ContestState.DRAFT)
    cancel_reason: Mapped[str] = mapped_column(String, default="")
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


class Group(Base):
    """Who competes with whom. Ages are whole years at the contest's decision date; None leaves the side open."""

    __tablename__ = "contest_group"
    __table_args__ = (UniqueConstraint("contest_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String)
    position: Mapped[int]
    age_from: Mapped[int | None]
    age_to: Mapped[int | None]


class Round(Base):
    """A stretch of time in which people take part: [opens_at, closes_at)."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("contest_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    public_id: Mapped[str] = mapped_column(String(22), unique=True)
    kind: Mapped[RoundKind] = mapped_column(text_enum(RoundKind))
    name: Mapped[str] = mapped_column(String)
    position: Mapped[int]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(String, default="")


class RulesVersion(Base):
    """The rules of a contest at one time: a value for each section that some feature knows how to execute."""

    __tablename__ = "rules_version"
    __table_args__ = (
        UniqueConstraint("contest_id", "number"),
        Index(
            "uq_rules_version_in_force",
            "contest_id",
            unique=True,
            sqlite_where=text("state = 'in_force'"),
            postgresql_where=text("state = 'in_force'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    number: Mapped[int]
    sections: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[RulesState] = mapped_column(text_enum(RulesState), default=RulesState.DRAFT)
    reason: Mapped[str] = mapped_column(String, default="")
    decision_number: Mapped[str] = mapped_column(String(80), default="")
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    in_force_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Seat(Base):
    """A person's place on a committee, between two dates. A coordinator's seat is for one unit."""

    __tablename__ = "seat"
    __table_args__ = (Index("ix_seat_person_id_contest_id", "person_id", "contest_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(text_enum(Role))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    given_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Invitation(Base):
    """A seat offered to somebody who has no account yet: taken when that phone or e-mail registers."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
    login: Mapped[str] = mapped_column(String(254), index=True)
    full_name: Mapped[str] = mapped_column(String)
    role: Mapped[Role] = mapped_column(text_enum(Role))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    given_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    taken_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
