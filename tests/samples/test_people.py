from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.domain import ConsentGiver, ConsentPurpose
from contest.accounts.models import Consent, Person
from contest.accounts.queries import has_consent
from contest.samples.people import ACCOUNTS, ADMIN, CITIZEN, PUPIL, SampleAccount, add_people
from tests.factories import NOW
from tests.web import post


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.login)
def test_whoever_is_printed_on_the_first_start_can_sign_in(
    app: Flask, session: Session, client: FlaskClient, account: SampleAccount
) -> None:
    with app.app_context():
        people = add_people(session, NOW)
    session.commit()
    assert post(client, "/sign-in", {"login": account.login, "password": account.password}).status_code == 303
    assert client.get("/session").json["person"] == people[account.login]


def test_one_of_them_administers_and_citizen_and_pupil_may_take_part(app: Flask, session: Session) -> None:
    with app.app_context():
        people = add_people(session, NOW)
    assert [login for login, person_id in people.items() if session.get_one(Person, person_id).is_admin] == [
        ADMIN.login
    ]
    for login in (CITIZEN.login, PUPIL.login):
        for purpose in (ConsentPurpose.TAKE_PART, ConsentPurpose.PUBLISH_NAME):
            assert has_consent(session, people[login], purpose, date(2026, 7, 15))


def test_the_pupils_guardian_and_the_pupil_have_agreed(app: Flask, session: Session) -> None:
    with app.app_context():
        people = add_people(session, NOW)
    given = session.execute(select(Consent.purpose, Consent.given_by).filter_by(person_id=people[PUPIL.login])).all()
    assert sorted(given) == [
        (purpose, giver)
        for purpose in (ConsentPurpose.PUBLISH_NAME, ConsentPurpose.TAKE_PART)
        for giver in (ConsentGiver.CHILD, ConsentGiver.GUARDIAN)
    ]
