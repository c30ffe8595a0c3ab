import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, insert, select, text
from sqlalchemy.orm import Session

from contest.db import db, unit_of_work
from contest.quiz import queries
from contest.quiz.models import Attempt, AttemptResult, JournalRow
from contest.quiz.services import waiting
from contest.quiz.services.attempts import start_attempt, submit_attempt
from contest.quiz.services.results import mark_attempt, marked, store_result
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
    assert counts == [9, 9]  # two of them are the savepoint's


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


def not_swept(session: Session) -> set[int]:
    return set(session.scalars(select(Attempt.id).where(~Attempt.is_swept)))


def test_what_has_a_result_is_swept_whoever_marked_it_and_nothing_else(session: Session) -> None:
    world = make_world(session)
    read, waits, fails = [handed_in(session, world) for _ in range(3)]
    spoil(session, fails)
    runs = begin(session, world)
    mark_attempt(session, NOW, read, world.keys)
    assert not_swept(session) == {read.id, waits.id, fails.id, runs.id}
    assert mark_waiting_attempts(session, NOW, world.keys) == 3
    assert not_swept(session) == {fails.id, runs.id}
    assert set(rights(session)) == {read.id, waits.id}
    assert mark_waiting_attempts(session, NOW, world.keys) == 0


MANY = 4_000


def crowd(session: Session, attempt: Attempt) -> None:
    """So many more attempts like this one, with results that the sweep found; commits, and tells the planner."""
    table, results = Attempt.__table__, AttemptResult.__table__
    like = dict(session.execute(select(table).where(table.c.id == attempt.id)).mappings().one())
    result = dict(session.execute(select(results).where(results.c.attempt_id == attempt.id)).mappings().one())
    ids = range(MANY, 2 * MANY)
    session.execute(insert(table), [{**like, "id": n, "public_id": f"n-{n}", "number": n} for n in ids])
    session.execute(insert(results), [{**result, "attempt_id": n} for n in ids])
    session.commit()
    if session.get_bind().dialect.name == "postgresql":
        with session.get_bind().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE attempt"))


def walked(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(each for inner in plan.get("Plans", ()) for each in walked(inner))]


def is_quick(session: Session, statement: str, parameters: Any) -> bool:
    """Whether the database looks at no attempt to find none: by the steps that SQLite takes, by PostgreSQL's plan."""
    raw: Any = session.connection().connection.driver_connection
    if session.get_bind().dialect.name == "sqlite":
        hundreds: list[int] = []
        raw.set_progress_handler(lambda: hundreds.append(100), 100)
        raw.execute(statement, parameters).fetchall()
        raw.set_progress_handler(None, 0)
        return sum(hundreds) < MANY
    [[plans]] = raw.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters).fetchall()
    nodes = [node for node in walked(plans[0]["Plan"]) if node.get("Relation Name") == "attempt"]
    looked_at = sum(node["Actual Rows"] + node.get("Rows Removed by Filter", 0) for node in nodes)
    return looked_at == 0 and "Seq Scan" not in {node["Node Type"] for node in nodes}


def test_a_turn_with_nothing_to_do_looks_at_nothing_beside_thousands_of_results(session: Session) -> None:
    world = make_world(session)
    attempt = handed_in(session, world)
    assert mark_waiting_attempts(session, NOW, world.keys) == 1
    session.commit()
    runs = begin(session, world)
    crowd(session, attempt)
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        sent.append((statement, parameters))

    event.listen(session.get_bind(), "before_cursor_execute", note)
    assert close_overdue_attempts(session, runs.accepts_until) == 0
    assert mark_waiting_attempts(session, NOW, world.keys) == 0
    event.remove(session.get_bind(), "before_cursor_execute", note)
    assert [is_quick(session, *each) for each in sent if "attempt" in each[0]] == [True, True]
