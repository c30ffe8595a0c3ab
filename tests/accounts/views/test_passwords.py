"""Forgotten, reset and changed passwords."""

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts import services
from contest.accounts.domain import ConsentPurpose
from contest.accounts.models import Person
from contest.accounts.queries import has_consent
from contest.accounts.services.limits import RESET_BY_PAIR
from contest.mail.models import OutboxMessage
from tests.accounts.views.conftest import LOGIN
from tests.factories import NOW, PASSWORD, actor_of, make_person, sign_in
from tests.web import form_values, post

NEW = "trăng sáng bản Khiếng"
EMAIL = "ngoc@example.vn"


def signs_in(app: Flask, login: str, password: str) -> bool:
    return post(app.test_client(), "/sign-in", {"login": login, "password": password}).status_code == 303


def test_a_code_by_mail_sets_a_new_password(app: Flask, client: FlaskClient, session: Session) -> None:
    make_person(session, login=EMAIL)
    session.commit()
    assert post(client, "/forgotten", {"login": "Ngoc@example.vn"}).location == "/reset"
    code = re.findall(r"\w{4}-\w{4}", session.scalars(select(OutboxMessage.body)).one())[0]
    assert form_values(client.get("/reset").text)["login"] == "ngoc@example.vn".capitalize()
    assert post(client, "/reset", {"login": EMAIL, "code": code, "password": NEW}).location == "/sign-in"
    assert signs_in(app, EMAIL, NEW)
    assert not signs_in(app, EMAIL, PASSWORD)
    assert post(client, "/reset", {"login": EMAIL, "code": code, "password": NEW}).status_code == 422


def test_forgotten_says_the_same_for_every_login(app: Flask, session: Session) -> None:
    make_person(session, login=EMAIL)
    session.commit()
    replies = []
    for login in (EMAIL, "la@example.vn", LOGIN):
        client = app.test_client()
        reply = post(client, "/forgotten", {"login": login})
        with client.session_transaction() as cookie:
            replies.append((reply.status_code, reply.text, cookie["_flashes"]))
    assert replies[0] == replies[1] == replies[2]


def test_the_sixth_request_within_an_hour_waits(client: FlaskClient, session: Session) -> None:
    make_person(session, login=EMAIL)
    session.commit()
    statuses = [post(client, "/forgotten", {"login": EMAIL}).status_code for _ in range(6)]
    assert statuses == [303] * 5 + [429]
    assert len(session.scalars(select(OutboxMessage)).all()) == 1


def test_a_wrong_code_and_an_unknown_login_get_the_same_reply(
    client: FlaskClient, session: Session, person: Person
) -> None:
    services.issue_reset_code(session, actor_of(person), NOW, person_id=person.id, check_note="gọi lại")
    session.commit()
    texts = set()
    for login in (LOGIN, "0912 345 679"):
        reply = post(client, "/reset", {"login": login, "code": "AAAA-AAAA", "password": NEW})
        assert reply.status_code == 422
        assert form_values(reply.text)["code"] == "AAAA-AAAA"
        texts.add(re.sub(r'"[\w.-]{40,}"', "", reply.text.replace(login, "LOGIN")))
    assert len(texts) == 1


def test_wrong_codes_count_although_they_are_refused_and_a_stranger_locks_nobody_out(
    app: Flask, client: FlaskClient, session: Session, person: Person
) -> None:
    code = services.issue_reset_code(session, actor_of(person), NOW, person_id=person.id, check_note="gọi lại")
    session.commit()
    stranger, elsewhere = app.test_client(), {"REMOTE_ADDR": "203.0.113.7"}
    wrong = {"login": LOGIN, "code": "AAAA-AAAA", "password": NEW}
    statuses = [
        post(stranger, "/reset", wrong, environ_overrides=elsewhere).status_code for _ in range(RESET_BY_PAIR.tries + 1)
    ]
    assert statuses == [422] * RESET_BY_PAIR.tries + [429]
    right = {**wrong, "code": code}
    assert post(stranger, "/reset", right, environ_overrides=elsewhere).status_code == 429
    assert post(client, "/reset", right).status_code == 303


def test_a_new_password_is_not_the_persons_own_data(client: FlaskClient, session: Session, person: Person) -> None:
    code = services.issue_reset_code(session, actor_of(person), NOW, person_id=person.id, check_note="gọi lại")
    session.commit()
    reply = post(client, "/reset", {"login": LOGIN, "code": code, "password": "17/05/1990"})
    assert 'id="password-error"' in reply.text
    assert post(client, "/reset", {"login": LOGIN, "code": code, "password": NEW}).status_code == 303


@pytest.mark.parametrize(
    ("current", "password", "field"),
    [("sai mật khẩu", NEW, "current"), (PASSWORD, PASSWORD, "password"), (PASSWORD, "12345678", "password")],
)
def test_changing_needs_the_present_password_and_a_good_new_one(
    app: Flask, client: FlaskClient, session: Session, person: Person, current: str, password: str, field: str
) -> None:
    sign_in(session, client, person)
    reply = post(client, "/account/password", {"current": current, "password": password})
    assert reply.status_code == 422
    assert f'id="{field}-error"' in reply.text
    assert signs_in(app, LOGIN, PASSWORD)


def test_a_changed_password_signs_out_the_other_devices(
    app: Flask, client: FlaskClient, session: Session, person: Person
) -> None:
    other = app.test_client()
    sign_in(session, client, person)
    sign_in(session, other, person)
    assert post(client, "/account/password", {"current": PASSWORD, "password": NEW}).location == "/account"
    assert client.get("/session").json["signed_in"] is True
    assert other.get("/session").json["signed_in"] is False
    assert signs_in(app, LOGIN, NEW)


def test_a_pupil_chooses_a_password_and_agrees_before_anything_else(client: FlaskClient, session: Session) -> None:
    issued = services.issue_account(
        session,
        NOW,
        full_name="Lý Văn Páo",
        birth_date=date(2014, 5, 1),
        password=services.given_passwords(1)[0],
        guardian_name="Lý Seo Sùng",
        guardian_proof="paper:8A",
    )
    session.commit()
    post(client, "/sign-in", {"login": issued.login.lower(), "password": issued.password})
    assert client.get("/account?x=1").location == "/account/password?next=/account?x%3D1"
    assert client.get("/session").json["signed_in"] is True
    assert client.get("/personal-data").status_code == 200
    assert "current" not in form_values(client.get("/account/password").text)
    reply = post(client, "/account/password", {"password": NEW})
    assert 'id="take_part-error"' in reply.text
    reply = post(client, "/account/password", {"password": issued.password, "take_part": "y"})
    assert 'id="password-error"' in reply.text
    reply = post(client, "/account/password", {"password": NEW, "take_part": "y", "next": "/account?x=1"})
    assert reply.location == "/account?x=1"
    assert client.get("/account").status_code == 200
    assert has_consent(session, issued.person_id, ConsentPurpose.TAKE_PART, date(2026, 7, 15))
