"""Doing queued work: the kinds there are, and a worker that reports how far it has come."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from contest import clock
from contest.db import unit_of_work
from contest.work import services
from contest.work.models import WorkItem

log = logging.getLogger(__name__)


class StopAskedError(Exception):
    """The process has to stop; the work goes on elsewhere, or after the next start."""


class Worker:
    """One piece of work in the hands of one process.

    Its function writes in pieces of under a second, each in a `unit()`, and starts from `done`: it may have been
    interrupted before.
    """

    def __init__(self, hold: services.Hold, item: WorkItem, goes_on: Callable[[], bool]) -> None:
        self._hold = hold
        self._goes_on = goes_on
        self.arguments: Mapping[str, Any] = item.arguments
        self.done = item.done
        self.total = item.total

    @contextmanager
    def unit(self, advance_by: int = 1) -> Iterator[tuple[Session, datetime]]:
        """One piece: what it writes and how far the work has come are committed together.

        Raises `StopAskedError` before it, or `LeaseLostError` when another worker has taken over.
        """
        if not self._goes_on():
            raise StopAskedError
        with unit_of_work() as session:
            now = clock.now()
            services.advance(session, now, self._hold, self.done + advance_by)
            yield session, now
        self.done += advance_by

    def stay(self) -> None:
        """Keep the lease in the middle of a long piece. Raises `StopAskedError` or `LeaseLostError`."""
        with self.unit(0):
            pass


Run = Callable[[Worker], None]
MAIN_LANE = "main"
_kinds: dict[str, dict[str, Run]] = {}
"""By lane: work of one lane never waits for work of another."""


def register_kind(kind: str, run: Run, lane: str = MAIN_LANE) -> None:
    """Tell which function does the work of this kind; told when the application is composed."""
    _kinds.setdefault(lane, {})[kind] = run


def lanes() -> list[str]:
    """The lanes that have work to do."""
    return list(_kinds)


def run_waiting(goes_on: Callable[[], bool], lane: str = MAIN_LANE) -> None:
    """Do what waits in this lane, one piece of work after the other, until nothing waits."""
    while goes_on():
        with unit_of_work() as session:
            item = services.take(session, clock.now(), list(_kinds[lane]))
        if item is None:
            return
        _carry_out(item, _kinds[lane][item.kind], goes_on)


def _carry_out(item: WorkItem, run: Run, goes_on: Callable[[], bool]) -> None:
    hold, kind = services.Hold(item.id, item.tries), item.kind
    try:
        run(Worker(hold, item, goes_on))
        with unit_of_work() as session:
            services.finish(session, hold)
    except services.LeaseLostError:
        log.warning("work %s (%s) was taken over by another worker, or taken back", hold.item_id, kind)
    except StopAskedError:
        with unit_of_work() as session:
            services.give_back(session, hold)
    except Exception as error:
        log.exception("work %s (%s) failed", hold.item_id, kind)
        with unit_of_work() as session:
            services.fail(session, clock.now(), hold, f"{type(error).__name__}: {error}")
