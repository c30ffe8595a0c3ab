"""Tables of standings: only what can't be computed again. Ranks are a function of attempts and rules."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from contest.db import Base


class RoundTarget(Base):
    """The number that predictions of a round are held against, fixed once after closing.

    `value` is a count, or 10⁻⁵ % where `target` is a percentage; None where nobody took part.
    """

    __tablename__ = "round_target"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    rules_version_id: Mapped[int] = mapped_column(ForeignKey("rules_version.id"))
    target: Mapped[str] = mapped_column(String(32))
    value: Mapped[int | None]
    participants: Mapped[int]
    attempts: Mapped[int]
    all_right: Mapped[int]
    frozen_at: Mapped[datetime]


class TieDecision(Base):
    """The committee's order of people who are tied: `place` counts from 1 within the tie."""

    __tablename__ = "tie_decision"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"), primary_key=True)
    place: Mapped[int]
    decision_number: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String)
    decided_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]
