"""Every form of the committee leaves its acts in the record; whoever may not send it leaves nothing and changes nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from contest.audit.models import AuditRecord
from contest.db import Base
from tests.conventions.posts import ELSEWHERE, POSTS
from tests.conventions.test_access import COMMITTEE, address, expected, routes
from tests.conventions.world import World
from tests.factories import sign_in
from tests.web import post

DESK = "/staff/<slug>/"
# What every request may write, whoever sends it.
UNWATCHED = {"person_session", "rate_counter"}


@pytest.fixture
def backend() -> str:
    """Which acts a route leaves does not depend on the database."""
    return "sqlite"


def forms(app: Flask) -> Iterator[tuple[str, Rule]]:
    """Every staff route that takes a form, by what follows the desk's address."""
    for _route, method, rule in routes(app):
        if method == "POST" and rule.rule.startswith(DESK):
            yield rule.rule.removeprefix(DESK), rule


def acts(session: Session) -> list[str]:
    session.rollback()  # see what the requests have committed since
    return list(session.scalars(select(AuditRecord.act).order_by(AuditRecord.id)))


def everything(session: Session) -> dict[str, list[Any]]:
    session.rollback()
    tables = [table for table in Base.metadata.sorted_tables if table.name not in UNWATCHED]
    return {table.name: sorted(map(repr, session.execute(select(table)).all())) for table in tables}


def sent(
    app: Flask, session: Session, client: FlaskClient, world: World, name: str, *, is_prepared: bool
) -> TestResponse:
    form, rule = POSTS[name], dict(forms(app))[name]
    values = form.prepare(session, world) if form.prepare and is_prepared else {}
    data = form.data(session, world) if callable(form.data) else form.data
    session.commit()
    url = address(app, rule, World(world.people, {**world.values, **values}))
    return post(client, url + (form.query(world) if form.query else ""), data)


def test_every_form_of_the_committee_is_in_the_table(app: Flask) -> None:
    assert sorted({name for name, _ in forms(app)} - POSTS.keys() - ELSEWHERE.keys()) == []
    assert sorted(POSTS.keys() - {name for name, _ in forms(app)}) == []


@pytest.mark.parametrize("name", POSTS)
def test_what_is_done_is_in_the_record(app: Flask, session: Session, world: World, name: str) -> None:
    client, form = app.test_client(), POSTS[name]
    sign_in(session, client, world.people[form.seat])
    before = acts(session)
    reply = sent(app, session, client, world, name, is_prepared=True)
    assert acts(session)[len(before) :] == form.acts, reply.status
    assert reply.status_code < 400


@pytest.mark.parametrize("visitor", ["participant", "elsewhere", *COMMITTEE])
def test_what_is_refused_leaves_nothing(app: Flask, session: Session, world: World, visitor: str) -> None:
    client = app.test_client()
    sign_in(session, client, world.people[visitor])
    before = everything(session)
    refused = [name for name in POSTS if expected(f"POST {DESK}{name}", visitor) != "ok"]
    replies = {name: sent(app, session, client, world, name, is_prepared=False).status_code for name in refused}
    assert [name for name, status in replies.items() if status < 400] == []
    assert everything(session) == before
