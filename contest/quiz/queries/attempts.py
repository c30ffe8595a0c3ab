"""Reading attempts, what was saved of them and their results."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, bindparam, func, select
from sqlalchemy.orm import Session

from contest.contests.domain import Timetable
from contest.contests.models import Contest, Round, RulesVersion
from contest.errors import NotFound
from contest.quiz.domain.answers import Save
from contest.quiz.models import Attempt, AttemptResult, AttemptState, JournalRow, KeyRuling, QuestionSet
from contest.statements import DirectRead


@dataclass(frozen=True, slots=True)
class SetName:
    """Which frozen set; `commitment` is different for every one that was ever made."""

    id: int
    commitment: str


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """What is shown of a marked attempt: points in 1/1000, the marks as stored, the slots that judges score."""

    right_count: int
    question_count: int
    duration_ms: int
    prediction: int | None
    marks: list[Any]
    judged_slots: list[int]
    marking: int


@dataclass(frozen=True, slots=True)
class AttemptPage:
    """An attempt with everything that its page or its result needs, besides the questions.

    `result` is None until it is marked; `ruling` is the number of the round's newest ruling about a key, if any.
    """

    id: int
    public_id: str
    round_id: int
    person_id: int
    number: int
    paper: list[Any]
    state: AttemptState
    started_at: datetime
    deadline_at: datetime
    accepts_until: datetime
    submitted_at: datetime | None
    is_time_out: bool
    round_public_id: str
    round_name: str
    timetable: Timetable
    contest_slug: str
    contest_title: str
    time_zone: str
    set: SetName
    rules_number: int
    sections: dict[str, Any]
    ruling: int | None
    result: ResultFacts | None


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One line of a person's history. `result` is None until the attempt is marked."""

    attempt: Attempt
    result: AttemptResult | None


LAST_RULING = (
    select(func.max(KeyRuling.number))
    .where(KeyRuling.round_id == Attempt.round_id)
    .correlate(Attempt)
    .scalar_subquery()
)
"""The number of the newest ruling about a key in the round of an attempt; NULL where there is none."""

_ATTEMPT_PAGE = DirectRead(
    select(
        Attempt.id,
        Attempt.public_id,
        Attempt.round_id,
        Attempt.person_id,
        Attempt.number,
        Attempt.paper,
        Attempt.state,
        Attempt.started_at,
        Attempt.deadline_at,
        Attempt.accepts_until,
        Attempt.submitted_at,
        Attempt.is_time_out,
        Round.public_id,
        Round.name,
        Round.opens_at,
        Round.closes_at,
        Round.released_at,
        Round.cancelled_at,
        Contest.slug,
        Contest.title,
        Contest.time_zone,
        QuestionSet.id,
        QuestionSet.commitment,
        RulesVersion.number,
        RulesVersion.sections,
        LAST_RULING,
        AttemptResult.right_count,
        AttemptResult.question_count,
        AttemptResult.duration_ms,
        AttemptResult.prediction,
        AttemptResult.marks,
        AttemptResult.judged_slots,
        AttemptResult.marking,
    )
    .join(Round, Round.id == Attempt.round_id)
    .join(Contest, Contest.id == Round.contest_id)
    .join(QuestionSet, QuestionSet.id == Attempt.set_id)
    .join(RulesVersion, RulesVersion.id == Attempt.rules_version_id)
    .outerjoin(AttemptResult, AttemptResult.attempt_id == Attempt.id)
    .where(Attempt.public_id == bindparam("public_id"), Attempt.person_id == bindparam("person_id"))
)
_SAVES = (
    select(
        JournalRow.client,
        JournalRow.seq,
        JournalRow.received_at,
        JournalRow.payload,
        JournalRow.ages,
        JournalRow.is_late,
    )
    .where(JournalRow.attempt_id == bindparam("attempt_id"))
    .order_by(JournalRow.received_at, JournalRow.client, JournalRow.seq)
)
_SAVES_DIRECTLY = DirectRead(_SAVES)
_DIGESTS = DirectRead(
    select(JournalRow.digest)
    .where(JournalRow.attempt_id == bindparam("attempt_id"), JournalRow.is_late.is_(False))
    .order_by(JournalRow.received_at, JournalRow.client, JournalRow.seq)
)


def get_attempt_page(engine: Engine, public_id: str, person_id: int) -> AttemptPage:
    """A person's own attempt. Raises `NotFound`, also for somebody else's. One statement, asked directly."""
    row = _ATTEMPT_PAGE.find(engine, public_id=public_id, person_id=person_id)
    if row is None:
        raise NotFound
    attempt, instants, contest = row[:14], row[14:18], row[18:21]
    set_name, rules, result = row[21:23], row[23:26], row[26:]
    shown = ResultFacts(*result) if result[0] is not None else None
    values: list[Any] = [*attempt, Timetable(*instants), *contest, SetName(*set_name), *rules, shown]
    return AttemptPage(*values)


def saves_of(session: Session, attempt_id: int) -> list[Save]:
    """The journal of an attempt in the order of arrival."""
    return [Save(*row) for row in session.execute(_SAVES, {"attempt_id": attempt_id})]


def saves_by_attempt(session: Session, attempt_ids: Collection[int]) -> dict[int, list[Save]]:
    """What counts of the journals of these attempts, each in the order of arrival. One statement."""
    rows = session.execute(
        select(
            JournalRow.attempt_id,
            JournalRow.client,
            JournalRow.seq,
            JournalRow.received_at,
            JournalRow.payload,
            JournalRow.ages,
            JournalRow.is_late,
        )
        .where(JournalRow.attempt_id.in_(attempt_ids), JournalRow.is_late.is_(False))
        .order_by(JournalRow.attempt_id, JournalRow.received_at, JournalRow.client, JournalRow.seq)
    )
    saves: dict[int, list[Save]] = {}
    for row in rows:
        saves.setdefault(row[0], []).append(Save(*row[1:]))
    return saves


def saves_shown(engine: Engine, attempt_id: int) -> list[Save]:
    """The same for a page: what is committed, asked directly."""
    return [Save(*row) for row in _SAVES_DIRECTLY.rows(engine, attempt_id=attempt_id)]


def saved_digests(engine: Engine, attempt_id: int) -> list[str]:
    """Digests of what counts of an attempt's journal, in the order of arrival: what its receipt is made over."""
    return [digest for (digest,) in _DIGESTS.rows(engine, attempt_id=attempt_id)]


def attempts_in_contest(session: Session, contest_id: int, person_id: int) -> list[AttemptRow]:
    """A person's attempts in a contest, in the order they were started."""
    rows = session.execute(
        select(Attempt, AttemptResult)
        .join(Round, Round.id == Attempt.round_id)
        .outerjoin(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .where(Round.contest_id == contest_id, Attempt.person_id == person_id)
        .order_by(Attempt.started_at, Attempt.id)
    )
    return [AttemptRow(attempt, result) for attempt, result in rows]


def has_open_attempt(session: Session, person_id: int) -> bool:
    """Whether a person is in the middle of a paper in any contest."""
    open_attempt = select(Attempt.id).where(Attempt.person_id == person_id, Attempt.state == AttemptState.OPEN).limit(1)
    return session.scalar(open_attempt) is not None
