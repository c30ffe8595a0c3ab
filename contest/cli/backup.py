"""`contest backup` and `contest restore`: database and files in a folder, all checked. Keys are never in it."""

from pathlib import Path

import click
import flask_migrate
from flask import current_app
from sqlalchemy import Engine

from contest import clock
from contest.app import create_app
from contest.cli import files
from contest.cli.archive import Manifest, checked_manifest, new_folder, write_manifest
from contest.cli.database import copy_sqlite
from contest.cli.opening import ensure_writable, opened, operator_settings, say, using
from contest.cli.tables import dump, has_rows, load, own_tables
from contest.cli.trouble import Trouble
from contest.db import db
from contest.schema import Fit, code_revisions, database_revision, schema_fit
from contest.storage import storage_of

EMBEDDED_FILE = "database.db"
KEYS_APART = (
    "The keys are not in the backup. Keep CONTEST_SECRET_KEY and CONTEST_IDENTITY_KEY (contest run: secret_key.txt and "
    "identity_key.txt in the data folder) in another place: without them what is encrypted can't be read again."
)

folder_argument = click.argument("folder", type=click.Path(file_okay=False, path_type=Path))


@click.command()
@folder_argument
def backup(folder: Path) -> None:
    """Write the whole database, as it is at one moment, and all files to FOLDER, which must be new or empty."""
    with opened() as settings:
        new_folder(folder)
        made_at = clock.now().isoformat(timespec="seconds")
        if settings.is_embedded:
            copy_sqlite(embedded_file(db.engine), folder / EMBEDDED_FILE)
        else:
            dump(db.engine, folder)
        revision = database_revision(db.engine) or ""
        kept = files.keep(storage_of(settings), folder)
        write_manifest(folder, made_at, db.engine.dialect.name, revision, kept)
    say(f"The backup is in {folder}.")
    say(KEYS_APART)


@click.command()
@folder_argument
def restore(folder: Path) -> None:
    """Fill an empty database, and the files, from the backup in FOLDER of this same release and kind of database."""
    manifest = checked_manifest(folder)
    files.check(folder, manifest.files)
    settings = operator_settings()
    if settings.is_embedded:
        ensure_writable(settings.data)
    with using(create_app(settings)):
        refuse_misfit(manifest, db.engine)
        storage = storage_of(settings)
        files.refuse_others(storage, manifest.files)
        files.bring_back(storage, folder, manifest.files)
        if schema_fit(db.engine) is Fit.EMPTY:
            flask_migrate.upgrade()
        if settings.is_embedded:
            db.engine.dispose()
            copy_sqlite(folder / EMBEDDED_FILE, embedded_file(db.engine))
        else:
            load(db.engine, folder, set(manifest.tables))
    say(f"The backup of {manifest.made_at} is restored.")
    say(KEYS_APART)


def refuse_misfit(manifest: Manifest, engine: Engine) -> None:
    """Raise `Trouble` unless this backup belongs into this database and the database is empty."""
    newest = code_revisions(current_app.extensions["migrate"].directory)[0]
    if manifest.backend != engine.dialect.name:
        raise Trouble(f"The backup is of {manifest.backend}; CONTEST_DATABASE_URL names {engine.dialect.name}.")
    if manifest.revision != newest:
        raise Trouble(
            f"The backup has schema {manifest.revision}, this release {newest}: "
            "restore it with the release that made it, then upgrade."
        )
    if schema_fit(engine) not in {Fit.EMPTY, Fit.FITS}:
        raise Trouble("The database to restore into is not of this release.")
    filled = [table.name for table in own_tables(engine) if has_rows(engine, table)]
    if filled:
        raise Trouble(f"The database to restore into is not empty ({', '.join(filled[:3])} …); name a new one.")


def embedded_file(engine: Engine) -> Path:
    """Where the embedded database lies."""
    return Path(engine.url.database or "")
