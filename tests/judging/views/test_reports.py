from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.audit.models import AuditRecord
from contest.judging.models import CaseReport
from contest.judging.services.reports import report_case
from tests.factories import NOW
from tests.judging.views.desk import browser, judging, of_round
from tests.judging.world import make_world, open_cases, take
from tests.web import post


def test_a_report_is_read_and_answered_once(app: Flask, session: Session) -> None:
    world = make_world(session)
    (case,) = open_cases(session, world, "Hoàng Thị An")
    chief, place = browser(app, session, world.chief), {"contest_id": world.contest.id}
    assert "Chưa có báo sự cố" in chief.get(of_round(world, "/reports")).text
    sheet = take(session, world, world.judge(0))
    assert sheet is not None
    report = report_case(session, world.judge(0), NOW, **place, sheet_id=sheet.id, reason="Clip không có tiếng")
    session.commit()
    page = chief.get(of_round(world, "/reports")).text
    assert [words for words in (case.code, "Clip không có tiếng", "Chờ trả lời") if words not in page] == []
    url = judging(world, f"/reports/{report.id}")
    assert post(chief, url, {"answer": " "}).status_code == 422
    assert post(chief, url, {"answer": "Đã thay bản có tiếng"}).status_code == 303
    assert "Đã thay bản có tiếng" in chief.get(of_round(world, "/reports")).text
    assert "Không có báo sự cố nào khớp" in chief.get(of_round(world, "/reports?state=open")).text
    assert post(chief, url, {"answer": "Lần hai"}).status_code == 422
    session.rollback()
    assert session.scalars(select(CaseReport.answer)).one() == "Đã thay bản có tiếng"
    acts = session.scalars(select(AuditRecord.act)).all()
    assert [act for act in acts if act.startswith("report")] == ["report.settled"]
    elsewhere = make_world(session)
    assert browser(app, session, elsewhere.chief).get(judging(elsewhere, f"/reports/{report.id}")).status_code == 404
    assert browser(app, session, world.judges[0]).get(url).status_code == 403
