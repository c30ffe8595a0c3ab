import threading
from datetime import UTC, datetime, timedelta

import pytest

from contest import clock
from contest.clock import MEASURE_EVERY_SECONDS, Clock

NOON = datetime(2026, 7, 15, 12, tzinfo=UTC)


class Machine:
    """The monotonic clock and the server's clock, both under the test's hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds = 1000.0
        self.server = NOON
        self.asked = 0
        self.round_trip = 0.0
        monkeypatch.setattr(clock.time, "monotonic", lambda: self.seconds)

    def read(self) -> datetime:
        """The server reads its clock in the middle of the round trip."""
        self.asked += 1
        self.pass_time(self.round_trip / 2)
        instant = self.server
        self.pass_time(self.round_trip / 2)
        return instant

    def pass_time(self, seconds: float) -> None:
        self.seconds += seconds
        self.server += timedelta(seconds=seconds)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(monkeypatch)


def test_server_decides_whatever_the_machine_says(machine: Machine) -> None:
    assert Clock(machine.read).now() == NOON


def test_half_the_round_trip_is_added(machine: Machine) -> None:
    machine.round_trip = 4.0
    assert Clock(machine.read).now() == NOON + timedelta(seconds=4)


@pytest.mark.parametrize(("seconds", "asked"), [(0, 1), (MEASURE_EVERY_SECONDS, 1), (MEASURE_EVERY_SECONDS + 0.001, 2)])
def test_server_is_asked_again_after_half_a_minute(machine: Machine, seconds: float, asked: int) -> None:
    watch = Clock(machine.read)
    watch.now()
    machine.pass_time(seconds)
    assert watch.now() == NOON + timedelta(seconds=seconds)
    assert machine.asked == asked


def test_time_stands_still_until_a_server_that_was_set_back_has_caught_up(machine: Machine) -> None:
    watch = Clock(machine.read)
    watch.now()
    machine.pass_time(MEASURE_EVERY_SECONDS + 1)
    before = watch.now()
    machine.server -= timedelta(seconds=10)
    machine.pass_time(MEASURE_EVERY_SECONDS + 1)
    after = watch.now()
    assert after == before + timedelta(seconds=MEASURE_EVERY_SECONDS - 9)
    machine.server -= timedelta(hours=1)
    machine.pass_time(MEASURE_EVERY_SECONDS + 1)
    assert watch.now() == after


def test_machine_clock_counts_without_a_server() -> None:
    before = datetime.now(UTC)
    instant = Clock().now()
    assert before <= instant <= datetime.now(UTC)
    assert instant.tzinfo is UTC


def test_one_thread_asks_while_the_others_go_on(machine: Machine) -> None:
    answering, answered = threading.Event(), threading.Event()
    asked: list[int] = []

    def slow_read() -> datetime:
        asked.append(1)
        if len(asked) > 1:
            answering.set()
            assert answered.wait(10)
        return machine.server

    watch = Clock(slow_read)
    watch.now()
    machine.pass_time(MEASURE_EVERY_SECONDS + 1)
    first: list[datetime] = []
    thread = threading.Thread(target=lambda: first.append(watch.now()))
    thread.start()
    assert answering.wait(10)
    meanwhile = watch.now()
    answered.set()
    thread.join(10)
    assert meanwhile == first[0] == NOON + timedelta(seconds=MEASURE_EVERY_SECONDS + 1)
    assert len(asked) == 2


def test_server_that_fails_is_asked_again_by_the_next(machine: Machine) -> None:
    replies = iter([OSError("gone"), NOON])

    def read() -> datetime:
        reply = next(replies)
        if isinstance(reply, OSError):
            raise reply
        return reply

    watch = Clock(read)
    with pytest.raises(OSError, match="gone"):
        watch.now()
    assert watch.now() == NOON


def test_use_returns_the_clock_it_replaces() -> None:
    mine = Clock(lambda: NOON)
    before = clock.use(mine)
    try:
        assert NOON <= clock.now() < NOON + timedelta(hours=1)
    finally:
        assert clock.use(before) is mine
