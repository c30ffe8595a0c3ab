from dataclasses import replace

import pytest

from contest.db import unit_of_work
from contest.mail.services import queue
from tests.factories import NOW, make_person, sign_in


@pytest.fixture
def backend():
    return "sqlite"


@pytest.fixture
def message_id(session):
    with unit_of_work(session):
        queue(session, NOW, "binh@example.vn", "Thư khác", "")
        return queue(session, NOW, "an@example.vn", "Mã đặt lại mật khẩu", "Mã: <b>123</b>").id


def test_an_administrator_finds_and_reads_a_message(session, client, message_id):
    sign_in(session, client, make_person(session, is_admin=True))
    page = client.get("/admin/mail?q=AN@example").text
    assert "Mã đặt lại mật khẩu" in page
    assert ">Tiêu đề<" in page
    assert "Thư khác" not in page
    assert "Mã: &lt;b&gt;123&lt;/b&gt;" in client.get(f"/admin/mail/{message_id}").text


@pytest.mark.parametrize("is_admin", [True, False])
@pytest.mark.parametrize("url", ["", "smtp://mail.example.vn"])
def test_nobody_reads_codes_where_mail_is_sent_and_nobody_else_where_it_is_not(
    app, session, client, message_id, url, is_admin
):
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mail_url=url or None)
    sign_in(session, client, make_person(session, is_admin=is_admin))
    expected = 200 if is_admin and not url else 404
    assert client.get("/admin/mail").status_code == expected
    assert client.get(f"/admin/mail/{message_id}").status_code == expected
