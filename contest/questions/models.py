"""Tables of the question bank. A revision that was used never changes; papers point at revisions."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.db import Base, text_enum


class QuestionState(StrEnum):
    """Where a question stands on its way to a paper."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    RETIRED = "retired"


class Verdict(StrEnum):
    """What happened to a revision, beside what was said about it."""

    SENT = "sent"
    APPROVED = "approved"
    RETURNED = "returned"
    REMARK = "remark"
    RETIRED = "retired"


class Bank(Base):
    """A set of questions of one contest."""

    __tablename__ = "bank"

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
    name: Mapped[str] = mapped_column(String)
    created_at: Mapped[datetime]


class RoundBank(Base):
    """Which bank a quiz round draws from."""

    __tablename__ = "round_bank"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)


class BankQuestion(Base):
    """A question through all its revisions. `current_revision_id` is the newest; papers use the approved one.

    Both point at revisions without a foreign key, since revisions already point back.
    """

    __tablename__ = "bank_question"
    __table_args__ = (
        UniqueConstraint("bank_id", "code"),
        Index("ix_bank_question_bank_id_state", "bank_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    code: Mapped[str] = mapped_column(String(50))
    state: Mapped[QuestionState] = mapped_column(text_enum(QuestionState), default=QuestionState.DRAFT)
    current_revision_id: Mapped[int | None]
    approved_revision_id: Mapped[int | None]
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


class QuestionRevision(Base):
    """The content of a question as it was written once: `content` is `question_bank`'s JSON form.

    From `sent_at`, when a reviewer could first see it, a revision never changes: the next change makes another one.
    """

    __tablename__ = "question_revision"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("bank_question.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    topic: Mapped[str] = mapped_column(String)
    difficulty: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    search_key: Mapped[str] = mapped_column(String)
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]


class ReviewNote(Base):
    """What a reviewer or the setter said about a revision."""

    __tablename__ = "review_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("bank_question.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("question_revision.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    verdict: Mapped[Verdict] = mapped_column(text_enum(Verdict))
    note: Mapped[str] = mapped_column(String)


class QuestionMedium(Base):
    """A picture or a sound for the questions of a bank, named by the SHA-256 of what is shown.

    `key` is where the store keeps it; the same file in several banks shares one. Length in ms, frame in pixels.
    """

    __tablename__ = "question_medium"
    __table_args__ = (UniqueConstraint("bank_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    digest: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(80), index=True)
    name: Mapped[str] = mapped_column(String)
    mime: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    duration_ms: Mapped[int | None]
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime]
