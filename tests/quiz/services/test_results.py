from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.quiz.models import JournalRow
from contest.quiz.services.attempts import submit_attempt
from contest.quiz.services.results import mark_attempt
from tests.factories import NOW
from tests.quiz.world import batch, begin, make_world, right_answers


def test_all_right_answers_mark_full_and_marking_again_changes_nothing(session: Session) -> None:
    world = make_world(session)
    attempt = begin(session, world)
    answers = {**right_answers(session, world, attempt), "p": "1.250"}
    submit_attempt(session, world.actor, NOW + timedelta(seconds=90), attempt.public_id, batch(answers))
    result = mark_attempt(session, NOW + timedelta(minutes=2), attempt, world.keys)
    assert (result.right_count, result.question_count, result.points) == (5, 5, 5000)
    assert (result.duration_ms, result.prediction) == (90_000, 1250)
    assert mark_attempt(session, NOW + timedelta(hours=1), attempt, world.keys) is result
    assert result.marked_at == NOW + timedelta(minutes=2)


def test_handing_in_after_the_tolerance_keeps_the_answers_as_evidence_only(session: Session) -> None:
    world = make_world(session)
    attempt = begin(session, world)
    late = attempt.accepts_until + timedelta(microseconds=1)
    submit_attempt(session, world.actor, late, attempt.public_id, batch(right_answers(session, world, attempt)))
    result = mark_attempt(session, late, attempt, world.keys)
    assert (result.right_count, result.duration_ms, attempt.is_time_out) == (0, 15 * 60_000, True)
    assert session.scalar(select(func.count()).select_from(JournalRow).where(JournalRow.is_late)) == 1


def test_handing_in_within_the_tolerance_takes_the_time_allowed(session: Session) -> None:
    world = make_world(session)
    attempt = begin(session, world)
    submit_attempt(session, world.actor, attempt.accepts_until, attempt.public_id)
    assert mark_attempt(session, attempt.accepts_until, attempt, world.keys).duration_ms == 15 * 60_000
    assert attempt.is_time_out is False
