"""A simulated attempt leaves the same rows as one taken over HTTP."""

import json
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest import simulation
from contest.accounts.models import Credential, Person
from contest.contests.models import Role
from contest.db import unit_of_work
from contest.quiz.models import Attempt, AttemptResult, JournalRow, RoundStatistics
from contest.wiring import STATISTICS_LANE
from contest.work.models import WorkItem, WorkState
from contest.work.services import enqueue
from contest.work.worker import run_waiting
from tests.factories import NOW, make_person, make_seat, sign_in
from tests.quiz.room import give
from tests.quiz.world import make_world
from tests.web import post


def shape(row: Any) -> dict[str, type]:
    """The columns of a row with the types of their values: what both ways have to agree on."""
    return {column.key: type(getattr(row, column.key)) for column in row.__table__.columns}


def rows_of(session: Session, attempt: Attempt) -> tuple[list[JournalRow], AttemptResult]:
    journal = session.scalars(
        select(JournalRow).where(JournalRow.attempt_id == attempt.id).order_by(JournalRow.seq)
    ).all()
    return list(journal), session.get_one(AttemptResult, attempt.id)


def test_row_by_row_like_an_attempt_taken_over_http(app: Flask, session: Session, client: FlaskClient) -> None:
    world = make_world(session, app)
    sign_in(session, client, world.person)
    with app.app_context(), unit_of_work() as unit:
        scene = simulation._scene(unit, world.round.id)
        simulation.take_attempt(unit, scene, world.actor, NOW, 1.0, Random(1))
    session.rollback()
    simulated = session.scalars(select(Attempt)).one()
    simulated_journal, simulated_result = rows_of(session, simulated)
    assert (simulated_result.right_count, simulated_result.question_count) == (5, 5)

    paper = str(post(client, f"/rounds/{world.round.public_id}/attempts").location)
    for seq, row in enumerate(simulated_journal, start=1):
        give(client, paper, json.loads(row.payload), seq=seq)
    post(client, f"{paper}/submission")
    client.get(f"{paper}/result")
    session.rollback()
    taken = session.scalars(select(Attempt).where(Attempt.number == 2)).one()
    taken_journal, taken_result = rows_of(session, taken)
    assert shape(taken) == shape(simulated)
    assert shape(taken_result) == shape(simulated_result)
    assert [(row.payload, row.ages, row.digest, row.is_late, shape(row)) for row in taken_journal] == [
        (row.payload, row.ages, row.digest, row.is_late, shape(row)) for row in simulated_journal
    ]
    assert len(taken_result.marks) == len(simulated_result.marks)


def test_the_same_seed_gives_the_same_people_and_results(app: Flask, session: Session) -> None:
    world = make_world(session, app)
    with app.app_context():
        for _ in range(2):
            with unit_of_work() as unit:
                simulation.simulate_people(unit, world.round.id, seed=7, numbers=range(3))
    session.rollback()
    results = session.execute(
        select(Attempt.number, Attempt.started_at, AttemptResult.duration_ms)
        .join(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .order_by(Attempt.id)
    ).all()
    half = len(results) // 2
    assert half >= 3
    assert results[:half] == results[half:]
    assert session.scalar(select(func.count()).select_from(Credential)) == 4, "nobody can sign in as a simulated person"


def test_queued_growth_shows_progress_and_ends(app: Flask, session: Session) -> None:
    world = make_world(session, app)
    before = session.scalar(select(func.count()).select_from(Person)) or 0
    enqueue(session, NOW, simulation.KIND, {"round_id": world.round.id, "seed": 3, "first": 0}, total=13)
    session.commit()
    with app.app_context():
        run_waiting(lambda: True)
    session.rollback()
    item = session.scalars(select(WorkItem)).one()
    assert (item.state, item.done, item.total, item.fault) == (WorkState.DONE, 13, 13, "")
    assert session.scalar(select(func.count()).select_from(Person)) == before + 13


def test_statistics_are_of_all_results_once_growth_has_ended(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulation, "publish_list", lambda *_args, **_kept: None)  # has tests of its own
    world = make_world(session, app, closes_at=NOW - timedelta(hours=2))
    people = [make_person(session, name) for name in ("Lăng Thị Lập", "Vi Văn Duyệt")]
    for person in people:
        make_seat(session, world.contest, person, Role.ORGANIZER)
    arguments = {"round_id": world.round.id, "seed": 3, "first": 0, "publish_by": [person.id for person in people]}
    enqueue(session, NOW, simulation.KIND, arguments, total=12)
    session.commit()
    with app.app_context():
        run_waiting(lambda: True)
        run_waiting(lambda: True, STATISTICS_LANE)
    session.rollback()
    kept = session.get_one(RoundStatistics, world.round.id)
    assert kept.results == session.scalar(select(func.count()).select_from(AttemptResult))
