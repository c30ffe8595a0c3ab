"""Tables of the question bank. A revision that was used never changes; papers point at revisions."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint, false, text
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
    TAKEN_BACK = "taken_back"
    REMARK = "remark"
    ANSWER = "answer"
    RETIRED = "retired"
    RESTORED = "restored"


class LookAct(StrEnum):
    """How somebody came to see a question that is or was approved."""

    FOUND = "found"
    SEEN = "seen"
    PREVIEWED = "previewed"
    PRINTED = "printed"
    EXPORTED = "exported"


class ImportState(StrEnum):
    """Where an uploaded file of questions stands."""

    READING = "reading"
    UNUSABLE = "unusable"
    READ = "read"
    TAKEN = "taken"
    UNDONE = "undone"


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


class BankTopic(Base):
    """A topic in the tree of a bank. It arranges questions; what a question itself names stays in its revisions."""

    __tablename__ = "bank_topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("bank_topic.id"))
    name: Mapped[str] = mapped_column(String)
    position: Mapped[int]


class BankQuestion(Base):
    """A question through all its revisions. `current_revision_id` is the newest; papers use the approved one.

    Both point at revisions without a foreign key, since revisions already point back. What lists are narrowed and
    ordered by – kind, topic, difficulty, words and last change of the current revision – is repeated here, so that
    an index leads to the rows of a page however many questions a bank has. `checked_at`: when it was found what
    stands out in the current revision. A compulsory question is on every paper; of those with the same
    `exclusion_group`, which is the id of one that is or was among them, at most one is on a paper.
    """

    __tablename__ = "bank_question"
    __table_args__ = (
        UniqueConstraint("bank_id", "code"),
        Index("ix_bank_question_counted", "bank_id", "state", "topic_id", "difficulty", "approved_revision_id"),
        Index("ix_bank_question_by_change", "bank_id", "changed_at", "code"),
        Index("ix_bank_question_by_state", "bank_id", "state", "code"),
        Index("ix_bank_question_by_topic", "bank_id", "topic", "code"),
        Index("ix_bank_question_by_difficulty", "bank_id", "difficulty", "code"),
        Index("ix_bank_question_bank_id_created_by", "bank_id", "created_by"),
        Index(
            "ix_bank_question_unchecked",
            "id",
            postgresql_where=text("checked_at IS NULL"),
            sqlite_where=text("checked_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    code: Mapped[str] = mapped_column(String(50))
    state: Mapped[QuestionState] = mapped_column(text_enum(QuestionState), default=QuestionState.DRAFT)
    current_revision_id: Mapped[int | None]
    approved_revision_id: Mapped[int | None]
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    kind: Mapped[str | None] = mapped_column(String(20))
    topic: Mapped[str | None] = mapped_column(String)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("bank_topic.id"), index=True)
    difficulty: Mapped[int | None]
    search_key: Mapped[str | None] = mapped_column(String)
    checked_at: Mapped[datetime | None]
    is_compulsory: Mapped[bool] = mapped_column(default=False, server_default=false())
    exclusion_group: Mapped[int | None] = mapped_column(index=True)


class QuestionRevision(Base):
    """The content of a question as it was written once: `content` is `question_bank`'s JSON form.

    From `sent_at`, when a reviewer could first see it, a revision never changes: the next change makes another one.
    `digest` is of the content alone, so that it finds the copies of a question in other banks.
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
    digest: Mapped[str] = mapped_column(String(64), index=True)
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]


class ReviewNote(Base):
    """What a reviewer or the setter did with a revision or said about it.

    What a reviewer remarked or returned it for is open until it is settled; an answer belongs to such a note.
    """

    __tablename__ = "review_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("bank_question.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("question_revision.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    verdict: Mapped[Verdict] = mapped_column(text_enum(Verdict))
    note: Mapped[str] = mapped_column(String)
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("review_note.id"))
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None]


class QuestionLook(Base):
    """Somebody saw a revision of a question that is or was in use: once for each act and hour. Rows are only added."""

    __tablename__ = "question_look"

    revision_id: Mapped[int] = mapped_column(ForeignKey("question_revision.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    act: Mapped[LookAct] = mapped_column(text_enum(LookAct), primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("bank_question.id"), index=True)
    at: Mapped[datetime]
    request_id: Mapped[str] = mapped_column(String(20))


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


class QuestionBand(Base):
    """A part of the signature of what a current or approved revision asks; questions that share one may ask the same.

    The signature is `question_bank.lint.similar`'s; its bands are compared within one contest.
    """

    __tablename__ = "question_band"

    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), primary_key=True)
    band: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("question_revision.id"), primary_key=True, index=True)


class QuestionFinding(Base):
    """Something that stands out in a revision: a remark of `question_bank.lint`, in whose words it is told.

    With `other_id` it is about two revisions that ask nearly the same, and the other one has its mirror image.
    """

    __tablename__ = "question_finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("question_revision.id"), index=True)
    code: Mapped[str] = mapped_column(String(30))
    field: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_mild: Mapped[bool]
    other_id: Mapped[int | None] = mapped_column(ForeignKey("question_revision.id"), index=True)


class QuestionImport(Base):
    """A file that somebody uploaded for a bank, until they decide and a day at most.

    `key` is where the store keeps the file itself and, once it was read, its good questions. `report` says what was
    found in it; `taken` are the ids of the questions that came of it.
    """

    __tablename__ = "question_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String)
    key: Mapped[str] = mapped_column(String(80))
    state: Mapped[ImportState] = mapped_column(text_enum(ImportState), default=ImportState.READING)
    uploaded_at: Mapped[datetime]
    work_id: Mapped[int | None]
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    taken: Mapped[list[int] | None] = mapped_column(JSON)
