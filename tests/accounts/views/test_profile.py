"""One's own account."""

from datetime import date

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts import services
from contest.accounts.domain import ConsentPurpose
from contest.accounts.models import Consent, Person, PersonDetails
from contest.accounts.queries import has_consent
from tests.accounts.views.conftest import LOGIN
from tests.factories import NOW, actor_of, make_person, sign_in
from tests.web import post

TODAY = date(2026, 7, 15)
PUBLISH_NAME = ConsentPurpose.PUBLISH_NAME


def test_the_account_shows_who_gave_out_a_code(client: FlaskClient, session: Session, person: Person) -> None:
    teacher = make_person(session, "Bế Thị Kim Thoa")
    services.issue_reset_code(session, actor_of(teacher), NOW, person_id=person.id, check_note="gọi lại")
    sign_in(session, client, person)
    account = client.get("/account").text
    name = '<span lang="vi">Bế Thị Kim Thoa</span>'
    assert f"A code for a new password was given out by {name} at 09:41 15/07/2026." in account
    assert "gọi lại" not in account
    assert LOGIN in account


def test_consent_is_given_and_withdrawn_after_a_word_on_what_that_means(
    client: FlaskClient, session: Session, person: Person
) -> None:
    sign_in(session, client, person)
    assert client.get("/account/consents/publish_name").status_code == 200
    assert post(client, "/account/consents/publish_name").location == "/account"
    assert has_consent(session, person.id, PUBLISH_NAME, TODAY)
    session.rollback()
    assert "shortened" in client.get("/account/consents/publish_name/withdrawal").text
    assert has_consent(session, person.id, PUBLISH_NAME, TODAY)
    session.rollback()
    assert post(client, "/account/consents/publish_name/withdrawal").location == "/account"
    assert not has_consent(session, person.id, PUBLISH_NAME, TODAY)


def test_a_child_needs_the_guardian_for_it(client: FlaskClient, session: Session, person: Person) -> None:
    session.get_one(PersonDetails, person.id).birth_date = date(2014, 5, 1)
    sign_in(session, client, person)
    reply = post(client, "/account/consents/publish_name", {"guardian_name": ""})
    assert reply.status_code == 422
    assert 'id="guardian_name-error"' in reply.text
    assert post(client, "/account/consents/publish_name", {"guardian_name": "Lý Seo Sùng"}).status_code == 303
    assert set(session.scalars(select(Consent.given_by))) == {"guardian", "child"}


def test_there_is_no_consent_to_anything_else(client: FlaskClient, session: Session, person: Person) -> None:
    sign_in(session, client, person)
    assert client.get("/account/consents/everything").status_code == 404


def test_the_other_devices_are_signed_out(app: Flask, client: FlaskClient, session: Session, person: Person) -> None:
    other = app.test_client()
    sign_in(session, client, person)
    sign_in(session, other, person)
    assert "Sign out every other device" in client.get("/account").text
    assert post(client, "/account/sessions/close").location == "/account"
    assert other.get("/session").json["signed_in"] is False
    assert "Sign out every other device" not in client.get("/account").text
