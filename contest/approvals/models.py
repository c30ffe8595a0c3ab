"""Table of proposed acts."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from contest.db import Base, text_enum


class ProposalState(StrEnum):
    """Where a proposed act stands. `APPROVED` and `REFUSED` are final; so is `WITHDRAWN`."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Proposal(Base):
    """An act that waits for a second person. The digest pins the content that was proposed and looked at."""

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String)
    state: Mapped[ProposalState] = mapped_column(text_enum(ProposalState), default=ProposalState.OPEN)
    proposed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str] = mapped_column(String, default="")
