"""The one clock. With PostgreSQL it is the database's clock, so that every host decides by the same time."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

MEASURE_EVERY_SECONDS = 30.0

ReadServerTime = Callable[[], datetime]


class Clock:
    """Time that never runs backwards within a process.

    `read_server_time` asks the database; without it the machine's clock counts. The answer is taken at the middle
    of its round trip and advanced by the monotonic clock until it is measured again.
    """

    def __init__(self, read_server_time: ReadServerTime | None = None) -> None:
        self._read_server_time = read_server_time
        self._measuring = threading.Lock()
        self._latest = datetime.min.replace(tzinfo=UTC)
        self._base: tuple[datetime, float] | None = None

    def now(self) -> datetime:
        """The present instant, in UTC."""
        instant = datetime.now(UTC) if self._read_server_time is None else self._server_now(self._read_server_time)
        self._latest = max(self._latest, instant)
        return self._latest

    def _server_now(self, read_server_time: ReadServerTime) -> datetime:
        base = self._base
        if base is None or time.monotonic() - base[1] > MEASURE_EVERY_SECONDS:
            base = self._measure(read_server_time, base)
        instant, at = base
        return instant + timedelta(seconds=time.monotonic() - at)

    def _measure(self, read_server_time: ReadServerTime, base: tuple[datetime, float] | None) -> tuple[datetime, float]:
        """One thread asks; the others go on with the last answer, unless there is none yet."""
        if not self._measuring.acquire(blocking=base is None):
            return base if base is not None else self._measure(read_server_time, self._base)
        try:
            if base is None and self._base is not None:
                return self._base
            before = time.monotonic()
            instant = read_server_time()
            after = time.monotonic()
            self._base = (instant, (before + after) / 2)
            return self._base
        finally:
            self._measuring.release()


_clock = Clock()


def use(clock: Clock) -> Clock:
    """Make `clock` the one that decides in this process; returns the one it replaces."""
    global _clock  # a process has one clock, set when the application is composed
    previous, _clock = _clock, clock
    return previous


def now() -> datetime:
    """The present instant, in UTC."""
    return _clock.now()


def monotonic() -> float:
    """Seconds of the machine's monotonic clock, for spans within one process."""
    return time.monotonic()
