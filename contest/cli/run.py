"""`contest run`: everything on one machine, with one command."""

import os
from collections.abc import Sequence
from functools import partial
from http.client import HTTPConnection, HTTPException

import click
from flask import Flask

from contest import clock
from contest.app import create_app
from contest.cli.children import Children
from contest.cli.database import bring_up_to_date
from contest.cli.opening import data_folder, ensure_writable, say, using
from contest.cli.serve import refuse_open_samples, refuse_taken_port, serve_here
from contest.cli.trouble import Trouble
from contest.config import Settings, read_settings, with_local_keys
from contest.db import db, unit_of_work
from contest.samples.loading import are_loaded, is_empty, load
from contest.samples.people import ACCOUNTS

START_SECONDS = 60.0


@click.command()
@click.pass_context
def run(context: click.Context) -> None:
    """Start everything on this machine: database, samples on the first start, web pages, background work."""
    folder = data_folder().absolute()
    ensure_writable(folder)
    environ = with_local_keys({**os.environ, "CONTEST_DATA": str(folder)})
    settings = read_settings(environ)
    refuse_taken_port(settings)
    app = create_app(settings)
    bring_up_to_date(app, settings)
    first_run(app, settings)
    refuse_open_samples(app, settings)
    children, everything = Children(environ), context.find_root().command
    try:
        children.start("web server", partial(serve_here, "--log-level", "warning", "--graceful-timeout", "3"))
        if wait_until_healthy(children, settings):
            children.start("background work", partial(everything.main, ["work"]))
            announce(app, settings)
            while children.wait():
                pass
    finally:
        children.stop()
    say("Everything has stopped.")


def first_run(app: Flask, settings: Settings) -> None:
    """Load the samples, only into an empty embedded database and only where nobody else can reach them."""
    if not (settings.is_embedded and settings.is_private):
        return
    with using(app):
        if is_empty(db.session()):
            say("Loading the sample contests …")
            with unit_of_work() as session:
                load(session, clock.now())


def wait_until_healthy(children: Children, settings: Settings) -> bool:
    """True once the first page can be opened, False when somebody asked to stop before."""
    began = clock.monotonic()
    while children.wait(0.1):
        if is_healthy(settings):
            return True
        if clock.monotonic() - began > START_SECONDS:
            raise Trouble("The web server did not answer within a minute, so everything stops.")
    return False


def is_healthy(settings: Settings) -> bool:
    """Whether the health page says so."""
    connection = HTTPConnection(local_host(settings), settings.port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (HTTPException, OSError):
        return False
    finally:
        connection.close()


def local_host(settings: Settings) -> str:
    """The name by which this machine reaches the server."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 # only compared


def local_url(settings: Settings) -> str:
    """The address for the browser on this machine."""
    host = local_host(settings)
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def announce(app: Flask, settings: Settings) -> None:
    """Say where the pages are, and who can sign in to the samples."""
    click.echo(f"\n  {local_url(settings)}\n")
    with using(app):
        accounts = ACCOUNTS if are_loaded(db.session()) else ()
    if accounts:
        rows = [(account.role, account.login, account.password) for account in accounts]
        click.echo(as_table([("Sample account", "Sign in with", "Password"), *rows]))
    click.echo("  Ctrl-C stops everything.")


def as_table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of text as columns of equal width."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(f"  {line}" for line in lines) + "\n"
