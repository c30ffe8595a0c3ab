"""Counting the effects of a correction, also when it is interrupted."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.corrections.jobs import count_effects
from contest.corrections.models import CorrectionState, NewMark
from contest.errors import DomainError
from contest.quiz.domain.rulings import RulingAct
from question_bank.question import Value
from tests.corrections.world import Scene, agree, answer, counted, forward, make_scene, prepare, work_of

RIGHT: dict[int, Value] = {1: "b", 2: "b", 3: ("a", "c"), 4: True}


@pytest.fixture
def scene(session: Session) -> Scene:
    scene = make_scene(session)
    for number in range(4):
        answer(session, scene, f"Người thứ {number}", {**RIGHT, 1: "bc"[number % 2]})
    return scene


def test_a_killed_worker_goes_on_where_it_stopped(
    session: Session, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contest.corrections.jobs.PIECE", 3)
    correction = prepare(session, scene, 1, RulingAct.KEY, "c")
    stopped = work_of(session, correction, stops_at=1)
    with pytest.raises(InterruptedError):
        count_effects(stopped, scene.quiz.keys, lambda: session)
    assert (stopped.done, correction.state) == (3, CorrectionState.COUNTING)
    count_effects(work_of(session, correction, done=stopped.done), scene.quiz.keys, lambda: session)
    assert session.scalar(select(func.count()).select_from(NewMark)) == 4
    digest = correction.digest
    correction.state = CorrectionState.COUNTING
    count_effects(work_of(session, correction), scene.quiz.keys, lambda: session)
    assert correction.digest == digest


def test_what_was_counted_partly_before_another_ruling_cannot_be_put_forward(
    session: Session, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contest.corrections.jobs.PIECE", 2)
    second = counted(session, scene, 2, RulingAct.KEY, "c")
    first = prepare(session, scene, 1, RulingAct.KEY, "c")
    with pytest.raises(InterruptedError):
        count_effects(work_of(session, first, stops_at=1), scene.quiz.keys, lambda: session)
    agree(session, scene, forward(session, scene, second))
    count_effects(work_of(session, first, done=2), scene.quiz.keys, lambda: session)
    with pytest.raises(DomainError, match="correction_outdated"):
        forward(session, scene, first)
