"""Tables of the quiz. The journal is append-only; an attempt's result is a pure function of it and the key."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from contest.db import Base, text_enum
from contest.quiz.domain.rulings import RulingAct
from contest.quiz.domain.sample import Sample


class AttemptState(StrEnum):
    """`OPEN` while answers may come; `SUBMITTED` when handed in or out of time; the result is a row of its own."""

    OPEN = "open"
    SUBMITTED = "submitted"


class QuestionSet(Base):
    """What a round's papers are drawn from, frozen. The seed is made after the digest and stays encrypted.

    `blueprint` is a list of rows for the first version of the draw, and from the second on the section of the rules.
    """

    __tablename__ = "question_set"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    blueprint: Mapped[list[Any] | dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    seed_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    commitment: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime]
    frozen_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class QuestionSetItem(Base):
    """One revision in a set. `exclusion_group` is the smallest id of the revisions of its group in the set."""

    __tablename__ = "question_set_item"

    set_id: Mapped[int] = mapped_column(ForeignKey("question_set.id"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("question_revision.id"), primary_key=True)
    is_compulsory: Mapped[bool] = mapped_column(default=False, server_default=false())
    exclusion_group: Mapped[int | None]


class Attempt(Base):
    """One person's one paper. Times are of the one clock.

    `paper` is `[revision id, option order]` per slot, or with section and points after them where the blueprint has its
    own. `set_aside_at` says when marking it failed last. `is_swept` says that the sweep that marks found a result, its
    own or a reader's, and has nothing more to look for.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("round_id", "participation_id", "number"),
        Index(
            "uq_attempt_one_open",
            "participation_id",
            "round_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_attempt_state_accepts_until", "state", "accepts_until"),
        Index(
            "ix_attempt_not_swept",
            "state",
            "id",
            sqlite_where=text("is_swept = 0"),
            postgresql_where=text("NOT is_swept"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    number: Mapped[int]
    set_id: Mapped[int] = mapped_column(ForeignKey("question_set.id"))
    rules_version_id: Mapped[int] = mapped_column(ForeignKey("rules_version.id"))
    paper: Mapped[list[Any]] = mapped_column(JSON)
    state: Mapped[AttemptState] = mapped_column(text_enum(AttemptState), default=AttemptState.OPEN)
    started_at: Mapped[datetime]
    deadline_at: Mapped[datetime]
    accepts_until: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    is_time_out: Mapped[bool] = mapped_column(default=False)
    set_aside_at: Mapped[datetime | None]
    is_swept: Mapped[bool] = mapped_column(server_default=false())


class JournalRow(Base):
    """One save, as it came. `payload` is the canonical text of the answers; late rows are evidence, not answers."""

    __tablename__ = "journal"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    client: Mapped[str] = mapped_column(String(36), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    received_at: Mapped[datetime]
    payload: Mapped[str] = mapped_column(String)
    ages: Mapped[str] = mapped_column(String)
    digest: Mapped[str] = mapped_column(String(64))
    is_late: Mapped[bool]


class AttemptResult(Base):
    """The marks of one attempt: points in 1/1000, one entry per slot with the response as stored and its mark.

    What judges score is not in it: `judged_slots` lists the slots, from 1, whose answers wait for them or got a score.
    `marking` is 0 for what was marked by the questions' own keys, else the number of the newest ruling then.
    """

    __tablename__ = "attempt_result"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    marking: Mapped[int] = mapped_column(default=0)
    right_count: Mapped[int]
    question_count: Mapped[int]
    points: Mapped[int]
    duration_ms: Mapped[int]
    prediction: Mapped[int | None]
    marks: Mapped[list[Any]] = mapped_column(JSON)
    judged_slots: Mapped[list[int]] = mapped_column(JSON, default=list)
    marked_at: Mapped[datetime]


class OldResult(Base):
    """What `AttemptResult` said before a later marking took its place. Never changed, never deleted."""

    __tablename__ = "attempt_result_old"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    marking: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    right_count: Mapped[int]
    question_count: Mapped[int]
    points: Mapped[int]
    duration_ms: Mapped[int]
    prediction: Mapped[int | None]
    marks: Mapped[list[Any]] = mapped_column(JSON)
    judged_slots: Mapped[list[int]] = mapped_column(JSON)
    marked_at: Mapped[datetime]


class KeyRuling(Base):
    """What marking a round has to honour about a revision from `number`, a marking, on; the newest says everything.

    `answers` is read by `domain.rulings.read_answers`; `note` is public.
    """

    __tablename__ = "key_ruling"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision_id: Mapped[int] = mapped_column(ForeignKey("question_revision.id"), index=True)
    act: Mapped[RulingAct] = mapped_column(text_enum(RulingAct))
    answers: Mapped[list[Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(String)
    in_force_at: Mapped[datetime]


class MediumPlay(Base):
    """How often the page of an attempt said that a sound was played: a report, by which nothing is decided."""

    __tablename__ = "medium_play"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    plays: Mapped[int]
    last_at: Mapped[datetime]


class RoundStatistics(Base):
    """What the marked attempts of a closed round say together; one row per round, made by queued work.

    `computed_at` is None until the work is done for the first time. `results` and `marked_at` say how many results
    there were then and when the last of them was marked, so that a page can tell whether there are newer ones.
    """

    __tablename__ = "round_statistics"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    sample: Mapped[Sample] = mapped_column(text_enum(Sample))
    work_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"))
    computed_at: Mapped[datetime | None]
    results: Mapped[int] = mapped_column(default=0)
    marked_at: Mapped[datetime | None]
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class ItemStatistic(Base):
    """What the attempts of a round say about one revision. Shares are in 1/1000; `figures` holds the rest.

    `flags` is how many reasons there are to look at the question again.
    """

    __tablename__ = "item_statistic"

    round_id: Mapped[int] = mapped_column(ForeignKey("round_statistics.round_id"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("question_revision.id"), primary_key=True, index=True)
    attempts: Mapped[int]
    facility: Mapped[int]
    discrimination: Mapped[int | None]
    unanswered: Mapped[int]
    flags: Mapped[int]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)


class PaperPrint(Base):
    """Papers on paper: what they were drawn from, so that each code can be printed again, the same to the byte.

    `items` lists `[revision id, whether it is compulsory, exclusion group]` of the whole pool; `blueprint` and `digest`
    are as in a question set. Codes run from `first_code`. The seed was made for this print alone, and no attempt draws
    by it. `heading` is what stands above each paper. `shown` lists the revisions on the papers, once they are drawn.
    The files are kept for a day; the digests (SHA-256, hex) of the first ones stay.
    """

    __tablename__ = "paper_print"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    blueprint: Mapped[list[Any] | dict[str, Any]] = mapped_column(JSON)
    items: Mapped[list[Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    seed_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    first_code: Mapped[int]
    codes: Mapped[int]
    is_same: Mapped[bool]
    is_explained: Mapped[bool]
    heading: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    work_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id"))
    shown: Mapped[list[int]] = mapped_column(JSON, default=list)
    ready_at: Mapped[datetime | None]
    papers_key: Mapped[str | None] = mapped_column(String(80))
    keys_key: Mapped[str | None] = mapped_column(String(80))
    papers_digest: Mapped[str | None] = mapped_column(String(64))
    keys_digest: Mapped[str | None] = mapped_column(String(64))
