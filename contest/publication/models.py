"""Tables of publications: rows as shown, never changed. The highest version counts, unless it is withdrawn."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.db import Base, text_enum
from contest.units.models import UnitKind


class Publication(Base):
    """One published list of a round. `ranking_digest` was approved by two people, `shown_digest` pins its rows.

    `chain` is the ranking chain as used; `target` the prediction target (None: not asked) in the unit of
    `is_percent`; `note` is public and says why there is a further version. An entry counts as one attempt.
    """

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("round_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    version: Mapped[int]
    decision_number: Mapped[str] = mapped_column(String(80))
    decision_date: Mapped[date]
    note: Mapped[str] = mapped_column(String, default="")
    rules_version_id: Mapped[int] = mapped_column(ForeignKey("rules_version.id"))
    chain: Mapped[dict[str, Any]] = mapped_column(JSON)
    target: Mapped[int | None]
    is_percent: Mapped[bool] = mapped_column(default=False)
    participants: Mapped[int]
    attempts: Mapped[int]
    all_right: Mapped[int]
    ranking_digest: Mapped[str] = mapped_column(String(64))
    shown_digest: Mapped[str] = mapped_column(String(64))
    proposed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawal_reason: Mapped[str] = mapped_column(String, default="")


class PublicationRow(Base):
    """A person's line as shown. `position` counts from 1 in the group; `values` are integers in the keys' units.

    Where the committee put those who share the place in order, `decision` among them is the number of that decision.

    `unit_name` is empty where so few took part that it would name people; `search_key` holds only what is shown.
    """

    __tablename__ = "publication_row"
    __table_args__ = (
        UniqueConstraint("publication_id", "participation_id"),
        Index("ix_publication_row_place", "publication_id", "group_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("contest_group.id"))
    position: Mapped[int]
    rank: Mapped[int]
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"))
    shown_name: Mapped[str] = mapped_column(String)
    unit_name: Mapped[str] = mapped_column(String, default="")
    search_key: Mapped[str] = mapped_column(String)
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    deciding_key: Mapped[str | None] = mapped_column(String(32))
    tied_with: Mapped[int]
    prize: Mapped[str] = mapped_column(String, default="")


class PublicationUnit(Base):
    """A unit's line as shown. `rate` is in 1/1000 %; `points` are whole points of prizes."""

    __tablename__ = "publication_unit"
    __table_args__ = (Index("ix_publication_unit_place", "publication_id", "kind", "position"),)

    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    kind: Mapped[UnitKind] = mapped_column(text_enum(UnitKind))
    position: Mapped[int]
    rank: Mapped[int | None]
    unit_name: Mapped[str] = mapped_column(String)
    search_key: Mapped[str] = mapped_column(String)
    participants: Mapped[int]
    people: Mapped[int | None]
    rate: Mapped[int | None]
    points: Mapped[int]
