"""Marking what was handed in. Idempotent: by the sweep, or by the first reader of the result."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.models import RulesVersion
from contest.keys import Keys
from contest.quiz.domain.answers import Given, Save, answers_of, slots_given_in_time
from contest.quiz.domain.marking import AttemptMarks, mark_paper, read_paper
from contest.quiz.domain.prediction import PREDICTION_SLOT, read_prediction, read_prediction_rule
from contest.quiz.models import Attempt, AttemptResult, AttemptState, JournalRow, QuestionSet
from contest.quiz.services.sets import frozen_set

MARK_PIECE = 50


def mark_attempt(session: Session, now: datetime, attempt: Attempt, keys: Keys) -> AttemptResult:
    """The result of a closed attempt: the stored one, or made now from the journal. The caller has locked its row."""
    standing = session.get(AttemptResult, attempt.id, populate_existing=True)
    if standing is not None:
        return standing
    set_row = session.get_one(QuestionSet, attempt.set_id)
    answers = answers_of(saves_of(session, attempt.id), attempt.started_at, attempt.deadline_at)
    marks = mark_paper(read_paper(attempt.paper), frozen_set(session, set_row, keys).questions, answers)
    result = AttemptResult(
        attempt_id=attempt.id,
        right_count=marks.right_count,
        question_count=len(marks.slots),
        points=marks.points,
        duration_ms=duration_ms(attempt),
        prediction=_prediction(session, attempt, answers),
        marks=_stored(marks),
        marked_at=now,
    )
    session.add(result)
    session.flush()
    return result


def mark_waiting_attempts(session: Session, now: datetime, keys: Keys) -> int:
    """Mark a piece of what was closed and nobody has read yet; how many it was."""
    waiting = session.scalars(
        select(Attempt)
        .outerjoin(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .where(Attempt.state == AttemptState.SUBMITTED, AttemptResult.attempt_id.is_(None))
        .order_by(Attempt.id)
        .limit(MARK_PIECE)
        .with_for_update(skip_locked=True, of=Attempt)
    ).all()
    for attempt in waiting:
        mark_attempt(session, now, attempt, keys)
    return len(waiting)


def saves_of(session: Session, attempt_id: int) -> list[Save]:
    """The journal of an attempt in the order of arrival."""
    rows = session.execute(
        select(
            JournalRow.client,
            JournalRow.seq,
            JournalRow.received_at,
            JournalRow.payload,
            JournalRow.ages,
            JournalRow.is_late,
        )
        .where(JournalRow.attempt_id == attempt_id)
        .order_by(JournalRow.received_at, JournalRow.client, JournalRow.seq)
    )
    return [Save(*row) for row in rows]


def saved_digests(session: Session, attempt_id: int) -> list[str]:
    """Digests of what counts of an attempt's journal, in the order of arrival: what its receipt is made over."""
    return list(
        session.scalars(
            select(JournalRow.digest)
            .where(JournalRow.attempt_id == attempt_id, JournalRow.is_late.is_(False))
            .order_by(JournalRow.received_at, JournalRow.client, JournalRow.seq)
        )
    )


def slots_in_time(session: Session, public_id: str, client: str, seq: int) -> set[str]:
    """Which slots of a stored batch were given before the deadline: the question that only the tolerance raises."""
    attempt = session.scalars(select(Attempt).where(Attempt.public_id == public_id)).one()
    saves = [save for save in saves_of(session, attempt.id) if save.client == client and save.seq <= seq]
    return slots_given_in_time(saves, seq, attempt.started_at, attempt.deadline_at)


def duration_ms(attempt: Attempt) -> int:
    """Hand-in received - start, in whole milliseconds; the time allowed when it ran out."""
    end = min(attempt.submitted_at or attempt.deadline_at, attempt.deadline_at)
    return (end - attempt.started_at) // timedelta(milliseconds=1)


def _prediction(session: Session, attempt: Attempt, answers: dict[str, Given]) -> int | None:
    given = answers.get(PREDICTION_SLOT)
    if given is None:
        return None
    sections = session.get_one(RulesVersion, attempt.rules_version_id).sections
    if "prediction" not in sections:
        return None
    rule = read_prediction_rule(sections["prediction"])
    return read_prediction(given.response, is_percent=rule.is_percent)


def _stored(marks: AttemptMarks) -> list[list[object]]:
    return [[slot.revision_id, slot.response, slot.points, slot.is_right] for slot in marks.slots]
