"""A simulated attempt leaves the same rows as one taken over HTTP."""

import json
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from contest import simulation
from contest.accounts.models import Credential, Person
from contest.background import STATISTICS_LANE
from contest.contests.models import Role, RulesVersion
from contest.db import unit_of_work
from contest.publication.models import Publication
from contest.quiz.models import Attempt, AttemptResult, JournalRow, RoundStatistics
from contest.work.models import WorkItem, WorkState
from contest.work.services import enqueue
from contest.work.worker import run_waiting
from tests.factories import NOW, actor_of, make_person, make_seat, sign_in
from tests.quiz.room import give
from tests.quiz.world import make_world
from tests.standings.world import PREDICTION, PRIZES, RANKING, UNITS
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


@pytest.mark.parametrize("is_interrupted", [False, True], ids=["at once", "with the list proposed already"])
def test_list_and_statistics_are_of_all_results_once_growth_has_ended(
    app: Flask, session: Session, is_interrupted: bool
) -> None:
    rules = {"prediction": PREDICTION, "ranking": RANKING, "prizes": {**PRIZES, "ties": "award_all"}, "units": UNITS}
    opens_at, closes_at = NOW - timedelta(days=8), NOW - timedelta(hours=2)
    world = make_world(session, app, sections=rules, opens_at=opens_at, closes_at=closes_at)
    session.execute(update(RulesVersion).values(in_force_at=NOW - timedelta(days=40)))
    people = [make_person(session, name) for name in ("Lăng Thị Lập", "Vi Văn Duyệt")]
    for person in people:
        make_seat(session, world.contest, person, Role.ORGANIZER)
    arguments = {"round_id": world.round.id, "seed": 3, "first": 0, "publish_by": [person.id for person in people]}
    item = enqueue(session, NOW, simulation.KIND, arguments, total=12)
    session.commit()
    with app.app_context():
        if is_interrupted:
            with unit_of_work() as unit:
                unit.get_one(WorkItem, item.id).done = 12
                simulation.simulate_people(unit, world.round.id, seed=3, numbers=range(12))
                proposer = actor_of(people[0], world.contest, Role.ORGANIZER)
                simulation.propose_list(unit, NOW, world.round.id, proposer, simulation.NOTE)
        run_waiting(lambda: True)
        run_waiting(lambda: True, STATISTICS_LANE)
    session.rollback()
    assert session.scalar(select(WorkItem.fault).filter_by(kind=simulation.KIND)) == ""
    [published] = session.scalars(select(Publication)).all()
    assert published.participants == 12
    kept = session.get_one(RoundStatistics, world.round.id)
    assert kept.results == session.scalar(select(func.count()).select_from(AttemptResult))


@pytest.mark.parametrize(
    ("count", "seconds", "then"),
    [
        (1, 0.03, 2),  # grows no faster than twofold
        (4, 0.25, 4),
        (8, 0.1, simulation.PIECE),
        (10, 0.5, 5),
        (10, 4.0, 1),
        (1, 9.0, 1),  # one person can't be cut in two
        (1, 0.0, 2),
    ],
)
def test_a_slow_machine_makes_smaller_pieces(count: int, seconds: float, then: int) -> None:
    assert simulation.next_count(count, seconds) == then


@pytest.mark.parametrize(("took", "pauses"), [(0.01, [0.15, 0.15, 0.15]), (1.0, [1.0] * 9), (60.0, [2.0] * 9)])
def test_others_get_as_much_time_to_write(monkeypatch: pytest.MonkeyPatch, took: float, pauses: list[float]) -> None:
    now, slept = [0.0], list[float]()
    monkeypatch.setattr("contest.simulation.clock.monotonic", lambda: now[0])
    monkeypatch.setattr("contest.simulation.time.sleep", slept.append)
    numbers = list[int]()
    for piece in simulation.paced(range(5, 15)):
        numbers += piece
        now[0] += took
    assert numbers == list(range(5, 15))
    assert [pause for pause in slept if pause] == pauses
