"""Addresses of a world's judging, and browsers of its people."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.db import db
from tests.factories import sign_in
from tests.judging.world import World


def judging(world: World, page: str = "") -> str:
    return f"/staff/{world.contest.slug}/judging{page}"


def of_round(world: World, page: str = "") -> str:
    return judging(world, f"/rounds/{world.round.id}{page}")


def browser(app: Flask, session: Session, person: Person) -> FlaskClient:
    client = app.test_client()
    sign_in(session, client, person)
    return client


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """What the requests inside the block send to the database."""
    with app.app_context():
        engine = db.engine
    seen: list[str] = []

    def note(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
