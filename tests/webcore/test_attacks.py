"""Requests that no page of ours makes: each gets a refusal in words, never a fault."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from contest.contests.models import Contest, Role
from contest.db import db
from contest.questions.models import Bank
from contest.web.access import public
from tests.factories import NOW, add, make_contest, make_person, make_seat, sign_in
from tests.web import csrf_token, post

BEYOND_EVERY_COLUMN = "9" * 25


@pytest.fixture
def organizer(session: Session, client: FlaskClient) -> FlaskClient:
    contest, person = make_contest(session, slug="ta"), make_person(session)
    make_seat(session, contest, person, Role.ORGANIZER)
    sign_in(session, client, person)
    return client


@pytest.mark.parametrize("number", [str(2**31), BEYOND_EVERY_COLUMN])
@pytest.mark.parametrize("address", ["/staff/ta/record?person=", "/staff/ta/participants?group="])
def test_a_number_beyond_the_column_is_refused(organizer: FlaskClient, address: str, number: str) -> None:
    reply = organizer.get(address + number)
    assert reply.status_code in {200, 400}  # one database finds nothing, the other can't even look
    assert reply.headers["X-Request-Id"]


@pytest.mark.parametrize("body", ["[" * 60_000, '{"a":' * 10_000, "1" * 5_000])
def test_json_that_no_parser_finishes_is_refused(organizer: FlaskClient, body: str) -> None:
    headers = {"X-CSRFToken": csrf_token(organizer), "Content-Type": "application/json"}
    reply = organizer.post("/attempts/nothing/answers", data=body, headers=headers)
    assert (reply.status_code, reply.get_json()["error"]) == (400, "bad_request")


@pytest.mark.parametrize("value", ["\ud800", ["ab"], [[1]], {"title": 5}, {"title": ["x"], "body": {}}, 7])
def test_a_form_takes_no_json(organizer: FlaskClient, value: Any) -> None:
    headers = {"X-CSRFToken": csrf_token(organizer), "Content-Type": "application/json"}
    reply = organizer.post("/staff/ta/announcements/new", data=json.dumps(value), headers=headers)
    assert reply.status_code == 422


def test_what_is_kept_of_an_address_adds_no_header(organizer: FlaskClient, session: Session) -> None:
    bank = add(session, Bank(contest_id=session.scalars(select(Contest.id)).one(), name="Ngân hàng", created_at=NOW))
    session.commit()
    reply = post(organizer, f"/staff/ta/banks/{bank.id}/acts", {"back": "q=x\r\nSet-Cookie: a=b"})
    assert (reply.status_code, reply.location) == (303, f"/staff/ta/banks/{bank.id}")


@pytest.fixture
def failing(app: Flask) -> Callable[[Callable[[], Any]], None]:
    return lambda act: app.add_url_rule("/fail", "fail", public(act))


def test_a_statement_that_failed_leaves_words_behind(client: FlaskClient, failing: Any) -> None:
    failing(lambda: db.session.execute(text("SELECT nothing FROM nowhere")))
    reply = client.get("/fail")
    assert reply.status_code in {500, 503}
    assert reply.headers["X-Request-Id"] in reply.text


def test_what_people_wrote_stays_out_of_the_log(
    client: FlaskClient, failing: Any, caplog: pytest.LogCaptureFixture
) -> None:
    phone = "".join(map(str, range(10)))
    failing(lambda: db.session.execute(text("SELECT nothing FROM nowhere WHERE phone = :phone"), {"phone": phone}))
    client.get("/fail")
    assert "nowhere" in caplog.text
    assert phone not in caplog.text


def test_without_a_database_there_are_words(app: Flask, client: FlaskClient) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError("SELECT", {}, OSError("gone"))

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", refuse)
    reply = client.get("/")
    assert reply.status_code == 503
    assert reply.headers["X-Request-Id"] in reply.text
