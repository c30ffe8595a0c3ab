"""Ways around the sign-in pages."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from contest.accounts.models import Credential
from tests.factories import make_person, sign_in


def test_calling_a_request_json_does_not_pass_the_new_password(
    app: Flask, session: Session, client: FlaskClient
) -> None:
    person = make_person(session)
    session.execute(update(Credential).where(Credential.person_id == person.id).values(must_change=True))
    sign_in(session, client, person)
    for url in ("/account", "/contests/nothing/join"):
        reply = client.get(url, content_type="application/json")
        assert (reply.status_code, reply.location.partition("?")[0]) == (303, "/account/password")
