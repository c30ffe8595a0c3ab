import os
import signal
from functools import partial

import pytest

from contest.cli.children import Children
from contest.cli.trouble import Trouble

NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
FOREVER = signal.pause


def stubborn(told):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    told.write_text("")
    signal.pause()


def dying():
    raise SystemExit(3)


@pytest.fixture
def children():
    before = {number: signal.getsignal(number) for number in NUMBERS}
    children = Children(os.environ)
    yield children
    children.stop()
    for number, handler in before.items():
        signal.signal(number, handler)


def test_all_are_stopped_together(children):
    for name in ("web server", "background work"):
        children.start(name, FOREVER)
    assert children.wait(0) is True
    running = children._running
    children.stop()
    assert [process.exitcode for process in running] == [-signal.SIGTERM] * 2


def test_one_that_does_not_listen_is_killed(children, monkeypatch, tmp_path):
    monkeypatch.setattr("contest.cli.children.STOP_SECONDS", 0.01)
    os.mkfifo(tmp_path / "deaf")
    children.start("web server", partial(stubborn, tmp_path / "deaf"))
    (tmp_path / "deaf").read_text()  # opens once the child ignores the signal
    [process] = children._running
    children.stop()
    assert process.exitcode == -signal.SIGKILL


def test_one_that_dies_by_itself_is_named(children):
    children.start("background work", dying)
    [process] = children._running
    process.join(30)
    with pytest.raises(Trouble, match=r"The background work stopped by itself \(exit code 3\)"):
        children.wait(0)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_signal_asks_to_stop(children, number):
    children.start("web server", FOREVER)
    os.kill(os.getpid(), number)
    assert children.wait(30) is False
