"""Who a request comes from is what its session says, and nothing else that it brings."""

import pytest
from flask import Flask, request
from flask_login import current_user
from flask_login.utils import encode_cookie
from sqlalchemy.orm import Session

from contest.web import access
from tests.factories import make_person, sign_in


@pytest.fixture
def backend() -> str:
    return "sqlite"


def _who() -> str:
    """Asked in both ways, in either order."""
    if "page" in request.args:
        return f"{access.visitor().is_authenticated} {current_user.is_authenticated}"
    return f"{current_user.is_authenticated} {access.visitor().is_authenticated}"


@pytest.mark.parametrize("address", ["/who", "/who?page"])
def test_the_session_alone_says_who_it_is(app: Flask, session: Session, address: str) -> None:
    app.add_url_rule("/who", "who", access.public(_who))
    client = app.test_client()
    assert client.get(address).text == "False False"
    sign_in(session, client, make_person(session))
    assert client.get(address, headers={"User-Agent": "another"}).text == "True True"
    with client.session_transaction() as kept:
        token = kept["_user_id"]
    stranger = app.test_client()
    with app.app_context():
        stranger.set_cookie("remember_token", encode_cookie(token))
    assert stranger.get(address, headers={"Authorization": token}).text == "False False"


def test_another_device_or_address_changes_nothing_in_the_cookie(app: Flask, session: Session) -> None:
    app.add_url_rule("/who", "who", access.public(_who))
    client = app.test_client()
    sign_in(session, client, make_person(session))
    reply = client.get("/who", headers={"User-Agent": "another", "X-Forwarded-For": "203.0.113.9"})
    assert "Set-Cookie" not in reply.headers
