"""What every command needs first: settings, the application, and a schema that fits."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask, current_app
from flask_babel import force_locale

from contest.app import create_app
from contest.cli.trouble import Trouble
from contest.config import Settings, read_settings, with_local_keys
from contest.db import db
from contest.errors import DomainError
from contest.schema import Fit, code_revisions, database_revision, schema_fit
from contest.web.words import sentence


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of the embedded database and of files, as the settings name it."""
    return Path(environ.get("CONTEST_DATA", "").strip() or "./var")


def ensure_writable(folder: Path, variable: str = "CONTEST_DATA") -> None:
    """Make the folder if need be. Raises `Trouble` when nothing can be written there; `variable` names another one."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        message = f"The data folder {folder} can't be written: {error.strerror}. Set {variable} to another folder."
        raise Trouble(message) from error


def operator_settings() -> Settings:
    """Settings of a command that the operator types: with the local keys where `contest run` has made them."""
    has_local_keys = (data_folder() / "secret_key.txt").exists()
    return read_settings(with_local_keys(os.environ) if has_local_keys else os.environ)


def open_app(settings: Settings) -> Flask:
    """The application. Raises `Trouble` when the database's schema is not this code's."""
    app = create_app(settings)
    with using(app):
        fit = schema_fit(db.engine)
        if fit in {Fit.EMPTY, Fit.BEHIND}:
            raise Trouble("The database has not been brought up to this release: run contest db upgrade.")
        refuse_newer(fit)
    return app


@contextmanager
def using(app: Flask) -> Iterator[None]:
    """An application context that leaves no connection open behind it."""
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


@contextmanager
def opened() -> Iterator[Settings]:
    """An application context for a command of the operator; errors of the domain become sentences."""
    settings = operator_settings()
    with using(open_app(settings)):
        try:
            yield settings
        except DomainError as error:
            with force_locale("en"):
                raise Trouble(sentence(error)) from error


def refuse_newer(fit: Fit) -> None:
    """Raise `Trouble` when the database was made by a newer release. Needs an application context."""
    if fit is Fit.AHEAD:
        newest = code_revisions(current_app.extensions["migrate"].directory)[0]
        raise Trouble(
            f"The database was made by a newer release (schema {database_revision(db.engine)}; this one knows up to "
            f"{newest}). Start the newer release, or set CONTEST_DATA to another folder."
        )


def say(text: str) -> None:
    """Tell how far a command has come: on stderr, so that what it prints as its result stays clean."""
    click.echo(text, err=True)
