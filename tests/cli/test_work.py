import os
import signal
import sys

import pytest


@pytest.fixture(autouse=True)
def _signals_as_before():
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_works_until_somebody_asks_it_to_stop(contest, monkeypatch, database_url, number):
    seen = []

    def work_until(_app, asked_to_stop):
        seen.append(asked_to_stop.is_set())
        os.kill(os.getpid(), number)
        seen.append(asked_to_stop.wait(30))

    monkeypatch.setattr(sys.modules["contest.cli.work"], "work_until", work_until)
    assert contest("work", database_url=database_url).exit_code == 0
    assert seen == [False, True]
