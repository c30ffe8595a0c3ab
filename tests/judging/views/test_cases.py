import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.audit.models import AuditRecord
from contest.contests.models import Role
from contest.judging.models import JudgingCase, PanelAgreement, ScoreSheet
from tests.factories import make_seat
from tests.judging.views.desk import browser, judging, of_round, statements
from tests.judging.world import World, judged, lock, make_world, open_cases, take
from tests.web import post


@pytest.fixture
def far_apart(session: Session, world: World) -> JudgingCase:
    """A case whose sheets lie 16,5 points apart."""
    (case,) = open_cases(session, world, "Hoàng Thị An")
    judged(session, world, [62_000, 78_500])
    return case


def address(world: World, case: JudgingCase, page: str = "") -> str:
    return judging(world, f"/cases/{case.id}{page}")


def acts(session: Session) -> list[str]:
    session.rollback()
    return [act for act in session.scalars(select(AuditRecord.act)) if act not in {"judging.opened", "sheet.locked"}]


def test_the_agreed_score_is_recorded_and_stands_in_the_list(
    chief: FlaskClient, session: Session, world: World, far_apart: JudgingCase
) -> None:
    page = chief.get(address(world, far_apart)).text
    assert "Các phiếu chênh 16,5 điểm." in page
    reply = post(chief, address(world, far_apart), {"score": "70,5", "note": "Đã đối thoại lúc 14:00"})
    assert reply.status_code == 303
    assert session.scalars(select(PanelAgreement)).one().score == 70_500
    assert acts(session) == ["panel.agreed"]
    assert "Đã thống nhất: 70,5" in chief.get(address(world, far_apart)).text
    row = chief.get(of_round(world, "/cases?state=settled")).text.split(far_apart.code)[1]
    assert "70,5" in row


def test_a_document_may_stand_inside_the_page(chief: FlaskClient, world: World, far_apart: JudgingCase) -> None:
    for reply in (chief.get(address(world, far_apart)), post(chief, address(world, far_apart), {"score": ""})):
        assert "frame-src 'self'" in reply.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"score": "100,1", "note": "x"}, "score"),
        ({"score": "70,55", "note": "x"}, "score"),
        ({"score": "", "note": "x"}, "score"),
        ({"score": "70", "note": " "}, "note"),
    ],
)
def test_an_agreement_that_cannot_be_is_told_beside_its_field(
    chief: FlaskClient, session: Session, world: World, far_apart: JudgingCase, typed: dict[str, str], field: str
) -> None:
    reply = post(chief, address(world, far_apart), typed)
    assert reply.status_code == 422
    assert f'id="{field}-error"' in reply.text
    assert acts(session) == []


def test_sheets_close_together_need_no_agreement(chief: FlaskClient, session: Session, world: World) -> None:
    (case,) = open_cases(session, world, "Hoàng Thị An")
    judged(session, world, [70_000, 79_750])
    page = chief.get(address(world, case)).text
    assert "dưới 10: lấy điểm trung bình" in page
    assert "74,9" in page
    assert 'name="score"' not in page
    assert post(chief, address(world, case), {"score": "70", "note": "x"}).status_code == 422
    assert acts(session) == []


def test_a_sheet_is_opened_again_with_a_reason_and_voids_the_agreement(
    chief: FlaskClient, session: Session, world: World, far_apart: JudgingCase
) -> None:
    post(chief, address(world, far_apart), {"score": "70", "note": "x"})
    sheet = session.scalars(select(ScoreSheet).order_by(ScoreSheet.id)).first()
    assert sheet is not None
    url = judging(world, f"/sheets/{sheet.id}/reopening")
    assert far_apart.code in chief.get(url).text
    assert post(chief, url, {"reason": ""}).status_code == 422
    assert post(chief, url, {"reason": "Chấm nhầm tiêu chí 2"}).status_code == 303
    session.rollback()
    session.refresh(sheet)
    assert (sheet.locked_at, session.scalars(select(PanelAgreement)).all()) == (None, [])
    assert acts(session) == ["panel.agreed", "sheet.reopened"]
    assert post(chief, url, {"reason": "Lần nữa"}).status_code == 422


def test_a_case_is_set_aside_and_put_back(chief: FlaskClient, session: Session, world: World) -> None:
    (case,) = open_cases(session, world, "Hoàng Thị An")
    assert post(chief, address(world, case, "/set-aside"), {"reason": ""}).status_code == 422
    assert post(chief, address(world, case, "/set-aside"), {"reason": "Trùng bài"}).status_code == 303
    assert "Trùng bài" in chief.get(address(world, case)).text
    assert post(chief, address(world, case, "/set-aside"), {"reason": "Trùng bài"}).status_code == 422
    assert case.code in chief.get(of_round(world, "/cases?state=set_aside")).text
    assert post(chief, address(world, case, "/return"), {"reason": "Không trùng"}).status_code == 303
    assert acts(session) == ["case.set_aside", "case.put_back"]


def test_a_chief_who_judges_sees_nothing_before_their_own_sheet(app: Flask, session: Session, world: World) -> None:
    make_seat(session, world.contest, world.judges[1], Role.CHIEF_JUDGE)
    (case,) = open_cases(session, world, "Hoàng Thị An")
    judged(session, world, [62_000])
    client = browser(app, session, world.judges[1])
    pages = [address(world, case), of_round(world), of_round(world, "/cases"), judging(world)]
    before = [client.get(page).text for page in pages]
    assert "Điểm được ẩn cho đến khi mọi phiếu đã khóa" in before[0]
    assert [text for text in before if ">62<" in text or "62 –" in text or "<strong>62" in text] == []
    sheet = take(session, world, world.judge(1, Role.CHIEF_JUDGE))
    assert sheet is not None
    lock(session, world, world.judge(1, Role.CHIEF_JUDGE), sheet, 78_500)
    after = client.get(address(world, case)).text
    assert "Ẩn đến khi" not in after
    assert "<strong>62</strong>" in after


@pytest.mark.parametrize("page", ["", "/set-aside", "/return"])
def test_cases_are_for_the_chief_judge_of_their_contest(app: Flask, session: Session, world: World, page: str) -> None:
    (case,) = open_cases(session, world, "Hoàng Thị An")
    for person in (world.judges[0], world.secretary, world.organizer):
        assert browser(app, session, person).get(address(world, case, page)).status_code == 403
    elsewhere = make_world(session)
    stranger = browser(app, session, elsewhere.chief)
    assert stranger.get(address(world, case, page)).status_code == 404
    assert stranger.get(judging(elsewhere, f"/cases/{case.id}{page}")).status_code == 404


def test_cases_are_found_by_a_part_of_their_code_and_sorted(chief: FlaskClient, session: Session, world: World) -> None:
    cases = open_cases(session, world, "Hoàng Thị An", "Vi Văn Bình", "Lộc Chi")
    wanted, *others = cases
    found = chief.get(of_round(world, f"/cases?q={wanted.code[:4].lower()}")).text
    assert wanted.code in found
    assert [case.code for case in others if case.code in found] == []
    assert "Không có hồ sơ nào khớp" in chief.get(of_round(world, "/cases?q=000000")).text
    page = chief.get(of_round(world, "/cases?sort=-code")).text
    places = [page.index(code) for code in sorted((case.code for case in cases), reverse=True)]
    assert places == sorted(places)


@pytest.mark.parametrize("entries", [1, 3])
def test_the_list_takes_as_many_statements_for_one_case_as_for_three(
    app: Flask, session: Session, chief: FlaskClient, world: World, entries: int
) -> None:
    open_cases(session, world, *["Hoàng Thị An", "Vi Văn Bình", "Lộc Chi"][:entries])
    chief.get(of_round(world, "/cases"))
    with statements(app) as seen:
        assert chief.get(of_round(world, "/cases")).status_code == 200
    assert len(seen) == 9
