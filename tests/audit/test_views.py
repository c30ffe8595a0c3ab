"""The pages of the record. Every case has another contest's chain beside it that must not show."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, update
from sqlalchemy.orm import Session

from contest.audit.models import AuditChain, AuditRecord
from contest.audit.services import record
from contest.contests.models import Contest, Role
from contest.db import db
from tests.factories import NOW, make_contest, make_person, make_seat, sign_in

SECRET = "đã gọi điện cho ông Bế Văn Đàn"


@pytest.fixture
def contest(session: Session) -> Contest:
    other = make_contest(session, slug="khac")
    record(session, actor_id=1, now=NOW, act="seat.given", subject="seat:999", scope=other.id)
    return make_contest(session, slug="ta")


def write(session: Session, contest: Contest, actor_id: int, count: int = 1, **values: Any) -> None:
    values = {"act": "round.postponed", "subject": "round:{n}", "detail": {"reason": SECRET}, **values}
    for n in range(1, count + 1):
        subject = values["subject"].format(n=n)
        record(session, actor_id=actor_id, now=NOW, scope=contest.id, **{**values, "subject": subject})
    session.commit()


def enter(session: Session, client: FlaskClient, contest: Contest, role: Role = Role.ORGANIZER) -> int:
    person = make_person(session, "Vi Văn Páo", locale="en")
    make_seat(session, contest, person, role)
    sign_in(session, client, person)
    return person.id


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    statements: list[str] = []
    with app.app_context():
        engine: Engine = db.engine

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def body(client: FlaskClient, url: str, status: int = 200) -> str:
    reply = client.get(url)
    assert reply.status_code == status, reply.text
    return re.sub(r"\s+", " ", reply.text)


def test_organizer_reads_act_person_time_and_reason(session: Session, client: FlaskClient, contest: Contest) -> None:
    write(session, contest, enter(session, client, contest), facts={"round": 31})
    text = body(client, "/staff/ta/record")
    assert "round:1" in text
    assert "09:41 15/07/2026" in text
    assert "Vi Văn Páo" in text
    assert SECRET in text
    assert "seat:999" not in text


def test_secretary_reads_the_act_but_not_its_details(session: Session, client: FlaskClient, contest: Contest) -> None:
    write(session, contest, enter(session, client, contest, Role.SECRETARY), facts={"round": 31})
    text = body(client, "/staff/ta/record")
    assert "round:1" in text
    assert SECRET not in text


def test_newest_stands_first_unless_the_order_is_turned(
    session: Session, client: FlaskClient, contest: Contest
) -> None:
    write(session, contest, enter(session, client, contest), 3)
    assert re.findall(r"round:(\d)", body(client, "/staff/ta/record")) == ["3", "2", "1"]
    assert re.findall(r"round:(\d)", body(client, "/staff/ta/record?sort=at")) == ["1", "2", "3"]


def test_thirty_records_stand_on_two_pages(session: Session, client: FlaskClient, contest: Contest) -> None:
    write(session, contest, enter(session, client, contest), 30)
    assert re.findall(r"round:(\d+)", body(client, "/staff/ta/record?page=2")) == ["5", "4", "3", "2", "1"]


def test_filters_and_search_leave_what_fits(session: Session, client: FlaskClient, contest: Contest) -> None:
    me = enter(session, client, contest)
    other = make_person(session, "Đàm Quang Vinh").id
    write(session, contest, me, subject="round:1")
    write(session, contest, other, subject="round:2")
    write(session, contest, other, act="round.closed", subject="group:a_b")
    write(session, contest, other, act="round.closed", subject="group:axb")

    def shown(query: str) -> list[str]:
        return re.findall(r'class="code">([^<]+)<', body(client, f"/staff/ta/record?{query}"))

    assert shown(f"person={me}") == ["round:1"]
    assert shown("act=round.closed") == ["group:axb", "group:a_b"]
    assert shown("q=ROUND:2") == ["round:2"]
    assert shown("q=a_b") == ["group:a_b"]
    assert shown("q=dam+quang") == ["group:axb", "group:a_b", "round:2"]
    assert "Nothing matches" in body(client, "/staff/ta/record?q=xyz")


def test_empty_record_says_so(session: Session, client: FlaskClient, contest: Contest) -> None:
    enter(session, client, contest)
    assert "Nothing is recorded yet" in body(client, "/staff/ta/record")
    assert "There is no chain to check." in body(client, "/staff/ta/record/check")


@pytest.mark.parametrize("records", [1, 20])
def test_page_takes_the_same_statements_however_long(
    app: Flask, session: Session, client: FlaskClient, contest: Contest, records: int, backend: str
) -> None:
    me = enter(session, client, contest)
    for number in range(records):
        write(session, contest, me if records == 1 else make_person(session).id, subject=f"x:{number}")
    with counted(app) as statements:
        body(client, "/staff/ta/record")
    asks_for_samples = 1 if backend == "sqlite" else 0
    assert len([one for one in statements if one.startswith("SELECT")]) == 6 + asks_for_samples


def test_whole_chain_shows_its_length_and_the_fingerprint_to_keep(
    session: Session, client: FlaskClient, contest: Contest
) -> None:
    write(session, contest, enter(session, client, contest), 3)
    text = body(client, "/staff/ta/record/check")
    assert "The chain of 3 records is whole." in text
    assert session.get_one(AuditChain, contest.id).head in text
    assert "Not checked: whether the newest records were cut off" in text


def test_kept_fingerprint_of_an_earlier_day_fits(session: Session, client: FlaskClient, contest: Contest) -> None:
    me = enter(session, client, contest)
    write(session, contest, me, 2)
    head = session.get_one(AuditChain, contest.id).head
    write(session, contest, me, 1)
    text = body(client, f"/staff/ta/record/check?length=2&head={head.upper()}")
    assert "The fingerprint fits." in text
    assert "Not checked" not in text


def test_cut_off_end_shows_only_against_a_kept_fingerprint(
    session: Session, client: FlaskClient, contest: Contest
) -> None:
    write(session, contest, enter(session, client, contest), 3, detail=None)
    chain = session.get_one(AuditChain, contest.id)
    kept = chain.head
    last = session.query(AuditRecord).filter_by(scope=contest.id, seq=3).one()
    chain.length, chain.head = 2, last.previous
    session.delete(last)
    session.commit()
    assert "The chain of 2 records is whole." in body(client, "/staff/ta/record/check")
    text = body(client, f"/staff/ta/record/check?length=3&head={kept}")
    assert "The record is not as it was written." in text
    assert "number 3 should be there" in text


def test_rewritten_chain_does_not_have_the_kept_fingerprint(
    session: Session, client: FlaskClient, contest: Contest
) -> None:
    write(session, contest, enter(session, client, contest), 2)
    text = body(client, f"/staff/ta/record/check?length=1&head={'a' * 64}")
    assert "Record 1 does not have the fingerprint that was written down." in text


def test_changed_record_is_named(session: Session, client: FlaskClient, contest: Contest) -> None:
    write(session, contest, enter(session, client, contest), 3)
    session.execute(update(AuditRecord).where(AuditRecord.scope == contest.id, AuditRecord.seq == 2).values(act="x.y"))
    session.commit()
    assert "Record 2 is no longer what was written." in body(client, "/staff/ta/record/check")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (f"length=0&head={'a' * 64}", "This is a whole number from 1."),
        (f"length=x&head={'a' * 64}", "This is a whole number from 1."),
        (f"length=2&head={'a' * 63}", "A fingerprint has 64 characters"),
        (f"length=2&head={'g' * 64}", "A fingerprint has 64 characters"),
        ("length=2&head=", "as they stood side by side"),
        (f"length=&head={'a' * 64}", "as they stood side by side"),
    ],
)
def test_mistyped_fingerprint_is_explained_and_kept(
    session: Session, client: FlaskClient, contest: Contest, query: str, sentence: str
) -> None:
    write(session, contest, enter(session, client, contest))
    text = body(client, f"/staff/ta/record/check?{query}", 422)
    assert sentence in text
    for typed in re.findall(r"=([^&]+)", query):
        assert f'value="{typed}"' in text


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ORGANIZER, Role.SECRETARY}])
def test_other_seats_are_refused(session: Session, client: FlaskClient, contest: Contest, role: Role) -> None:
    enter(session, client, contest, role)
    assert client.get("/staff/ta/record").status_code == 403
    assert client.get("/staff/ta/record/check").status_code == 403
