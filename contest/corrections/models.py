"""Tables of corrections: what is proposed, the marks it would give, and whom it would move."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.db import Base, text_enum
from contest.quiz.domain.rulings import RulingAct


class CorrectionState(StrEnum):
    """`COUNTING` while work marks every attempt again, `READY` once its effects are known; the last two are final."""

    COUNTING = "counting"
    READY = "ready"
    APPLIED = "applied"
    DROPPED = "dropped"


class Correction(Base):
    """What is to be ruled about one revision in one round. `number` counts from 1 in the round.

    `answers` is what is right from then on (`quiz.domain.rulings`); `reason` and `appeals` stay in the committee,
    `note` is public. `basis` is the number of the marking that its effects are counted from, and `material` the digest
    of what both lists were ranked from. `figures` are the effects in numbers, `digest` pins the marks and both lists.
    """

    __tablename__ = "correction"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    revision_id: Mapped[int] = mapped_column(ForeignKey("question_revision.id"), index=True)
    act: Mapped[RulingAct] = mapped_column(text_enum(RulingAct))
    answers: Mapped[list[Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String)
    appeals: Mapped[str] = mapped_column(String)
    note: Mapped[str] = mapped_column(String)
    state: Mapped[CorrectionState] = mapped_column(text_enum(CorrectionState), default=CorrectionState.COUNTING)
    proposed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    work_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"))
    basis: Mapped[int | None]
    material: Mapped[str | None] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64), default="")
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    counted_at: Mapped[datetime | None]
    applied_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    applied_at: Mapped[datetime | None]


class NewMark(Base):
    """The result that an attempt would have, or has got, by a correction; only where it differs from what stands."""

    __tablename__ = "correction_mark"

    correction_id: Mapped[int] = mapped_column(ForeignKey("correction.id"), primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True, index=True)
    right_count: Mapped[int]
    question_count: Mapped[int]
    points: Mapped[int]
    marks: Mapped[list[Any]] = mapped_column(JSON)


class Move(Base):
    """Somebody whose line of the list changes: points in 1/1000, no rank where there is no place."""

    __tablename__ = "correction_move"
    __table_args__ = (Index("ix_correction_move_rank", "correction_id", "rank_after"),)

    correction_id: Mapped[int] = mapped_column(ForeignKey("correction.id"), primary_key=True)
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("contest_group.id"))
    points_before: Mapped[int]
    points_after: Mapped[int]
    right_before: Mapped[int]
    right_after: Mapped[int]
    rank_before: Mapped[int | None]
    rank_after: Mapped[int | None]
    prize_before: Mapped[str] = mapped_column(String)
    prize_after: Mapped[str] = mapped_column(String)
