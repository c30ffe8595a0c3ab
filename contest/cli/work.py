"""`contest work`: the background process."""

import logging
import os
import signal
import threading

import click

from contest.cli.opening import open_app
from contest.config import read_settings
from contest.scheduler import work as work_until

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


@click.command()
@click.option("--verbose", is_flag=True, help="Log also what went well.")
def work(*, verbose: bool) -> None:
    """Tidy up in the background, send mail and do long work. Several may run; one at a time leads."""
    logging.basicConfig(format=FORMAT, level=logging.WARNING)
    logging.getLogger("contest").setLevel(logging.INFO if verbose else logging.WARNING)
    asked_to_stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: asked_to_stop.set())
    work_until(open_app(read_settings(os.environ)), asked_to_stop)
