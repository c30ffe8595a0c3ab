"""`contest doctor`: what an operator would look at first when something is wrong."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from contest import clock
from contest.app import create_app
from contest.cli.opening import ensure_writable, operator_settings, using
from contest.cli.trouble import Trouble
from contest.config import Settings
from contest.db import db, server_time
from contest.schema import Fit, schema_fit

CLOCK_TOLERANCE_SECONDS = 2.0
FREE_BYTES = 1_000_000_000
FREE_BYTES_FOR_FILES = 10_000_000_000  # a few large clips, each with its parts and its copy

SCHEMA = {
    Fit.FITS: "fits this release",
    Fit.EMPTY: "is empty: run contest db upgrade",
    Fit.BEHIND: "is older than this release: run contest db upgrade",
    Fit.AHEAD: "was made by a newer release: start that one",
}

Check = Callable[[Settings], tuple[bool, str]]


@click.command()
def doctor() -> None:
    """Look at settings, keys, database, schema, clock, disk and files. Exit code 1 when something has to be done."""
    settings = operator_settings()
    click.echo("✓ settings and keys: in order")
    is_well = True
    with using(create_app(settings)):
        for name, check in CHECKS.items():
            fine, words = outcome(check, settings)
            click.echo(f"{'✓' if fine else '✗'} {name}: {words}")
            is_well = is_well and fine
    sys.exit(0 if is_well else 1)


def outcome(check: Check, settings: Settings) -> tuple[bool, str]:
    """Whether all is well, in words; a check that can't be made is not well."""
    try:
        return check(settings)
    except Trouble as error:
        return False, error.message
    except SQLAlchemyError as error:
        return False, f"the database does not answer: {str(error).partition(chr(10))[0]}"


def schema(_settings: Settings) -> tuple[bool, str]:
    """Whether the schema is this code's."""
    fit = schema_fit(db.engine)
    return fit is Fit.FITS, SCHEMA[fit]


def clocks(settings: Settings) -> tuple[bool, str]:
    """How far this machine's clock is from the database's, which decides."""
    if settings.is_embedded:
        return True, "this machine's clock decides"
    ahead = (clock.Clock().now() - server_time(db.engine)).total_seconds()
    return abs(ahead) <= CLOCK_TOLERANCE_SECONDS, f"{ahead:+.1f} s from the database's clock, which decides"


def disk(settings: Settings) -> tuple[bool, str]:
    """Whether the data folder can be written and has room."""
    ensure_writable(settings.data)
    free = shutil.disk_usage(settings.data).free
    return free >= FREE_BYTES, f"{settings.data}: {free / 1e9:.1f} GB free"


def files(settings: Settings) -> tuple[bool, str]:
    """Whether files of people can be stored, and how much room is left for them."""
    ensure_writable(settings.media, "CONTEST_MEDIA_URL")
    free = shutil.disk_usage(settings.media).free
    return free >= FREE_BYTES_FOR_FILES, f"{settings.media}: {free / 1e9:.1f} GB free"


def keys(settings: Settings) -> tuple[bool, str]:
    """Whether nobody else can read the keys that lie in the data folder."""
    open_to_others = [
        path.name for path in sorted(Path(settings.data).glob("*_key.txt")) if path.stat().st_mode & 0o077
    ]
    return not open_to_others, f"readable by others: {', '.join(open_to_others)}" if open_to_others else "private"


CHECKS: dict[str, Check] = {
    "database and schema": schema,
    "clock": clocks,
    "disk": disk,
    "room for files": files,
    "key files": keys,
}
