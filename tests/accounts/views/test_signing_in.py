"""Signing in and out, as people and as those who try what they should not."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from contest.accounts import services
from contest.accounts.models import Credential, Person, PersonSession
from contest.accounts.services import passwords
from contest.db import db
from tests.accounts.views.conftest import LOGIN
from tests.factories import NOW, PASSWORD, make_person, sign_in
from tests.web import form_values, post

At = Callable[[datetime], None]


def enter(client: FlaskClient, login: str = LOGIN, password: str = PASSWORD, **values: Any) -> TestResponse:
    return post(client, "/sign-in", {"login": login, "password": password, **values})


def steady(reply: TestResponse, login: str) -> str:
    """The reply without what differs from one request to the next."""
    return re.sub(r'value="[\w.-]{40,}"|content="[\w.-]{40,}"', "", reply.text.replace(login, "LOGIN"))


def test_people_sign_in_see_their_account_and_sign_out(client: FlaskClient, person: Person) -> None:
    assert client.get("/account").status_code == 303
    reply = enter(client, "+84 912.345.678")
    assert (reply.status_code, reply.location) == (303, "/")
    assert client.get("/session").json["person"] == person.id
    assert LOGIN in client.get("/account").text
    assert post(client, "/sign-out").status_code == 303
    assert client.get("/session").json["signed_in"] is False
    assert client.get("/account").status_code == 303


def test_signing_out_ends_the_session_for_a_copied_cookie_too(app: Flask, client: FlaskClient, person: Person) -> None:
    enter(client)
    thief = app.test_client()
    with client.session_transaction() as cookie, thief.session_transaction() as copied:
        copied.update(cookie)
    assert thief.get("/session").json["signed_in"] is True
    post(client, "/sign-out")
    assert thief.get("/session").json["signed_in"] is False


def test_an_unknown_login_and_a_wrong_password_get_the_same_reply(
    client: FlaskClient, session: Session, person: Person, at: At
) -> None:
    at(NOW)
    gone = make_person(session, login="+84900000001")
    services.disable_person(session, None, NOW, gone.id)
    session.commit()
    replies = {login: enter(client, login, "sai mật khẩu") for login in (LOGIN, "0912 345 679", "0900000001", "hỏng!")}
    assert {reply.status_code for reply in replies.values()} == {422}
    assert len({steady(reply, login) for login, reply in replies.items()}) == 1


def test_a_hash_is_verified_whether_or_not_somebody_has_the_login(
    client: FlaskClient, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    hasher = passwords._hasher

    class Watched:
        def verify(self, stored: str, plain: str) -> bool:
            seen.append(stored)
            assert not db.session().in_transaction()
            return hasher.verify(stored, plain)

    monkeypatch.setattr(passwords, "_hasher", Watched())
    enter(client, LOGIN, "sai mật khẩu")
    enter(client, "0912 345 679", "sai mật khẩu")
    assert len(seen) == 2
    assert seen[1] == passwords._dummy_hash


def test_what_was_typed_is_kept_and_the_password_is_not(client: FlaskClient, person: Person) -> None:
    reply = enter(client, " 0912 345 678 ", "sai mật khẩu")
    assert form_values(reply.text)["login"] == LOGIN
    assert "sai mật khẩu" not in reply.text
    assert 'aria-invalid="true"' in reply.text


def test_old_hashes_are_renewed_at_sign_in(client: FlaskClient, session: Session, person: Person) -> None:
    enter(client)
    stored = session.scalars(select(Credential.password_hash).where(Credential.person_id == person.id)).one()
    assert not passwords.is_outdated(stored)
    post(client, "/sign-out")
    assert enter(client).status_code == 303


def test_the_cookie_of_before_does_not_live_on(client: FlaskClient, person: Person) -> None:
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    before = client.get("/session").json["csrf_token"]
    enter(client)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
    refused = client.post("/sign-out", data={"csrf_token": before})
    assert refused.status_code == 400


def test_signing_in_goes_on_where_one_was_and_never_elsewhere(client: FlaskClient, person: Person) -> None:
    page = client.get("/sign-in?next=/account")
    assert form_values(page.text)["next"] == "/account"
    assert enter(client, next="/account").location == "/account"
    post(client, "/sign-out")
    assert enter(client, next="//evil.example/").location == "/"


def test_the_eleventh_try_for_an_account_waits_even_with_the_right_password(
    client: FlaskClient, person: Person, at: At
) -> None:
    for _ in range(10):
        assert enter(client, LOGIN, "sai mật khẩu").status_code == 422
    reply = enter(client, "84912345678")
    assert (reply.status_code, reply.headers["Retry-After"]) == (429, "240")
    assert form_values(reply.text)["login"] == "84912345678"
    assert "4 " in reply.text
    at(NOW + timedelta(minutes=4))
    assert enter(client).status_code == 303


def test_signing_in_often_is_no_attack(client: FlaskClient, person: Person) -> None:
    for _ in range(11):
        assert enter(client).status_code == 303
        post(client, "/sign-out")


def test_a_busy_moment_asks_to_try_again(client: FlaskClient, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_plain: str, _stored: str | None) -> bool:
        raise passwords.Busy

    monkeypatch.setattr(services, "is_right_password", busy)
    reply = enter(client)
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "10")
    assert form_values(reply.text)["login"] == LOGIN


def test_a_revoked_session_is_signed_out_and_told_so(client: FlaskClient, session: Session, person: Person) -> None:
    sign_in(session, client, person)
    assert client.get("/session").json["signed_in"] is True
    services.revoke_sessions(session, NOW, person.id)
    session.commit()
    assert client.get("/session").json == {**client.get("/session").json, "signed_in": False, "person": None}
    assert "Phiên đã hết hạn" in client.get("/sign-in").text
    assert "Phiên đã hết hạn" not in client.application.test_client().get("/sign-in").text


def test_the_state_of_the_session_is_never_stored(client: FlaskClient) -> None:
    reply = client.get("/session")
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.json == {"signed_in": False, "person": None, "csrf_token": reply.json["csrf_token"]}


def test_the_language_follows_the_browser_and_the_account(
    client: FlaskClient, session: Session, person: Person
) -> None:
    assert "Đăng nhập" in client.get("/sign-in").text
    reply = post(client, "/locale", {"locale": "en", "next": "/sign-in"})
    assert reply.location == "/sign-in"
    assert "Forgotten password?" in client.get("/sign-in").text
    enter(client)
    post(client, "/locale", {"locale": "vi"})
    session.refresh(person)
    assert person.locale == "vi"
    assert post(client, "/locale", {"locale": "xx"}).status_code == 400


def test_the_browser_is_noted(client: FlaskClient, session: Session, person: Person) -> None:
    post(client, "/sign-in", {"login": LOGIN, "password": PASSWORD}, headers={"User-Agent": "Firefox/115 Android"})
    assert session.scalars(select(PersonSession.user_agent)).one() == "Firefox/115 Android"
    assert "Firefox, Android" in client.get("/account").text
