import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from contest.contests.models import Role
from tests.factories import make_contest, make_person, make_seat, sign_in


@pytest.fixture
def backend() -> str:
    return "sqlite"


def links(client: FlaskClient, path: str) -> set[str]:
    with client:
        reply = client.get(path)
        assert reply.status_code == 200
        return {part.split('"')[1] for part in reply.text.split("<a ")[1:] if 'href="/staff/' in part}


def test_menu_shows_what_the_seat_may_open_in_this_contest(app: Flask, session: Session) -> None:
    ours = make_contest(session, slug="ta")
    seats = {role: make_person(session) for role in (Role.SECRETARY, Role.ORGANIZER)}
    for role, person in seats.items():
        make_seat(session, ours, person, role)
    found = {}
    for role, person in seats.items():
        client = app.test_client()
        sign_in(session, client, person)
        found[role] = links(client, "/staff/ta/record")
    assert "/staff/ta/record" in found[Role.SECRETARY]
    assert "/staff/ta/banks" in found[Role.ORGANIZER] - found[Role.SECRETARY]
