"""Ways around the sign-in pages."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from contest.accounts.models import Credential, Person
from contest.accounts.services.limits import Limit
from tests.factories import PASSWORD, make_person, sign_in
from tests.web import post


def test_calling_a_request_json_does_not_pass_the_new_password(
    app: Flask, session: Session, client: FlaskClient
) -> None:
    person = make_person(session)
    session.execute(update(Credential).where(Credential.person_id == person.id).values(must_change=True))
    sign_in(session, client, person)
    for url in ("/account", "/contests/nothing/join"):
        reply = client.get(url, content_type="application/json")
        assert (reply.status_code, reply.location.partition("?")[0]) == (303, "/account/password")


def enter(client: FlaskClient, address: str, password: str) -> int:
    """What signing in from that address answers."""
    values = {"login": "0912345678", "password": password}
    return post(client, "/sign-in", values, environ_base={"REMOTE_ADDR": address}).status_code


def test_wrong_passwords_from_elsewhere_do_not_lock_an_account(client: FlaskClient, person: Person) -> None:
    assert [enter(client, "203.0.113.7", "sai") for _ in range(12)] == [422] * 10 + [429] * 2
    assert enter(client, "203.0.113.8", PASSWORD) == 303


def test_many_addresses_together_are_stopped_and_refused_tries_do_not_add_up(
    client: FlaskClient, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contest.accounts.views.signing_in.SIGN_IN_BY_LOGIN", Limit("sign_in.login", 11, 15))
    assert [enter(client, "203.0.113.7", "sai") for _ in range(12)] == [422] * 10 + [429] * 2
    assert [enter(client, "203.0.113.8", "sai") for _ in range(2)] == [422, 429]
    assert enter(client, "203.0.113.9", PASSWORD) == 429
