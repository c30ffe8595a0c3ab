"""`contest serve`: the web server of a production host."""

import os
import socket
import sys
from pathlib import Path

import click
from flask import Flask
from gunicorn.app import wsgiapp

from contest.cli.opening import ensure_writable, open_app, using
from contest.cli.trouble import Trouble
from contest.config import Settings, read_settings
from contest.db import db
from contest.samples.loading import are_loaded

ROOT = Path(__file__).resolve().parents[2]


@click.command()
def serve() -> None:
    """Serve the web pages. Keys must be set, and the database must fit this release.

    Files may be served by a second one on another port, see docs/operations.md.
    """
    settings = read_settings(os.environ)
    refuse_open_samples(open_app(settings), settings)
    ensure_writable(settings.media, "CONTEST_MEDIA_URL")
    refuse_taken_port(settings)
    os.execv(sys.executable, gunicorn_command())  # noqa: S606 # a supervisor shall see gunicorn itself


def gunicorn_command(*options: str) -> list[str]:
    """The program that serves the pages; its settings come from the environment."""
    configuration = ROOT / "gunicorn.conf.py"
    return [sys.executable, "-m", "gunicorn", "--pythonpath", str(ROOT), "-c", str(configuration), *options, "wsgi:app"]


def serve_here(*options: str) -> None:
    """Be the web server in this very process, with all that it has loaded already."""
    sys.argv = gunicorn_command(*options)[2:]
    wsgiapp.run()


def refuse_open_samples(app: Flask, settings: Settings) -> None:
    """Raise `Trouble` when others could sign in with the samples' passwords, which everybody knows."""
    with using(app):
        if not settings.is_private and are_loaded(db.session()):
            raise Trouble("The database holds the sample accounts, whose passwords are public: use a new CONTEST_DATA.")


def refuse_taken_port(settings: Settings) -> None:
    """Raise `Trouble` when nothing can listen where the settings say."""
    where = f"{settings.host}:{settings.port}"
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((settings.host, settings.port))
    except OSError as error:
        message = f"Nothing can listen on {where}: {error.strerror}. Stop what uses it, or set CONTEST_PORT."
        raise Trouble(message) from error
