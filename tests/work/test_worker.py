import threading
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from contest.db import unit_of_work
from contest.mail.models import OutboxMessage
from contest.mail.services import queue
from contest.work import worker
from contest.work.models import WorkItem, WorkState
from contest.work.services import LEASE, enqueue
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


def test_long_work_in_one_lane_holds_up_no_other(app, session, monkeypatch):
    """The main lane is in the middle of its work; the lane of files takes up and ends its own."""
    monkeypatch.setattr(worker, "_kinds", {})
    with unit_of_work(session):
        long_id = enqueue(session, NOW, "simulate", {}).id
        file_id = enqueue(session, NOW, "file.check", {}).id
    states = []

    def do_files_meanwhile(hands: worker.Worker) -> None:
        other = threading.Thread(target=files_lane)
        other.start()
        other.join()
        session.rollback()
        states.extend(session.get_one(WorkItem, item_id).state for item_id in (long_id, file_id))

    def files_lane() -> None:
        with app.app_context():
            worker.run_waiting(lambda: True, "files")

    worker.register_kind("simulate", do_files_meanwhile)
    worker.register_kind("file.check", lambda hands: None, lane="files")
    assert worker.lanes() == ["main", "files"]
    with app.app_context():
        worker.run_waiting(lambda: True)
    assert states == [WorkState.RUNNING, WorkState.DONE]


def test_a_long_piece_keeps_its_lease_and_hears_that_it_has_to_stop(run, session, at):
    later = NOW + LEASE - timedelta(seconds=1)
    seen = []

    def long_piece(hands: worker.Worker) -> None:
        at(later)
        hands.stay()
        session.rollback()
        seen.append(session.scalars(select(WorkItem.lease_until)).one())
        hands.stay()

    questions = iter([True, True, False])
    item = run(long_piece, goes_on=lambda: next(questions, False))
    assert seen == [later + LEASE]
    assert (item.state, item.done) == (WorkState.WAITING, 0)


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


def test_work_that_is_taken_back_meanwhile_ends_without_a_failure(app, session, monkeypatch, caplog):
    monkeypatch.setattr(worker, "_kinds", {})
    with unit_of_work(session):
        enqueue(session, NOW, "letters", {}, total=3)

    def take_back(hands: worker.Worker) -> None:
        with unit_of_work(session):
            session.execute(delete(WorkItem))
        with hands.unit():
            pytest.fail("it goes on with what is no longer wanted")

    worker.register_kind("letters", take_back)
    with app.app_context():
        worker.run_waiting(lambda: True)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
