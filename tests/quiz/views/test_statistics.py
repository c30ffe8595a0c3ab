import re
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.models import Role
from contest.questions.models import BankQuestion, LookAct, QuestionLook
from contest.quiz.models import AttemptResult
from tests.factories import NOW, sign_in
from tests.questions.desk import Statements
from tests.quiz.statistics import begin, carry_out, make_closed, overseer, revisions, sit
from tests.quiz.world import World
from tests.web import post


@pytest.fixture
def world(app: Flask, session: Session, client: FlaskClient) -> World:
    """A round with statistics, and a reviewer who is signed in."""
    world = make_closed(session, app)
    begin(app)
    carry_out(app)
    sign_in(session, client, overseer(session, world, Role.QUESTION_REVIEWER))
    return world


def desk(world: World, path: str = "") -> str:
    return f"/staff/{world.contest.slug}/statistics{path}"


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_from_the_list_of_rounds_to_the_reason_in_words(client: FlaskClient, session: Session, world: World) -> None:
    index = client.get(desk(world)).text
    assert f'/{world.round.id}">Tuần 2' in index
    address = desk(world, f"/{world.round.id}")
    page = words(client.get(address).text)
    reason = "Nhóm khá nhất chọn C (12 lượt) nhiều hơn đáp án B (8 lượt): kiểm tra đáp án."
    assert reason in page
    assert page.index("CDS-001") < page.index("CDS-002"), "the doubtful question comes first"
    first = revisions(session, world)[0]
    item = words(client.get(desk(world, f"/{world.round.id}/questions/{first}")).text)
    assert reason in item
    assert "C. Phương án c của câu 1 12 12 0 0" in item
    assert "Người thi" not in page + item
    assert f"/rounds/{world.round.id}/corrections/new/{first}" in client.get(f"{address}/questions/{first}").text
    session.rollback()  # sees what the requests have committed since
    looks = session.scalars(select(QuestionLook.act).where(QuestionLook.revision_id == first)).all()
    assert set(looks) == {LookAct.FOUND, LookAct.SEEN}


def test_the_list_is_searched_narrowed_and_sorted(client: FlaskClient, world: World) -> None:
    address = desk(world, f"/{world.round.id}")
    found = words(client.get(f"{address}?q=cau+hoi+so+2").text)
    assert "CDS-002" in found
    assert "CDS-001" not in found
    by_facility = words(client.get(f"{address}?sort=-facility").text)
    assert by_facility.index("CDS-002") < by_facility.index("CDS-001")
    assert "CDS-001" in words(client.get(f"{address}?flagged=1").text)
    assert "CDS-002" not in words(client.get(f"{address}?q=khong-co").text)


def test_the_workbook_holds_three_sheets_and_nobodys_name(client: FlaskClient, session: Session, world: World) -> None:
    reply = client.get(desk(world, f"/{world.round.id}/export.xlsx"))
    book = CalamineWorkbook.from_filelike(BytesIO(reply.data))
    assert book.sheet_names == ["Đề thi", "Câu hỏi", "Phương án"]
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    assert ["CDS-001", "Câu hỏi số 1?", 45, 17.78] in [row[:4] for row in rows]
    assert "Người thi" not in str(rows)
    session.rollback()
    assert LookAct.EXPORTED in session.scalars(select(QuestionLook.act)).all()


def test_results_that_changed_are_said_and_statistics_drawn_up_again(
    app: Flask, client: FlaskClient, session: Session, world: World
) -> None:
    address = desk(world, f"/{world.round.id}")
    assert "Kết quả đã thay đổi" not in client.get(address).text
    session.scalars(select(AttemptResult)).first().marked_at = NOW + timedelta(minutes=1)
    sit(session, world, ["bb"])
    session.commit()
    assert "Kết quả đã thay đổi" in client.get(address).text
    assert post(client, address, {"sample": "all"}).status_code == 303
    assert "đang được lập" in client.get(address).text
    assert "đang được lập" in client.get(desk(world)).text
    carry_out(app)
    page = words(client.get(address).text)
    assert "Tất cả các lượt thi" in page
    assert "46 Số lượt thi" in page or "46 Lượt thi" in page


def test_a_round_that_is_open_has_no_page(client: FlaskClient, session: Session, world: World) -> None:
    world.round.closes_at = NOW + timedelta(days=1)
    session.merge(world.round)
    session.commit()
    assert client.get(desk(world, f"/{world.round.id}")).status_code == 404
    assert "Chưa có vòng thi trắc nghiệm nào kết thúc" in client.get(desk(world)).text
    assert client.get(desk(world, f"/{world.round.id}/export.xlsx")).status_code == 404


def test_the_question_page_says_how_hard_it_was_to_overseers(
    app: Flask, client: FlaskClient, session: Session, world: World
) -> None:
    question = session.scalars(select(BankQuestion).where(BankQuestion.code == "CDS-001")).one()
    address = f"/staff/{world.contest.slug}/questions/{question.id}"
    page = client.get(address).text
    assert "17,8 %" in page
    assert desk(world, f"/{world.round.id}/questions/{question.current_revision_id}") in page


def test_one_or_many_questions_cost_the_same_statements(
    app: Flask, client: FlaskClient, session: Session, world: World
) -> None:
    address = desk(world, f"/{world.round.id}")
    client.get(address)
    with Statements(session) as few:
        client.get(f"{address}?q=cau+hoi+so+2")
    with Statements(session) as many:
        client.get(address)
    assert many.count == few.count
