import pytest
from sqlalchemy import func, select

from contest import scheduler
from contest.mail.models import OutboxMessage
from contest.mail.services import queue


@pytest.fixture
def backend():
    return "sqlite"


def count(session) -> int:
    return session.scalar(select(func.count()).select_from(OutboxMessage))


def test_a_sweep_goes_on_piece_by_piece_until_nothing_is_left(app, session):
    left = [2, 2, 1, 0, 5]

    def piece(unit, now):
        queue(unit, now, "an@example.vn", "Nhắc", "")
        return left.pop(0)

    sweep = scheduler.Sweep("reminders", 60, piece)
    scheduler.guarded(app, "reminders", lambda: scheduler.run_sweep(sweep, lambda: True))
    assert left == [5]
    assert count(session) == 4


@pytest.mark.parametrize(("took", "pause"), [(0.2, 0.2), (30.0, 1.0)])
def test_others_get_a_turn_to_write_between_two_pieces(app, monkeypatch, took, pause):
    now, left, slept = [0.0], [1, 1, 0], []
    monkeypatch.setattr("contest.scheduler.clock.monotonic", lambda: now[0])
    monkeypatch.setattr("contest.scheduler.time.sleep", slept.append)

    def piece(_unit, _now):
        now[0] += took
        return left.pop(0)

    with app.app_context():
        scheduler.run_sweep(scheduler.Sweep("reminders", 60, piece), lambda: True)
    assert slept == [pytest.approx(pause)] * 2


def test_a_failing_sweep_writes_nothing_and_stops_nobody(app, session, caplog):
    def piece(unit, now):
        queue(unit, now, "an@example.vn", "Nhắc", "")
        raise RuntimeError("broken")

    scheduler.guarded(
        app, "reminders", lambda: scheduler.run_sweep(scheduler.Sweep("reminders", 60, piece), lambda: True)
    )
    assert count(session) == 0
    assert "reminders failed" in caplog.text
