"""Child processes of `contest run`: started together, stopped together.

They are forked, so that the program is read once and not again for each of them.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping
from multiprocessing.context import ForkProcess
from types import FrameType

from contest.cli.trouble import Trouble

STOP_SECONDS = 8.0
LOOK_EVERY_SECONDS = 0.2
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Children:
    """Processes that live and die together. Each has a process group of its own, so that Ctrl-C reaches us first."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = dict(environ)
        self._running: list[ForkProcess] = []
        self._asked_to_stop = threading.Event()
        for number in SIGNALS:
            signal.signal(number, self._stop_asked)

    def start(self, name: str, work: Callable[[], object]) -> None:
        """Start one; `name` is what to call it when it dies. No connection may be open, it would be shared."""
        process = multiprocessing.get_context("fork").Process(target=self._begin, args=(work,), name=name)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)  # none is lost between the fork and `_begin`
        process.start()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        self._running.append(process)

    def wait(self, seconds: float = LOOK_EVERY_SECONDS) -> bool:
        """Look after them for a moment: False once somebody asked to stop. Raises `Trouble` when one has died."""
        if self._asked_to_stop.wait(seconds):
            return False
        for process in self._running:
            if process.exitcode is not None:
                raise Trouble(
                    f"The {process.name} stopped by itself (exit code {process.exitcode}), so everything stops."
                )
        return True

    def stop(self) -> None:
        """Ask all to stop; those that have not within a few seconds are killed, with what they started."""
        for process in self._running:
            process.terminate()
        for process in self._running:
            process.join(STOP_SECONDS)
            if process.exitcode is None:
                assert process.pid is not None
                os.killpg(process.pid, signal.SIGKILL)
                process.join()

    def _begin(self, work: Callable[[], object]) -> None:
        os.setpgid(0, 0)
        for number in SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        os.environ.update(self._environ)
        work()

    def _stop_asked(self, _number: int, _frame: FrameType | None) -> None:
        self._asked_to_stop.set()
