import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.audit.models import AuditRecord
from contest.judging.models import CaseReport, JudgeConflict, ScoreSheet
from tests.judging.views.desk import judging
from tests.judging.world import World
from tests.web import form_values, post, post_json


def address(world: World, sheet: ScoreSheet, page: str = "") -> str:
    return judging(world, f"/sheets/{sheet.id}{page}")


def acts(session: Session) -> list[str]:
    session.rollback()
    return [act for act in session.scalars(select(AuditRecord.act)) if act != "judging.opened"]


def test_a_sheet_is_locked_as_it_was_shown(
    client: FlaskClient, session: Session, world: World, sheet: ScoreSheet
) -> None:
    draft = {"marks": {"c1": 50_000, "c2": 12_500}, "comment": "", "revision": 0}
    post_json(client, address(world, sheet, "/marks"), draft)
    asked = client.get(address(world, sheet, "/lock")).text
    assert "Revision" not in asked
    shown = form_values(asked)
    post_json(client, address(world, sheet, "/marks"), {**draft, "marks": {"c1": 0, "c2": 0}, "revision": 1})
    reply = post(client, address(world, sheet, "/lock"), {"revision": shown["revision"]})
    assert reply.status_code == 422
    assert "vừa được lưu ở một trang khác" in reply.text
    assert acts(session) == []
    assert post(client, address(world, sheet, "/lock"), {"revision": "2"}).status_code == 303
    session.rollback()
    session.refresh(sheet)
    assert sheet.total == 0
    assert acts(session) == ["sheet.locked"]


def test_a_sheet_with_a_gap_stays_open(client: FlaskClient, session: Session, world: World, sheet: ScoreSheet) -> None:
    post_json(client, address(world, sheet, "/marks"), {"marks": {"c1": 50_000}, "comment": "", "revision": 0})
    reply = post(client, address(world, sheet, "/lock"), {"revision": "1"})
    assert reply.status_code == 422
    assert "Sáng tạo" in reply.text
    session.refresh(sheet)
    assert sheet.locked_at is None
    assert acts(session) == []


@pytest.mark.parametrize("is_conflict", [False, True])
def test_a_case_is_given_back_with_a_reason(
    client: FlaskClient, session: Session, world: World, sheet: ScoreSheet, is_conflict: bool
) -> None:
    missing = post(client, address(world, sheet, "/return"), {"reason": " "})
    assert missing.status_code == 422
    assert 'id="reason-error"' in missing.text
    assert acts(session) == []
    ticked = {"is_conflict": "y"} if is_conflict else {}
    reply = post(client, address(world, sheet, "/return"), {"reason": "Học trò cũ", **ticked})
    assert (reply.status_code, reply.headers["Location"]) == (303, judging(world))
    assert acts(session) == ["sheet.returned"]
    assert len(session.scalars(select(JudgeConflict)).all()) == is_conflict
    assert "Còn dành cho bạn: 0." in client.get(judging(world)).text


def test_a_report_goes_to_the_chief_judge_once(
    client: FlaskClient, session: Session, world: World, sheet: ScoreSheet
) -> None:
    assert post(client, address(world, sheet, "/report"), {"reason": "Clip không có tiếng"}).status_code == 303
    again = post(client, address(world, sheet, "/report"), {"reason": "Vẫn không có tiếng"})
    assert again.status_code == 422
    assert "Vẫn không có tiếng" in again.text
    assert [report.reason for report in session.scalars(select(CaseReport))] == ["Clip không có tiếng"]
    assert acts(session) == ["case.reported"]
