"""`contest db …`: bringing the database up to this release, after copying the embedded one."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import click
import flask_migrate
from flask import Flask
from sqlalchemy import text

from contest import clock
from contest.app import create_app
from contest.cli.opening import ensure_writable, operator_settings, refuse_newer, say, using
from contest.config import Settings
from contest.db import db, unit_of_work
from contest.schema import Fit, schema_fit

KEPT_COPIES = "backups"


@click.group("db")
def database() -> None:
    """The database's schema."""


@database.command()
def upgrade() -> None:
    """Bring the database up to this release; the embedded one is copied first."""
    settings = operator_settings()
    bring_up_to_date(create_app(settings), settings)
    say("The database fits this release.")


def bring_up_to_date(app: Flask, settings: Settings) -> None:
    """Migrate if there is something to migrate.

    Raises `Trouble` when the database is newer than the code, an error of SQLAlchemy when it can't be written.
    """
    if settings.is_embedded:
        ensure_writable(settings.data)
    with using(app):
        fit = schema_fit(db.engine)
        refuse_newer(fit)
        if fit is Fit.BEHIND and settings.is_embedded:
            copy = copy_embedded(Path(db.engine.url.database or ""), settings.data / KEPT_COPIES, clock.now())
            say(f"The database was copied to {copy}.")
        if fit is not Fit.FITS:
            say("Bringing the database up to this release …")
            flask_migrate.upgrade()
        with unit_of_work() as session:  # one that can be read but not written is told now, not by every page
            session.execute(text("UPDATE alembic_version SET version_num = version_num"))


def copy_embedded(source: Path, folder: Path, now: datetime) -> Path:
    """A consistent copy of a SQLite database that may be in use, named by the time it was made."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"{source.stem}-{now:%Y%m%d-%H%M%S-%f}.db"
    copy_sqlite(source, target)
    return target


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy with SQLite's own backup, which sees one state however busy the database is."""
    target.touch(mode=0o600)
    with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(target)) as copy:
        origin.backup(copy)
