import pytest
from sqlalchemy import select

from contest.db import unit_of_work
from contest.mail.models import OutboxMessage
from contest.mail.services import queue
from contest.work import worker
from contest.work.models import WorkItem, WorkState
from contest.work.services import enqueue
from tests.factories import NOW


@pytest.fixture
def run(app, session, monkeypatch):
    """Enqueue one piece of work of three steps, let it be done by `kind`, and return its row."""
    monkeypatch.setattr(worker, "_kinds", {})
    with unit_of_work(session):
        item_id = enqueue(session, NOW, "letters", {"to": "an@example.vn"}, total=3).id

    def act(kind, goes_on=lambda: True) -> WorkItem:
        worker.register_kind("letters", kind)
        with app.app_context():
            worker.run_waiting(goes_on)
        session.rollback()  # see what the worker has committed since
        return session.get_one(WorkItem, item_id)

    return act


def write_letters(hands: worker.Worker) -> None:
    for number in range(hands.done, hands.total):
        with hands.unit() as (session, now):
            queue(session, now, hands.arguments["to"], f"Thư {number}", "")


def subjects(session) -> list[str]:
    return list(session.scalars(select(OutboxMessage.subject).order_by(OutboxMessage.id)))


def test_work_is_done_step_by_step(run, session):
    item = run(write_letters)
    assert (item.state, item.done) == (WorkState.DONE, 3)
    assert subjects(session) == ["Thư 0", "Thư 1", "Thư 2"]


def test_work_interrupted_by_a_stop_goes_on_where_it_was(run, session):
    questions = iter([True, True, True, False])
    item = run(write_letters, goes_on=lambda: next(questions, False))
    assert (item.state, item.done) == (WorkState.WAITING, 2)
    item = run(write_letters)
    assert item.state is WorkState.DONE
    assert subjects(session) == ["Thư 0", "Thư 1", "Thư 2"]


def test_a_failing_step_writes_nothing_and_leaves_its_fault(run, session):
    def fail_in_second_step(hands: worker.Worker) -> None:
        for number in range(hands.total):
            with hands.unit() as (unit, now):
                queue(unit, now, "an@example.vn", f"Thư {number}", "")
                if number == 1:
                    raise RuntimeError("no more paper")

    item = run(fail_in_second_step)
    assert (item.state, item.done, item.fault) == (WorkState.WAITING, 1, "RuntimeError: no more paper")
    assert subjects(session) == ["Thư 0"]
