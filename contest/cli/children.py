"""Child processes of `contest run`: started together, stopped together."""

import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from types import FrameType

from contest.cli.trouble import Trouble

STOP_SECONDS = 8.0
LOOK_EVERY_SECONDS = 0.2


class Children:
    """Processes that live and die together. Each has a process group of its own, so that Ctrl-C reaches us first."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = dict(environ)
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._asked_to_stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_asked)

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start one; `name` is what to call it when it dies."""
        self._running[name] = subprocess.Popen(  # noqa: S603 # our own programs
            command, env=self._environ, stdin=subprocess.DEVNULL, process_group=0
        )

    def wait(self, seconds: float = LOOK_EVERY_SECONDS) -> bool:
        """Look after them for a moment: False once somebody asked to stop. Raises `Trouble` when one has died."""
        if self._asked_to_stop.wait(seconds):
            return False
        for name, process in self._running.items():
            if process.poll() is not None:
                raise Trouble(f"The {name} stopped by itself (exit code {process.returncode}), so everything stops.")
        return True

    def stop(self) -> None:
        """Ask all to stop; those that have not within a few seconds are killed, with what they started."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _stop_asked(self, _number: int, _frame: FrameType | None) -> None:
        self._asked_to_stop.set()
