"""The real application for gunicorn (`tests.browser.server:app`), at the moment that the prepared world is made for."""

import os
from datetime import UTC, datetime

from contest import clock
from contest.app import create_app
from contest.config import read_settings
from tests.factories import NOW


class MovedClock(clock.Clock):
    """Runs as fast as the machine's clock, but shows the tests' moment when the process starts."""

    def __init__(self) -> None:
        super().__init__()
        self._distance = NOW - datetime.now(UTC)

    def now(self) -> datetime:
        return super().now() + self._distance


app = create_app(read_settings(os.environ))
clock.use(MovedClock())
