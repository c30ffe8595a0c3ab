"""Tables of entries: the prompts, a person's draft, the files, and every version that was handed in."""

from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.db import Base, text_enum
from contest.entries.domain.limits import AnswerForm
from contest.media.facts import Facts, Kind


class FileState(StrEnum):
    """Where a file stands: bytes are arriving, its content is examined, it is good, or it was refused or given up."""

    RECEIVING = "receiving"
    CHECKING = "checking"
    READY = "ready"
    REFUSED = "refused"
    DISCARDED = "discarded"


class Prompt(Base):
    """A đề of one group in one round. `questions` are the texts of its questions, in order; all are answered."""

    __tablename__ = "prompt"
    __table_args__ = (UniqueConstraint("round_id", "group_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("contest_group.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String)
    questions: Mapped[list[str]] = mapped_column(JSON)


class Entry(Base):
    """One person's entry in one round. `standing` is the number of the version that counts, None while none does."""

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("round_id", "participation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    prompt_id: Mapped[int | None] = mapped_column(ForeignKey("prompt.id"))
    standing: Mapped[int | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class DraftAnswer(Base):
    """The draft of one answer. `revision` grows with each save, so that a second device never overwrites unseen."""

    __tablename__ = "draft_answer"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    question: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    form: Mapped[AnswerForm] = mapped_column(text_enum(AnswerForm))
    text: Mapped[str] = mapped_column(String, default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("entry_file.id"))
    revision: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime]


class EntryFile(Base):
    """A file that answers a question. Bytes arrive in parts and are put together under `key` when all are there.

    `mime`, length (ms), frame (pixels), `words` and `pages` are what its content says, never its name. `copies` are
    the derived pieces that judges see, in order: `{"key", "mime", "size"}`. A refused file keeps `fault` and the
    values of its sentence.
    """

    __tablename__ = "entry_file"
    __table_args__ = (Index("ix_entry_file_state_touched_at", "state", "touched_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    question: Mapped[int]
    form: Mapped[AnswerForm] = mapped_column(text_enum(AnswerForm))
    name: Mapped[str] = mapped_column(String(255))
    size: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    state: Mapped[FileState] = mapped_column(text_enum(FileState), default=FileState.RECEIVING)
    fault: Mapped[str] = mapped_column(String(40), default="")
    fault_values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    mime: Mapped[str] = mapped_column(String(80), default="")
    duration_ms: Mapped[int | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    words: Mapped[int | None]
    pages: Mapped[int | None]
    digest: Mapped[str] = mapped_column(String(64), default="")
    key: Mapped[str] = mapped_column(String(200), default="")
    copies: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime]
    touched_at: Mapped[datetime]

    @property
    def content(self) -> Facts | None:
        """What the content of a good file says."""
        if self.state is not FileState.READY:
            return None
        kind = cast("Kind", self.form.value)
        return Facts(kind, self.mime, self.duration_ms, self.width, self.height, self.words, self.pages)


class FilePart(Base):
    """Bytes `[starts_at, starts_at + size)` of a file that is still arriving, stored under `key`."""

    __tablename__ = "file_part"

    file_id: Mapped[int] = mapped_column(ForeignKey("entry_file.id"), primary_key=True)
    starts_at: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigInteger)
    key: Mapped[str] = mapped_column(String(200))


class EntryVersion(Base):
    """What was handed in at one moment, never changed. The digest covers prompt and answers, files by their content."""

    __tablename__ = "entry_version"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    number: Mapped[int]
    prompt_id: Mapped[int] = mapped_column(ForeignKey("prompt.id"))
    rules_version_id: Mapped[int] = mapped_column(ForeignKey("rules_version.id"))
    commitment: Mapped[str] = mapped_column(String, default="")
    digest: Mapped[str] = mapped_column(String(64))
    handed_in_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class VersionAnswer(Base):
    """One answer of a version: a text, or a file."""

    __tablename__ = "version_answer"

    version_id: Mapped[int] = mapped_column(ForeignKey("entry_version.id"), primary_key=True)
    question: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    form: Mapped[AnswerForm] = mapped_column(text_enum(AnswerForm))
    text: Mapped[str] = mapped_column(String, default="")
    words: Mapped[int | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("entry_file.id"), index=True)
