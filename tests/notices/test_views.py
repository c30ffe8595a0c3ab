from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from contest.audit.models import AuditRecord
from contest.contests.models import Contest, Role
from contest.notices.models import Announcement
from contest.notices.services import publish_announcement
from tests.factories import NOW, actor_of, make_contest, make_person, make_seat, sign_in
from tests.web import post


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def desk(session: Session, client: FlaskClient, role: Role = Role.ORGANIZER) -> Contest:
    contest, person = make_contest(session), make_person(session)
    make_seat(session, contest, person, role)
    sign_in(session, client, person)
    return contest


def announce(session: Session, contest: Contest, count: int = 1) -> None:
    actor = actor_of(make_person(session), contest, Role.ORGANIZER)
    for number in range(count):
        at = NOW + timedelta(minutes=number)
        publish_announcement(session, actor, at, contest_id=contest.id, title=f"Thông báo số {number}", body="Nội dung")
    session.commit()


def test_an_announcement_is_written_read_and_taken_down(session: Session, client: FlaskClient) -> None:
    contest = desk(session, client)
    body = "Kính gửi <b>các em</b>.\n\nHạn cuối: 24 giờ."
    reply = post(client, f"/staff/{contest.slug}/announcements/new", {"title": "Gia hạn", "body": body})
    assert reply.status_code == 303
    found = session.scalars(select(Announcement)).one()
    address = f"/contests/{contest.slug}/announcements/{found.id}"
    html = client.get(address).text
    assert "&lt;b&gt;các em&lt;/b&gt;" in html
    assert html.count("<p>Hạn cuối: 24 giờ.</p>") == 1
    assert address in client.get("/announcements").text
    asked = client.get(f"/staff/{contest.slug}/announcements/{found.id}/withdrawal")
    assert "Gia hạn" in asked.text
    assert post(client, f"/staff/{contest.slug}/announcements/{found.id}/withdrawal").status_code == 303
    assert client.get(address).status_code == 404
    again = post(client, f"/staff/{contest.slug}/announcements/{found.id}/withdrawal")
    assert again.status_code == 422
    session.rollback()
    assert session.scalar(select(func.count(AuditRecord.id))) == 2


def test_what_was_typed_is_kept_beside_the_error(session: Session, client: FlaskClient) -> None:
    contest = desk(session, client)
    reply = post(client, f"/staff/{contest.slug}/announcements/new", {"title": "", "body": "Đã gõ dài"})
    assert reply.status_code == 422
    assert "Hãy nhập tiêu đề." in reply.text
    assert "Đã gõ dài" in reply.text


def test_other_seats_and_strangers_have_no_desk(session: Session, client: FlaskClient) -> None:
    contest = desk(session, client, Role.JUDGE)
    assert client.get(f"/staff/{contest.slug}/announcements").status_code == 403
    other = make_contest(session)
    session.commit()
    assert client.get(f"/staff/{other.slug}/announcements").status_code == 404


def test_the_public_list_is_searched_without_tones_and_says_when_it_is_empty(
    session: Session, client: FlaskClient
) -> None:
    assert "Chưa có thông báo" in client.get("/announcements").text
    announce(session, make_contest(session))
    assert "Thông báo số 0" in client.get("/announcements?q=thong+bao").text
    assert "Không tìm thấy" in client.get("/announcements?q=khong+co").text


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("address", ["/announcements", "/staff/{slug}/announcements"])
def test_lists_cost_the_same_however_long(
    app: Flask, session: Session, client: FlaskClient, rows: int, address: str
) -> None:
    contest = desk(session, client)
    announce(session, contest, rows)
    client.get(address.format(slug=contest.slug))
    with counted(session.get_bind().engine) as statements:
        reply = client.get(address.format(slug=contest.slug))
    assert reply.text.count("Thông báo số") >= rows
    assert len([text for text in statements if "announcement" in text]) == 2


def test_pages_are_turned(session: Session, client: FlaskClient) -> None:
    announce(session, make_contest(session), 26)
    assert "Thông báo số 25" in client.get("/announcements").text
    second = client.get("/announcements?page=2").text
    assert "Thông báo số 0" in second
    assert "Thông báo số 25" not in second
