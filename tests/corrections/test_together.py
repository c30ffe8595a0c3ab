"""Corrections while others work: nobody reads half of one, and two are never applied to the same results."""

import threading
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.approvals.models import Proposal
from contest.approvals.services import carry_out
from contest.corrections.models import Correction, CorrectionState
from contest.corrections.services.applying import put_forward
from contest.db import db, unit_of_work
from contest.errors import DomainError
from contest.publication.models import Publication
from contest.publication.services import prepare_publication
from contest.quiz.domain.rulings import RulingAct
from contest.quiz.models import AttemptResult, KeyRuling
from contest.quiz.queries import rulings_of
from contest.quiz.services.results import marked_again
from contest.quiz.services.waiting import mark_waiting_attempts
from question_bank.question import Value
from tests.corrections.world import Scene, answer, counted, forward, make_scene
from tests.factories import NOW
from tests.quiz.world import run_all

RIGHT: dict[int, Value] = {1: "b", 2: "b", 3: ("a", "c"), 4: True}


@pytest.fixture
def scene(session: Session, app: Flask) -> Scene:
    scene = make_scene(session, app)
    for number in range(6):
        answer(session, scene, f"Người thứ {number}", {**RIGHT, 1: "c"}, seconds=300 + number)
    session.commit()
    return scene


def test_of_two_people_who_say_yes_at_once_one_is_heard(session: Session, app: Flask, scene: Scene) -> None:
    proposals = []
    for number in (1, 2):
        proposals.append(forward(session, scene, counted(session, scene, number, RulingAct.FULL)).id)
    second = second_of(scene)
    session.commit()
    refused = second.agrees_at_once(app, proposals)
    assert refused == ["content_changed"]
    session.rollback()
    assert len(session.scalars(select(KeyRuling)).all()) == 1
    states = sorted(session.scalars(select(Correction.state)))
    assert states == [CorrectionState.APPLIED, CorrectionState.READY]
    again = marked_again(
        session, scene.round.id, rulings_of(session, scene.round.id), scene.quiz.keys, offset=0, limit=50
    )
    assert not any(each.differs for each in again)


def test_who_reads_while_it_is_applied_reads_all_of_it_or_nothing(session: Session, app: Flask, scene: Scene) -> None:
    proposal_id = forward(session, scene, counted(session, scene, 1, RulingAct.KEY, "c")).id
    second = second_of(scene)
    session.commit()
    seen: set[frozenset[int]] = set()
    is_over = threading.Event()

    def read() -> None:
        with app.app_context():
            while not is_over.is_set():
                with Session(db.engine) as reader:
                    seen.add(frozenset(reader.scalars(select(AttemptResult.points))))

    def decide() -> None:
        with app.app_context():
            try:
                with unit_of_work() as unit:
                    second.agrees(unit, proposal_id)
            finally:
                is_over.set()

    run_all([threading.Thread(target=read), threading.Thread(target=decide)])
    assert seen <= {frozenset({3000}), frozenset({4000})}
    session.rollback()
    assert set(session.scalars(select(AttemptResult.points))) == {4000}


def test_what_is_marked_beside_it_is_refused_or_honours_it(session: Session, app: Flask, scene: Scene) -> None:
    proposal_id = forward(session, scene, counted(session, scene, 1, RulingAct.KEY, "c")).id
    late = answer(session, scene, "Nông Văn Muộn", {**RIGHT, 1: "c"})
    session.delete(session.get_one(AttemptResult, late.id))
    second = second_of(scene)
    session.commit()
    refused: list[str] = []
    barrier = threading.Barrier(2)

    def mark() -> None:
        with app.app_context():
            barrier.wait()
            with unit_of_work() as unit:
                mark_waiting_attempts(unit, NOW, scene.quiz.keys)

    def decide() -> None:
        with app.app_context():
            barrier.wait()
            try:
                with unit_of_work() as unit:
                    second.agrees(unit, proposal_id)
            except DomainError as error:
                refused.append(error.code)

    run_all([threading.Thread(target=mark), threading.Thread(target=decide)])
    assert len(refused) == 1  # it was counted without this attempt
    session.rollback()
    again = marked_again(
        session, scene.round.id, rulings_of(session, scene.round.id), scene.quiz.keys, offset=0, limit=50
    )
    assert len(again) == 7
    assert not any(each.differs for each in again)


def test_of_two_who_put_it_forward_at_once_one_does(session: Session, app: Flask, scene: Scene) -> None:
    number = counted(session, scene, 1, RulingAct.FULL).number
    actor, contest_id, round_id = scene.first, scene.quiz.contest.id, scene.round.id
    session.commit()
    refused: list[str] = []
    barrier = threading.Barrier(2)

    def put() -> None:
        with app.app_context():
            barrier.wait()
            try:
                with unit_of_work() as unit:
                    put_forward(unit, actor, NOW, contest_id=contest_id, round_id=round_id, number=number)
            except DomainError as error:
                refused.append(error.code)

    run_all([threading.Thread(target=put) for _ in range(2)])
    assert refused == ["correction_waits"]
    session.rollback()
    assert len(session.scalars(select(Proposal)).all()) == 1


def test_a_list_is_published_as_it_was_agreed_on_or_not_at_all(session: Session, app: Flask, scene: Scene) -> None:
    said = {"decision_number": "12/QĐ-BTC", "decision_date": NOW.date(), "checked": "Đã kiểm tra."}
    round_, contest_id = scene.round, scene.quiz.contest.id
    listed = prepare_publication(session, scene.first, NOW, contest_id=contest_id, round_id=round_.id, **said).id
    corrected = forward(session, scene, counted(session, scene, 1, RulingAct.KEY, "c")).id
    second = second_of(scene)
    session.commit()
    refused = second.agrees_at_once(app, [listed, corrected])
    session.rollback()
    published = session.scalars(select(Publication)).all()
    assert refused == ([] if published else ["content_changed"])
    assert {row.all_right for row in published} <= {0}


@dataclass(frozen=True)
class Second:
    """Who says yes, read before threads begin: they share no session."""

    actor: Actor
    contest_id: int

    def agrees(self, unit: Session, proposal_id: int) -> None:
        carry_out(unit, self.actor, NOW, contest_id=self.contest_id, proposal_id=proposal_id, note="")

    def agrees_at_once(self, app: Flask, proposal_ids: list[int]) -> list[str]:
        """A thread for each proposal; returns the codes of what was refused."""
        refused: list[str] = []
        barrier = threading.Barrier(len(proposal_ids))

        def decide(proposal_id: int) -> None:
            with app.app_context():
                barrier.wait()
                try:
                    with unit_of_work() as unit:
                        self.agrees(unit, proposal_id)
                except DomainError as error:
                    refused.append(error.code)

        run_all([threading.Thread(target=decide, args=(each,)) for each in proposal_ids])
        return refused


def second_of(scene: Scene) -> Second:
    return Second(scene.actor(scene.second), scene.quiz.contest.id)
