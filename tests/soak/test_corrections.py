"""A correction that moves most of ten thousand people: what was shown is what happens, and nobody reads half of it."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.approvals.models import Proposal
from contest.corrections import queries
from contest.corrections.domain import Line
from contest.corrections.services.effects import PIECE
from contest.db import db, unit_of_work
from contest.quiz.domain.rulings import RulingAct
from contest.quiz.models import AttemptResult, OldResult
from contest.quiz.queries import rulings_of
from contest.quiz.services.results import marked_again
from contest.standings.queries import standings_of
from tests.corrections.crowd import QUESTIONS, add_crowd
from tests.corrections.world import Scene, agree, counted, forward, make_scene, new_line
from tests.quiz.world import run_all

pytestmark = pytest.mark.soak

PEOPLE = 10_000
SUMS = select(func.count(), func.sum(AttemptResult.points), func.max(AttemptResult.marking))


def test_a_correction_of_a_province_is_what_was_shown_and_whole(session: Session, app: Flask) -> None:
    scene = make_scene(session, app, QUESTIONS)
    add_crowd(session, scene, PEOPLE)
    correction = counted(session, scene, 1, RulingAct.KEY, "c")
    shown = _lines(session, scene)
    moves = [row.move for row in queries.all_moves(session, correction.id)]
    proposal_id = forward(session, scene, correction).id
    before = _sums(session)
    session.commit()
    seen = _seen_while(app, lambda unit: agree(unit, scene, unit.get_one(Proposal, proposal_id)))
    session.expire_all()
    after = _sums(session)
    assert (before[2], after[2]) == (0, 1)
    assert seen <= {before, after}
    assert _lines(session, scene) == {**shown, **{move.participation_id: new_line(move) for move in moves}}
    assert correction.figures is not None
    assert session.scalar(select(func.count()).select_from(OldResult)) == correction.figures["changed"] > PEOPLE / 2
    assert _differing(session, scene) == (PEOPLE, 0)


def _sums(session: Session) -> tuple[int, ...]:
    return tuple(session.execute(SUMS).one())


def _lines(session: Session, scene: Scene) -> dict[int, Line]:
    return dict(queries.listed(standings_of(session, scene.round)).people)


def _seen_while(app: Flask, act: Callable[[Session], None]) -> set[tuple[int, ...]]:
    """What somebody reads who reads all the time."""
    seen: set[tuple[int, ...]] = set()
    is_over = threading.Event()

    def read() -> None:
        with app.app_context():
            while not is_over.is_set():
                with Session(db.engine) as reader:
                    seen.add(_sums(reader))

    def write() -> None:
        with app.app_context():
            try:
                with unit_of_work() as unit:
                    act(unit)
            finally:
                is_over.set()

    run_all([threading.Thread(target=read), threading.Thread(target=write)])
    return seen


def _differing(session: Session, scene: Scene) -> tuple[int, int]:
    """How many attempts were marked anew from the journal, and how many of them differ from what is stored."""
    rulings = rulings_of(session, scene.round.id)
    marked = differing = 0
    for offset in range(0, PEOPLE + PIECE, PIECE):
        again = marked_again(session, scene.round.id, rulings, scene.quiz.keys, offset=offset, limit=PIECE)
        marked, differing = marked + len(again), differing + sum(each.differs for each in again)
    return marked, differing
