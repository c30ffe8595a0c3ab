"""Registering."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from contest.accounts.models import Consent, Person
from contest.accounts.services import limits
from contest.mail.models import OutboxMessage
from tests.web import form_values, post

PASSWORD = "con trâu đi trước"
GOOD = {
    "full_name": "Hoàng Thị Bích Ngọc",
    "birth_date": "28/02/1998",
    "login": "0912 345 678",
    "password": PASSWORD,
    "take_part": "y",
}


def register(client: FlaskClient, **values: Any) -> TestResponse:
    return post(client, "/register", {key: value for key, value in {**GOOD, **values}.items() if value is not None})


def people(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Person)) or 0


def test_from_registration_to_ones_own_account(client: FlaskClient, session: Session) -> None:
    page = client.get("/register").text
    assert form_values(page).keys() & {"take_part", "publish_name", "guardian_agrees"} == set()
    assert register(client).location == "/sign-in"
    assert form_values(client.get("/sign-in").text)["login"] == "0912 345 678"
    assert post(client, "/sign-in", {"login": "0912345678", "password": PASSWORD}).status_code == 303
    account = client.get("/account").text
    assert "Hoàng Thị Bích Ngọc" in account
    assert "28/02/1998" in account
    assert session.scalars(select(Consent.purpose)).all() == ["take_part"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("full_name", "", "Nhập họ và tên"),
        ("birth_date", "31/02/1998", "Tháng 2 không có ngày 31"),
        ("birth_date", "28/02/98", "ngày/tháng/năm"),
        ("login", "0912", "10 chữ số"),
        ("login", "K7PM3XWT", "10 chữ số"),
        ("login", "ngoc@example", "thư điện tử chưa đúng"),
        ("password", "ngắn", "ít nhất 8 ký tự"),
        ("password", "28/02/1998", "Người khác biết"),
        ("password", "hoang thi bich ngoc", "Người khác biết"),
        ("password", "0912345678", "Người khác biết"),
        ("take_part", None, "Cần đồng ý mục này"),
        ("birth_date", "16/07/2010", "người giám hộ đồng ý"),
    ],
)
def test_each_fault_stands_beside_its_field_and_nothing_typed_is_lost(
    client: FlaskClient, session: Session, field: str, value: str | None, words: str
) -> None:
    reply = register(client, **{field: value})
    assert reply.status_code == 422
    at_fault = "guardian_name" if value == "16/07/2010" else field
    sentence = reply.text.split(f'id="{at_fault}-error"')[1].split("</p>")[0]
    assert words in sentence
    typed = form_values(reply.text)
    expected = {**GOOD, field: value}
    assert {name: typed.get(name) for name in expected} == expected
    assert people(session) == 0


def test_all_faults_show_at_once(client: FlaskClient) -> None:
    reply = post(client, "/register", {})
    assert [f'id="{name}-error"' in reply.text for name in GOOD] == [True] * 5
    assert "Còn 5 chỗ cần sửa" in reply.text


def test_a_child_registers_with_its_guardian(client: FlaskClient, session: Session) -> None:
    reply = register(client, birth_date="16/07/2010", guardian_name="Lý Seo Sùng")
    assert "guardian_agrees-error" in reply.text
    reply = register(client, birth_date="16/07/2010", guardian_name="Lý Seo Sùng", guardian_agrees="y")
    assert reply.status_code == 303
    assert set(session.scalars(select(Consent.given_by))) == {"guardian", "child"}


@pytest.mark.parametrize("login", ["0912 345 678", "ngoc@example.vn"])
def test_a_login_that_is_taken_gets_the_same_replies(app: Flask, session: Session, login: str) -> None:
    replies = []
    for _ in range(2):
        client = app.test_client()
        reply = register(client, login=login)
        with client.session_transaction() as cookie:
            replies.append((reply.status_code, reply.location, reply.text, cookie["_flashes"], cookie["typed_login"]))
    assert replies[0] == replies[1]
    assert people(session) == 1
    letters = session.scalars(select(OutboxMessage.recipient)).all()
    assert letters == (["ngoc@example.vn"] if "@" in login else [])


def test_registering_again_does_not_open_the_account(client: FlaskClient, session: Session) -> None:
    register(client)
    register(client, password="mật khẩu của kẻ khác")
    assert post(client, "/sign-in", {"login": GOOD["login"], "password": "mật khẩu của kẻ khác"}).status_code == 422
    assert post(client, "/sign-in", {"login": GOOD["login"], "password": PASSWORD}).status_code == 303


def test_registrations_from_one_address_are_limited(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contest.accounts.views.joining.REGISTER_BY_ADDRESS", limits.Limit("register.address", 1, 10))
    assert register(client).status_code == 303
    reply = register(client, login="0912 345 679")
    assert (reply.status_code, reply.headers["Retry-After"]) == (429, "540")
    assert form_values(reply.text)["login"] == "0912 345 679"
    assert people(session) == 1


def test_everybody_can_read_what_is_kept_of_them(client: FlaskClient) -> None:
    assert "Dữ liệu được lưu" in client.get("/personal-data").text
