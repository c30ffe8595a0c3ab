"""Tables of the record. The chain holds ids, codes and salted digests; what is personal lives in a side row."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.db import Base


class AuditChain(Base):
    """The head of one chain. Its row is locked while a record is appended. Scope 0 is the platform itself."""

    __tablename__ = "audit_chain"

    scope: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    length: Mapped[int]
    head: Mapped[str] = mapped_column(String(64))


class AuditRecord(Base):
    """One act. Never updated, never deleted."""

    __tablename__ = "audit_record"
    __table_args__ = (UniqueConstraint("scope", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[int]
    seq: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    act: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(120))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    detail_digest: Mapped[str | None] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class AuditDetail(Base):
    """What was there before and after. Erasure may delete it; the chain still verifies."""

    __tablename__ = "audit_detail"

    record_id: Mapped[int] = mapped_column(ForeignKey("audit_record.id"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
