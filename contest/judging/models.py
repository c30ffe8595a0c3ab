"""Tables of judging. A case's official score is a function of its locked sheets, the panel rule and the agreement."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from contest.db import Base, text_enum


class CaseKind(StrEnum):
    """What is judged: a version of an entry, an essay answer of an attempt, or a person before the panel."""

    ENTRY = "entry"
    RESPONSE = "response"
    PERSON = "person"


class JudgingCase(Base):
    """One thing to be scored, known to judges by a random code; `position` is a random order.

    `subject_id` is the id of what is judged, in the table of its kind; an answer is named by attempt and slot
    (`queries.essays`). `handed_in_at` is when it was handed in. A case that was set aside is not scored.
    """

    __tablename__ = "judging_case"
    __table_args__ = (
        UniqueConstraint("round_id", "kind", "subject_id"),
        UniqueConstraint("round_id", "code"),
        Index("ix_judging_case_round_id_position", "round_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    kind: Mapped[CaseKind] = mapped_column(text_enum(CaseKind))
    subject_id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"), index=True)
    code: Mapped[str] = mapped_column(String(12))
    position: Mapped[int]
    handed_in_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    opened_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    set_aside_at: Mapped[datetime | None]
    set_aside_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    set_aside_reason: Mapped[str] = mapped_column(String, default="")


class ScoreSheet(Base):
    """One judge's seat at one case. Marks are 1/1000 point by criterion; the total is fixed when the sheet is locked.

    `place` counts the panel's seats from 1. A seat is held until `leased_until`, for ever once locked; a released
    sheet keeps what was written and frees its seat. With a `return_reason` its judge gave the case back and never gets
    it again. `reopened_at`: it was locked once and is not any more; its judge reads the `reopen_reason`.
    """

    __tablename__ = "score_sheet"
    __table_args__ = (
        Index(
            "uq_score_sheet_case_id_place",
            "case_id",
            "place",
            unique=True,
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
        Index(
            "uq_score_sheet_case_id_judge_id",
            "case_id",
            "judge_id",
            unique=True,
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
        Index("ix_score_sheet_judge_id", "judge_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("judging_case.id"))
    judge_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    place: Mapped[int]
    marks: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    comment: Mapped[str] = mapped_column(String, default="")
    revision: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    taken_at: Mapped[datetime]
    leased_until: Mapped[datetime]
    saved_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    return_reason: Mapped[str] = mapped_column(String, default="")
    reopened_at: Mapped[datetime | None]
    reopen_reason: Mapped[str] = mapped_column(String, default="")


class JudgeConflict(Base):
    """Why a judge never gets certain cases: those of one unit, or of one participant. Nobody is told."""

    __tablename__ = "judge_conflict"
    __table_args__ = (Index("ix_judge_conflict_contest_id_judge_id", "contest_id", "judge_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    judge_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    participation_id: Mapped[int | None] = mapped_column(ForeignKey("participation.id"))
    reason: Mapped[str] = mapped_column(String)
    noted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    noted_at: Mapped[datetime]


class CaseReport(Base):
    """Something that a judge found wrong with a case, and what the chief judge did about it."""

    __tablename__ = "case_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("judging_case.id"), index=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String)
    reported_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(String, default="")


class PanelAgreement(Base):
    """The score (1/1000 point) that the chair agreed with the members where their sheets lay too far apart.

    `totals` are the sheets' raw totals that it was agreed over; a sheet that is opened again voids it.
    """

    __tablename__ = "panel_agreement"

    case_id: Mapped[int] = mapped_column(ForeignKey("judging_case.id"), primary_key=True)
    score: Mapped[int]
    totals: Mapped[list[int]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(String)
    agreed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    agreed_at: Mapped[datetime]
