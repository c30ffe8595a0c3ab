from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from contest.audit.models import AuditRecord
from contest.judging.models import ScoreSheet
from tests.factories import NOW
from tests.judging.views.desk import browser, judging
from tests.judging.world import World, judged, make_world, open_cases
from tests.web import form_values, post, post_json

MARKS = {"c1": 50_000, "c2": 12_500}


def address(world: World, sheet: ScoreSheet, page: str = "") -> str:
    return judging(world, f"/sheets/{sheet.id}{page}")


def draft(**values: Any) -> dict[str, Any]:
    return {"marks": MARKS, "comment": "Chắc tay.", "revision": 0, **values}


def test_the_sheet_names_its_case_and_every_criterion(client: FlaskClient, world: World, sheet: ScoreSheet) -> None:
    reply = client.get(address(world, sheet))
    assert reply.headers["Cache-Control"] == "no-store"
    assert "frame-src 'self'" in reply.headers["Content-Security-Policy"]
    for words in ("Ẩn danh", "Trung học cơ sở", "Nhân vật truyền cảm hứng", "1. Nội dung", "2. Sáng tạo", "10:26"):
        assert words in reply.text
    assert "Tổng, còn thiếu tiêu chí 1, 2" in reply.text


def test_autosave_keeps_marks_and_answers_with_the_lease(
    client: FlaskClient, session: Session, world: World, sheet: ScoreSheet
) -> None:
    reply = post_json(client, address(world, sheet, "/marks"), draft())
    session.refresh(sheet)
    assert reply.get_json() == {
        "revision": 1,
        "saved_at": NOW.isoformat(),
        "leased_until": (NOW + timedelta(minutes=45)).isoformat(),
    }
    assert (sheet.marks, sheet.comment, sheet.revision) == (MARKS, "Chắc tay.", 1)
    page = client.get(address(world, sheet)).text
    assert "75" in page.split("data-total>")[1][:4]
    assert session.query(AuditRecord).filter(AuditRecord.act.startswith("sheet")).all() == []


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"revision": 7}, "sheet_conflict"),
        ({"marks": {"c1": 60_001}}, "mark_out_of_range"),
        ({"marks": {"c1": -250}}, "mark_out_of_range"),
        ({"marks": {"c1": 100}}, "mark_step"),
        ({"marks": {"c9": 250}}, "mark_unknown"),
        ({"comment": "d" * 4001}, "comment_too_long"),
    ],
)
def test_autosave_says_why_it_refuses(
    client: FlaskClient, session: Session, world: World, sheet: ScoreSheet, change: dict[str, Any], error: str
) -> None:
    reply = post_json(client, address(world, sheet, "/marks"), draft(**change))
    assert (reply.status_code, reply.get_json()["error"]) == (409, error)
    assert reply.get_json()["message"]
    session.refresh(sheet)
    assert (sheet.marks, sheet.revision) == ({}, 0)


@pytest.mark.parametrize(
    "body",
    [[], {}, "x", draft(marks=None), draft(marks={"c1": "5"}), draft(marks={"c1": 1.5}), draft(comment=None)],
)
def test_what_is_no_draft_is_refused(client: FlaskClient, world: World, sheet: ScoreSheet, body: Any) -> None:
    assert post_json(client, address(world, sheet, "/marks"), body).status_code == 400


def test_without_a_script_the_form_saves_and_stays(
    client: FlaskClient, session: Session, world: World, sheet: ScoreSheet
) -> None:
    typed = {"mark-c1": "50", "mark-c2": "12,5", "comment": "Tốt", "revision": "0"}
    reply = post(client, address(world, sheet, "/marks"), typed)
    assert (reply.status_code, reply.headers["Location"]) == (303, address(world, sheet))
    session.refresh(sheet)
    assert sheet.marks == MARKS
    values = form_values(client.get(address(world, sheet)).text)
    assert (values["mark-c1"], values["mark-c2"], values["revision"]) == ("50", "12.5", "1")


def test_what_is_wrong_stands_beside_its_mark_and_nothing_typed_is_lost(
    client: FlaskClient, session: Session, world: World, sheet: ScoreSheet
) -> None:
    typed = {"mark-c1": "61", "mark-c2": "12.5", "comment": "Giữ nguyên câu này", "revision": "0"}
    reply = post(client, address(world, sheet, "/marks"), typed)
    assert reply.status_code == 422
    assert 'id="mark-c1-error"' in reply.text
    assert "Nhập từ 0 đến 60, theo bước 0,25." in reply.text
    assert "Giữ nguyên câu này" in reply.text
    values = form_values(reply.text)
    assert (values["mark-c1"], values["mark-c2"]) == ("61", "12.5")
    session.refresh(sheet)
    assert sheet.marks == {}


def test_locking_goes_through_the_form_to_a_page_that_asks(
    client: FlaskClient, session: Session, world: World, sheet: ScoreSheet
) -> None:
    typed = {"mark-c1": "50", "mark-c2": "12.5", "comment": "", "revision": "0", "go": "lock"}
    reply = post(client, address(world, sheet, "/marks"), typed)
    assert reply.headers["Location"] == address(world, sheet, "/lock")
    assert "với 75 điểm?" in client.get(reply.headers["Location"]).text


def test_a_locked_sheet_shows_its_marks_and_nothing_to_change(
    client: FlaskClient, session: Session, world: World
) -> None:
    open_cases(session, world, "Hoàng Thị An", "Vi Văn Bình")
    (locked,) = judged(session, world, [75_000])
    page = client.get(address(world, locked)).text
    assert "Chỉ trưởng Ban Giám khảo mở khóa được" in page
    assert "Nhận bài tiếp theo" in page
    assert 'name="mark-c1"' not in page
    reply = post_json(client, address(world, locked, "/marks"), draft(revision=1))
    assert (reply.status_code, reply.get_json()["error"]) == (409, "sheet_locked")


def test_a_sheet_that_somebody_else_took_over_shows_only_what_was_written(
    client: FlaskClient, session: Session, world: World, sheet: ScoreSheet
) -> None:
    post_json(client, address(world, sheet, "/marks"), draft(comment="Nhận xét của tôi"))
    session.refresh(sheet)
    sheet.released_at = NOW
    session.commit()
    page = client.get(address(world, sheet)).text
    assert "Bài này không còn do bạn giữ" in page
    assert "Nhận xét của tôi" in page
    assert "Dế Mèn" not in page
    reply = post_json(client, address(world, sheet, "/marks"), draft(revision=1))
    assert (reply.status_code, reply.get_json()["error"]) == (409, "lease_lost")


@pytest.mark.parametrize("page", ["", "/lock", "/return", "/report"])
def test_nobody_else_opens_the_sheet(app: Flask, session: Session, world: World, sheet: ScoreSheet, page: str) -> None:
    other = browser(app, session, world.judges[1])
    assert other.get(address(world, sheet, page)).status_code == 404
    assert browser(app, session, world.chief).get(address(world, sheet, page)).status_code == 403
    elsewhere = make_world(session)
    stranger = browser(app, session, elsewhere.judges[0])
    assert stranger.get(address(world, sheet, page)).status_code == 404
    assert stranger.get(judging(elsewhere, f"/sheets/{sheet.id}{page}")).status_code == 404


def test_nobody_else_saves_the_sheet(app: Flask, session: Session, world: World, sheet: ScoreSheet) -> None:
    other = browser(app, session, world.judges[1])
    assert post_json(other, address(world, sheet, "/marks"), draft()).status_code == 404
    assert post(other, address(world, sheet, "/lock"), {"revision": "0"}).status_code == 404
    session.refresh(sheet)
    assert (sheet.marks, sheet.locked_at) == ({}, None)
