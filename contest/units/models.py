"""Tables of units."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.db import Base, text_enum


class UnitKind(StrEnum):
    """What a unit is; prizes for units compare like with like."""

    PROVINCE = "province"
    COMMUNE = "commune"
    AGENCY = "agency"
    SCHOOL = "school"


class Unit(Base):
    """A place or body that people belong to. Known by its code: names repeat and change."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(35), unique=True)
    kind: Mapped[UnitKind] = mapped_column(text_enum(UnitKind))
    name: Mapped[str] = mapped_column(String)
    sort_key: Mapped[str] = mapped_column(String)
    search_key: Mapped[str] = mapped_column(String)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


class Headcount(Base):
    """How many people a unit has from a date on: the denominator of its participation rate."""

    __tablename__ = "headcount"
    __table_args__ = (UniqueConstraint("unit_id", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    valid_from: Mapped[date]
    people: Mapped[int]
    source: Mapped[str] = mapped_column(String)
