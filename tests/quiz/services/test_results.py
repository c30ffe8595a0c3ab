from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.quiz.models import AttemptResult, JournalRow
from contest.quiz.services.attempts import close_overdue_attempts, submit_attempt
from contest.quiz.services.results import mark_attempt
from contest.quiz.services.waiting import mark_waiting_attempts
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


def test_a_sweep_closes_only_what_is_over_and_comes_twice_without_harm(session: Session) -> None:
    world = make_world(session)
    attempt = begin(session, world)
    assert close_overdue_attempts(session, attempt.accepts_until) == 0
    after = attempt.accepts_until + timedelta(seconds=1)
    assert close_overdue_attempts(session, after) == 1
    assert close_overdue_attempts(session, after) == 0
    assert mark_waiting_attempts(session, after, world.keys) == 1
    assert mark_waiting_attempts(session, after, world.keys) == 0
    assert session.get_one(AttemptResult, attempt.id).question_count == 5
