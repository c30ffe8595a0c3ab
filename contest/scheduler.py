"""What tidies up in the background: sweeps by the clock, mail and queued work, in one process at a time.

Nothing opens, closes or expires because a sweep ran; a sweep that comes late or twice does no harm.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask
from sqlalchemy.orm import Session

from contest import clock
from contest.config import Settings
from contest.db import db, unit_of_work
from contest.mail.sending import send_due
from contest.work.leader import leadership
from contest.work.worker import lanes, run_waiting

LOOK_EVERY_SECONDS = 0.5
MAIL_EVERY_SECONDS = 5
WORK_EVERY_SECONDS = 1
PIECES_AT_ONCE = 100
PAUSE_SECONDS_MAX = 1.0
THREADS = 3  # for sweeps and mail; each lane of work has one besides

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sweep:
    """Tidying that is due every `every_seconds`.

    `run` handles one piece (under a second) within a unit of work and returns how many things it handled; while it
    returns more than 0 it is called again at once.
    """

    name: str
    every_seconds: int
    run: Callable[[Session, datetime], int]


SWEEPS: list[Sweep] = []


def register(*sweeps: Sweep) -> None:
    """Add a feature's sweeps; composing the application twice adds them once."""
    SWEEPS.extend(sweep for sweep in sweeps if sweep not in SWEEPS)


def work(app: Flask, asked_to_stop: threading.Event) -> None:
    """Lead whenever nobody else does, until asked to stop."""
    settings: Settings = app.config["SETTINGS"]
    while not asked_to_stop.is_set():
        with leadership(settings) as leads:
            if leads():
                log.info("leading")
                lead(app, leads, asked_to_stop)
        asked_to_stop.wait(LOOK_EVERY_SECONDS)


def lead(app: Flask, leads: Callable[[], bool], asked_to_stop: threading.Event) -> None:
    """Run everything by the clock until asked to stop or until another process may lead."""
    over = threading.Event()
    scheduler = started(app, lambda: not over.is_set())
    try:
        while not asked_to_stop.wait(LOOK_EVERY_SECONDS) and leads():
            pass
    finally:
        over.set()
        scheduler.shutdown()


def started(app: Flask, goes_on: Callable[[], bool]) -> BackgroundScheduler:
    """A scheduler with all sweeps, mail and work. Each of them runs once at a time; what was missed runs once."""
    settings: Settings = app.config["SETTINGS"]
    # Long work outlasts its interval; that a second run was not started beside it is as meant and no warning.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    scheduler = BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(THREADS + len(lanes()))},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone="UTC",
    )
    jobs = [(sweep.name, sweep.every_seconds, partial(run_sweep, sweep, goes_on)) for sweep in SWEEPS]
    jobs.append(("mail", MAIL_EVERY_SECONDS, partial(send_due, settings, goes_on)))
    jobs.extend((f"work: {lane}", WORK_EVERY_SECONDS, partial(run_waiting, goes_on, lane)) for lane in lanes())
    for name, seconds, job in jobs:
        scheduler.add_job(guarded, "interval", (app, name, job), id=name, seconds=seconds)
    scheduler.start()
    return scheduler


def guarded(app: Flask, name: str, job: Callable[[], None]) -> None:
    """One job in an application context. A failure is logged; the next turn tries again."""
    try:
        with app.app_context():
            job()
    except Exception:
        log.exception("%s failed; it is tried again at its next turn", name)


def run_sweep(sweep: Sweep, goes_on: Callable[[], bool]) -> None:
    """Piece after piece, each in its own unit of work, until nothing is left.

    SQLite gives the next turn to who asks first: a pause as long as the piece lets others write in between.
    """
    for _ in range(PIECES_AT_ONCE):
        began = clock.monotonic()
        with unit_of_work() as session:
            handled = sweep.run(session, clock.now())
        if not handled or not goes_on():
            return
        if db.engine.dialect.name == "sqlite":
            time.sleep(min(clock.monotonic() - began, PAUSE_SECONDS_MAX))
