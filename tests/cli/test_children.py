import os
import signal
import sys

import pytest

from contest.cli.children import Children
from contest.cli.trouble import Trouble

NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
FOREVER = [sys.executable, "-c", "import signal; signal.pause()"]
STUBBORN = (
    "import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); open(sys.argv[1], 'w').close(); signal.pause()"
)


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
    running = list(children._running.values())
    children.stop()
    assert [process.returncode for process in running] == [-signal.SIGTERM] * 2


def test_one_that_does_not_listen_is_killed(children, monkeypatch, tmp_path):
    monkeypatch.setattr("contest.cli.children.STOP_SECONDS", 0.01)
    os.mkfifo(tmp_path / "deaf")
    children.start("web server", [sys.executable, "-c", STUBBORN, str(tmp_path / "deaf")])
    (tmp_path / "deaf").read_text()  # opens once the child ignores the signal
    [process] = children._running.values()
    children.stop()
    assert process.returncode == -signal.SIGKILL


def test_one_that_dies_by_itself_is_named(children):
    children.start("background work", [sys.executable, "-c", "raise SystemExit(3)"])
    [process] = children._running.values()
    process.wait(30)
    with pytest.raises(Trouble, match=r"The background work stopped by itself \(exit code 3\)"):
        children.wait(0)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_signal_asks_to_stop(children, number):
    children.start("web server", FOREVER)
    os.kill(os.getpid(), number)
    assert children.wait(30) is False
