"""Who gets which page: every route is opened by everybody and compared with one reviewed table, `access.toml`.

A form that changes something is only sent by those who must be refused, so that nothing is changed on the way.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.conventions.world import World
from tests.factories import sign_in

TABLE: dict[str, dict[str, str]] = tomllib.loads((Path(__file__).parent / "access.toml").read_text(encoding="utf-8"))
COMMITTEE = (
    "organizer",
    "secretary",
    "question_setter",
    "question_reviewer",
    "judge",
    "chief_judge",
    "coordinator",
)
VISITORS = ("nobody", "person", "participant", "rival", "admin", "elsewhere", *COMMITTEE)
WITHOUT_POLICY = {"static"}


@pytest.fixture
def backend() -> str:
    """What a route allows does not depend on the database."""
    return "sqlite"


def routes(app: Flask) -> Iterator[tuple[str, str, Rule]]:
    """`("GET /staff/<slug>/record", "GET", rule)` for every way into the application."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in WITHOUT_POLICY:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield f"{method} {rule.rule}", method, rule


def expected(route: str, visitor: str) -> str:
    """What the table says: for the visitor by name, else for the committee, else for all."""
    row = TABLE[route]
    group = row.get("committee", row["all"]) if visitor in COMMITTEE else row["all"]
    return row.get(visitor, group)


def outcome(reply: TestResponse) -> str:
    """The reply in the words of the table."""
    if reply.status_code in {302, 303} and reply.headers["Location"].partition("?")[0].endswith("/sign-in"):
        return "sign-in"
    if reply.status_code < 400:
        return "ok"
    return {403: "refused", 404: "missing"}.get(reply.status_code, str(reply.status_code))


def arguments(rule: Rule, world: World) -> list[tuple[str, str]]:
    """The arguments of an address, each with the key of its value: a feature's own before the one for all.

    Where a number is wanted, `int:name` goes before `name`.
    """
    feature = rule.endpoint.partition(".")[0]
    found = []
    for name in rule.arguments:
        keys = [f"int:{name}", name] if f"<int:{name}>" in rule.rule else [name]
        offered = [f"{feature}:{key}" for key in keys] + keys
        found.append((name, next((key for key in offered if key in world.values), name)))
    return found


def address(app: Flask, rule: Rule, world: World) -> str:
    values = {name: world.values[key] for name, key in arguments(rule, world)}
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(rule.endpoint, values))


def sent(client: FlaskClient, method: str, url: str) -> TestResponse:
    if method == "GET":
        return client.get(url)
    token = str(client.get("/session").get_json()["csrf_token"])
    return client.open(url, method=method, data={"csrf_token": token})


def test_every_route_declares_who_may_open_it(app: Flask) -> None:
    views = {rule.endpoint: app.view_functions[rule.endpoint] for _, _, rule in routes(app)}
    assert sorted(name for name, view in views.items() if not hasattr(view, "policy")) == []


def test_table_has_a_row_for_every_route_and_no_other(app: Flask) -> None:
    known = {route for route, _, _ in routes(app)}
    assert sorted(known - TABLE.keys()) == []
    assert sorted(TABLE.keys() - known) == []


def test_table_names_known_visitors_and_outcomes() -> None:
    visitors = {name for row in TABLE.values() for name in row}
    assert visitors <= {"all", "committee", *VISITORS}
    assert [route for route, row in TABLE.items() if "all" not in row] == []


def test_world_has_a_value_for_every_argument(app: Flask, world: World) -> None:
    wanted = {key for _, _, rule in routes(app) for _, key in arguments(rule, world)}
    assert sorted(wanted - world.values.keys()) == []


@pytest.mark.parametrize("visitor", VISITORS)
def test_everybody_gets_what_the_table_says(app: Flask, session: Session, world: World, visitor: str) -> None:
    client = app.test_client()
    if visitor != "nobody":
        sign_in(session, client, world.people[visitor])
    differing = {}
    for route, method, rule in routes(app):
        if route not in TABLE or (method != "GET" and expected(route, visitor) == "ok"):
            continue
        with sent(client, method, address(app, rule, world)) as reply:
            found = outcome(reply)
        if found != expected(route, visitor):
            differing[route] = f"{found}, not {expected(route, visitor)}"
    assert differing == {}
