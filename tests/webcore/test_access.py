"""What each declaration lets through, on pages made for the test."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.contests.models import Role
from contest.web import access
from tests.factories import make_contest, make_person, make_seat, sign_in


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def enter(app: Flask, session: Session) -> Callable[[Person | None], FlaskClient]:
    seated = access.seated(Role.ORGANIZER, Role.SECRETARY)
    views = {
        "/public": access.public(lambda: "in"),
        "/own": access.signed_in(lambda: "in"),
        "/operator": access.admin_only(lambda: "in"),
        "/desk/<slug>": seated(lambda slug: "in"),
    }
    for number, (path, view) in enumerate(views.items()):
        app.add_url_rule(path, f"test{number}", view, methods=["GET", "PUT"])

    def as_visitor(person: Person | None) -> FlaskClient:
        client = app.test_client()
        if person is not None:
            sign_in(session, client, person)
        return client

    return as_visitor


def test_declaration_can_be_read_back() -> None:
    assert access.public(lambda: "").policy == "public"
    assert access.seated("secretary", "organizer")(lambda slug: "").policy == "seat:organizer,secretary"


def test_stranger_opens_what_is_public_and_is_asked_to_sign_in_elsewhere(enter: Callable[..., FlaskClient]) -> None:
    client = enter(None)
    assert client.get("/public").text == "in"
    reply = client.get("/desk/ta?page=2")
    assert reply.status_code == 303
    assert reply.location.endswith("/sign-in?next=/desk/ta?page%3D2")


def test_seat_opens_the_desk_of_its_contest_only(session: Session, enter: Callable[..., FlaskClient]) -> None:
    ours, other = make_contest(session, slug="ta"), make_contest(session, slug="khac")
    person = make_person(session)
    make_seat(session, ours, person, Role.SECRETARY)
    make_seat(session, other, person, Role.JUDGE)
    client = enter(person)
    assert [client.get(f"/desk/{slug}").status_code for slug in ("ta", "khac", "none")] == [200, 403, 404]
    assert client.get("/operator").status_code == 404


def test_administrator_has_no_seat(session: Session, enter: Callable[..., FlaskClient]) -> None:
    make_contest(session, slug="ta")
    client = enter(make_person(session, is_admin=True))
    assert client.get("/operator").text == "in"
    assert client.get("/desk/ta").status_code == 404


def test_person_without_seats_opens_own_pages(session: Session, enter: Callable[..., FlaskClient]) -> None:
    client = enter(make_person(session))
    assert client.get("/own").text == "in"
    assert client.get("/operator").status_code == 404
