import json
import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import PersonSession
from contest.accounts.queries import token_digest
from contest.db import db, unit_of_work
from contest.quiz.journal import LONG_BYTES, MAX_BYTES, SaveStatus, hand_in, save_answers
from contest.quiz.models import Attempt, AttemptState, JournalRow
from contest.quiz.services.attempts import submit_attempt
from contest.quiz.services.results import mark_attempt
from tests.factories import NOW, add, make_person
from tests.quiz.world import TOKEN, batch, begin, give_session, make_world, right_answers, run_all


def save(
    app: Flask, attempt: Attempt, answers: dict[str, Any], now: datetime = NOW, *, seq: int = 1, token: str = TOKEN
) -> Any:
    with app.app_context():
        return save_answers(db.engine, attempt.public_id, token_digest(token), batch(answers, seq), now)


def test_a_save_is_stored_and_its_repeat_gets_the_first_reply(app: Flask, session: Session) -> None:
    world = make_world(session, app)
    give_session(session, world)
    attempt = begin(session, world)
    first = save(app, attempt, {"1": "b"})
    again = save(app, attempt, {"1": "b"}, NOW + timedelta(seconds=3))
    assert first == again
    assert (first.status, first.received_at, first.deadline_at) == (SaveStatus.SAVED, NOW, attempt.deadline_at)
    stored = session.scalars(select(JournalRow)).all()
    assert [(json.loads(row.payload), row.received_at, row.is_late) for row in stored] == [({"1": "b"}, NOW, False)]


def test_the_same_key_with_other_answers_is_a_conflict_and_stores_nothing(app: Flask, session: Session) -> None:
    world = make_world(session, app)
    give_session(session, world)
    attempt = begin(session, world)
    save(app, attempt, {"1": "b"})
    assert save(app, attempt, {"1": "c"}).status is SaveStatus.CONFLICT
    assert [row.payload for row in session.scalars(select(JournalRow))] == ['{"1":"b"}']


@pytest.mark.parametrize(("after_ms", "status"), [(5000, SaveStatus.SAVED), (5001, SaveStatus.CLOSED)])
def test_a_save_arrives_in_time_up_to_the_end_of_the_tolerance(
    app: Flask, session: Session, after_ms: int, status: SaveStatus
) -> None:
    world = make_world(session, app)
    give_session(session, world)
    attempt = begin(session, world)
    saved = save(app, attempt, {"1": "b"}, attempt.deadline_at + timedelta(milliseconds=after_ms))
    assert saved.status is status
    assert session.scalars(select(JournalRow.is_late)).one() is (status is SaveStatus.CLOSED)


def test_a_save_after_handing_in_is_kept_as_evidence(app: Flask, session: Session) -> None:
    world = make_world(session, app)
    give_session(session, world)
    attempt = begin(session, world)
    submit_attempt(session, world.actor, NOW, attempt.public_id)
    session.commit()
    assert save(app, attempt, {"1": "b"}).status is SaveStatus.CLOSED


def test_a_revoked_or_expired_session_and_a_stranger_are_refused(app: Flask, session: Session) -> None:
    world = make_world(session, app)
    give_session(session, world)
    attempt = begin(session, world)
    assert save(app, attempt, {"1": "b"}, token="nobody").status is SaveStatus.SIGNED_OUT
    assert save(app, attempt, {"1": "b"}, NOW + timedelta(days=1)).status is SaveStatus.SIGNED_OUT
    stranger = make_person(session)
    add(
        session,
        PersonSession(
            person_id=stranger.id,
            token_hash=token_digest("x"),
            created_at=NOW,
            expires_at=NOW + timedelta(days=1),
            user_agent="",
        ),
    )
    session.commit()
    assert save(app, attempt, {"1": "b"}, token="x").status is SaveStatus.MISSING
    assert session.scalars(select(JournalRow)).all() == []


@pytest.mark.parametrize("backend", ["postgresql"])
@pytest.mark.parametrize("is_quick", [False, True])
def test_a_save_held_open_across_a_hand_in_is_either_marked_or_refused(
    app: Flask, session: Session, is_quick: bool
) -> None:
    world = make_world(session, app)
    give_session(session, world)
    for round_number in range(6):
        now = NOW + timedelta(minutes=20 * round_number)
        attempt = begin(session, world, now)
        answers = right_answers(session, world, attempt)
        barrier = threading.Barrier(2)
        outcome: list[SaveStatus] = []

        def save_all(
            attempt: Attempt = attempt,
            answers: dict[str, Any] = answers,
            barrier: threading.Barrier = barrier,
            now: datetime = now,
            outcome: list[SaveStatus] = outcome,
        ) -> None:
            barrier.wait()
            outcome.append(save(app, attempt, answers, now).status)

        def submit(attempt: Attempt = attempt, barrier: threading.Barrier = barrier, now: datetime = now) -> None:
            with app.app_context():
                barrier.wait()
                if is_quick:
                    assert hand_in(db.engine, attempt.public_id, token_digest(TOKEN), now)
                    return
                with unit_of_work() as unit:
                    submit_attempt(unit, world.actor, now, attempt.public_id)

        run_all([threading.Thread(target=save_all), threading.Thread(target=submit)])
        session.expire_all()
        result = mark_attempt(session, now, session.get_one(Attempt, attempt.id), world.keys)
        session.commit()
        assert result.right_count == (5 if outcome == [SaveStatus.SAVED] else 0)


def test_long_saves_end_where_a_journal_is_full_of_them_but_short_ones_and_handing_in_go_on(
    app: Flask, session: Session
) -> None:
    world = make_world(session, app)
    give_session(session, world)
    attempt = begin(session, world)
    long = {"1": "a" * LONG_BYTES}
    assert save(app, attempt, long).status is SaveStatus.SAVED
    row = session.scalars(select(JournalRow)).one()
    row.payload = "a" * MAX_BYTES
    session.commit()
    assert save(app, attempt, long, seq=2).status is SaveStatus.FULL
    assert save(app, attempt, {"1": "b"}, seq=2).status is SaveStatus.SAVED
    submit_attempt(session, world.actor, NOW, attempt.public_id, batch(long, 3))
    session.commit()
    seqs = select(JournalRow.seq).order_by(JournalRow.seq)
    assert session.scalars(seqs).all() == [1, 2, 3]
    submit_attempt(session, world.actor, NOW, attempt.public_id, batch(long, 4))
    session.commit()
    assert session.scalars(seqs).all() == [1, 2, 3]


@pytest.mark.parametrize("answers", [{}, {"1": "b"}])
def test_a_hand_in_and_its_last_answers_are_stored_together_and_once(
    app: Flask, session: Session, answers: dict[str, Any]
) -> None:
    world = make_world(session, app)
    give_session(session, world)
    attempt = begin(session, world)
    last = batch(answers, 2)

    def handed_in(now: datetime, last: Any = last, token: str = TOKEN) -> bool:
        with app.app_context():
            return hand_in(db.engine, attempt.public_id, token_digest(token), now, last)

    is_one_statement = not answers or session.get_bind().dialect.name == "postgresql"
    assert not handed_in(NOW, token="nobody")
    assert not handed_in(attempt.accepts_until + timedelta(microseconds=1))
    assert session.scalars(select(JournalRow)).all() == []
    assert handed_in(attempt.accepts_until) is is_one_statement
    assert not handed_in(NOW, batch({"1": "c"}, 3))
    assert save(app, attempt, {"2": "c"}, seq=4).status is (SaveStatus.CLOSED if is_one_statement else SaveStatus.SAVED)
    session.rollback()
    session.refresh(attempt)
    assert (attempt.state, attempt.submitted_at, attempt.is_time_out) == (
        (AttemptState.SUBMITTED, attempt.accepts_until, False) if is_one_statement else (AttemptState.OPEN, None, False)
    )
    stored = session.scalars(select(JournalRow.payload).where(JournalRow.seq < 4)).all()
    assert stored == (['{"1":"b"}'] if answers and is_one_statement else [])


def test_answers_that_were_saved_before_hand_in_all_the_same(app: Flask, session: Session) -> None:
    world = make_world(session, app)
    give_session(session, world)
    attempt = begin(session, world)
    save(app, attempt, {"1": "b"})
    with app.app_context():
        was_quick = hand_in(db.engine, attempt.public_id, token_digest(TOKEN), NOW, batch({"1": "b"}))
    assert was_quick is (session.get_bind().dialect.name == "postgresql")
    assert len(session.scalars(select(JournalRow)).all()) == 1
