import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from contest.db import db, unit_of_work
from contest.quiz import queries
from contest.quiz.models import Attempt, AttemptResult, JournalRow
from contest.quiz.services import waiting
from contest.quiz.services.attempts import start_attempt, submit_attempt
from contest.quiz.services.results import marked, store_result
from contest.quiz.services.sets import frozen_set
from contest.quiz.services.waiting import AGAIN_AFTER, close_overdue_attempts, mark_waiting_attempts
from tests.factories import NOW, actor_of, make_participation, make_person
from tests.quiz.world import World, batch, begin, make_world, right_answers, run_all


def handed_in(session: Session, world: World, *, right: int = 5) -> Attempt:
    """Somebody's attempt with so many right answers."""
    person = make_person(session)
    groups = {"group_id": world.participation.group_id, "unit_id": world.participation.unit_id}
    make_participation(session, world.contest, person, **groups)
    public_id = start_attempt(session, actor_of(person), NOW, world.round.public_id, world.keys)
    attempt = session.scalars(select(Attempt).where(Attempt.public_id == public_id)).one()
    answers = dict(list(right_answers(session, world, attempt).items())[:right])
    submit_attempt(session, actor_of(person), NOW + timedelta(seconds=90), public_id, batch(answers))
    session.commit()
    return attempt


def rights(session: Session) -> dict[int, int]:
    session.expire_all()
    return {row.attempt_id: row.right_count for row in session.scalars(select(AttemptResult))}


def spoil(session: Session, attempt: Attempt) -> JournalRow:
    """Leave something in its journal that nothing of ours writes."""
    row = session.scalars(select(JournalRow).where(JournalRow.attempt_id == attempt.id)).one()
    row.payload = "{"
    session.commit()
    return row


def test_everything_that_waits_is_marked_together_in_as_many_statements_as_one_attempt(session: Session) -> None:
    world = make_world(session)
    statements: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    counts = []
    for people in (1, 3):
        expected = {handed_in(session, world, right=number).id: number for number in range(people)}
        statements.clear()
        assert mark_waiting_attempts(session, NOW, world.keys) == people
        counts.append(len(statements))
        assert mark_waiting_attempts(session, NOW, world.keys) == 0
        assert rights(session).items() >= expected.items()
    assert counts == [8, 8]  # two of them are the savepoint's


def test_an_attempt_that_cannot_be_marked_is_set_aside_and_tried_again_later(
    session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    world = make_world(session)
    attempts = [handed_in(session, world) for _ in range(5)]
    bad = attempts[2]
    row = spoil(session, bad)
    payload = '{"1":null}'
    assert mark_waiting_attempts(session, NOW, world.keys) == 5
    assert rights(session) == {each.id: 5 for each in attempts if each is not bad}
    assert [record.message.split()[1] for record in caplog.records if record.levelname == "ERROR"] == [str(bad.id)]
    row.payload = payload
    session.commit()
    assert mark_waiting_attempts(session, NOW + AGAIN_AFTER - timedelta(seconds=1), world.keys) == 0
    assert mark_waiting_attempts(session, NOW + AGAIN_AFTER, world.keys) == 1
    assert rights(session)[bad.id] == 0


def test_many_that_cannot_be_marked_keep_nobody_else_waiting(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "MARK_PIECE", 2)
    world = make_world(session)
    for _ in range(2):
        spoil(session, handed_in(session, world))
    good = handed_in(session, world)
    assert mark_waiting_attempts(session, NOW, world.keys) == 2
    assert mark_waiting_attempts(session, NOW, world.keys) == 1
    assert rights(session) == {good.id: 5}


@pytest.mark.parametrize(("most", "pieces"), [(1, [1, 1, 1]), (10**6, [3])])
def test_long_journals_are_not_all_read_at_once(
    session: Session, monkeypatch: pytest.MonkeyPatch, most: int, pieces: list[int]
) -> None:
    monkeypatch.setattr(waiting, "MOST_CHARACTERS", most)
    world = make_world(session)
    attempts = [handed_in(session, world) for _ in range(3)]
    assert [mark_waiting_attempts(session, NOW, world.keys) for _ in pieces] == pieces
    assert rights(session) == {each.id: 5 for each in attempts}


def test_the_first_reader_and_the_sweep_mark_the_same_attempt_once(app: Flask, session: Session) -> None:
    world = make_world(session, app)
    attempts = [handed_in(session, world, right=number) for number in range(4)]
    owners = [(attempt.public_id, attempt.person_id) for attempt in attempts]
    barrier = threading.Barrier(2)

    def read() -> None:
        with app.app_context():
            barrier.wait()
            for public_id, person_id in reversed(owners):
                found = queries.get_attempt_page(db.engine, public_id, person_id)
                questions = frozen_set(db.session(), found.set, world.keys).questions
                saves = queries.saves_shown(db.engine, found.id)
                columns = marked(found, saves, questions, found.sections, queries.rulings_of(db.session(), 0))
                with unit_of_work() as unit:
                    store_result(unit, NOW + timedelta(seconds=1), found.id, columns)

    def sweep() -> None:
        with app.app_context():
            barrier.wait()
            with unit_of_work() as unit:
                mark_waiting_attempts(unit, NOW + timedelta(seconds=2), world.keys)

    run_all([threading.Thread(target=read), threading.Thread(target=sweep)])
    session.rollback()
    assert rights(session) == {attempt.id: number for number, attempt in enumerate(attempts)}
    assert session.scalar(select(func.count()).where(Attempt.set_aside_at.is_not(None))) == 0


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
