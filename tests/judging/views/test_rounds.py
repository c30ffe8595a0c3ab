from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import Login
from contest.audit.models import AuditRecord
from contest.contests.models import Role
from contest.entries.models import FileState
from contest.judging.models import JudgingCase
from contest.judging.services.panel import record_agreement
from contest.mail.models import OutboxMessage
from tests.factories import NOW
from tests.judging.views.desk import browser, of_round, statements
from tests.judging.world import World, hand_in, judged, make_world, open_cases
from tests.web import post


def acts(session: Session) -> list[str]:
    session.rollback()
    return [act for act in session.scalars(select(AuditRecord.act)) if act != "sheet.locked"]


@pytest.mark.parametrize("role", ["chief", "secretary", "organizer"])
def test_judging_is_opened_with_what_is_ready(app: Flask, session: Session, world: World, role: str) -> None:
    hand_in(session, world, "Hoàng Thị An")
    hand_in(session, world, "Vi Văn Bình", file_state=FileState.CHECKING)
    hand_in(session, world, "Lộc Chi", file_state=FileState.REFUSED)
    client = browser(app, session, getattr(world, role))
    asked = client.get(of_round(world, "/opening")).text
    for words in ("Mở chấm thêm 1 bài dự thi?", "1 bài có tệp đang được kiểm tra", "1 bài có tệp bị từ chối"):
        assert words in asked
    assert post(client, of_round(world, "/opening")).status_code == 303
    assert acts(session) == ["judging.opened"]
    assert len(session.scalars(select(JudgingCase)).all()) == 1
    page = client.get(of_round(world)).text
    assert "1 bài chưa sẵn sàng." in page
    assert "1 bài chưa chấm được." in page


def test_judging_is_not_opened_before_closing(
    chief: FlaskClient, session: Session, world: World, at: Callable[[datetime], None]
) -> None:
    hand_in(session, world, "Hoàng Thị An")
    world.round.closes_at = NOW + timedelta(seconds=1)
    session.commit()
    assert post(chief, of_round(world, "/opening")).status_code == 422
    assert acts(session) == []
    at(NOW + timedelta(seconds=61))
    assert post(chief, of_round(world, "/opening")).status_code == 303


def test_the_desk_counts_and_draws_and_lists_what_waits(chief: FlaskClient, session: Session, world: World) -> None:
    cases = open_cases(session, world, "Hoàng Thị An", "Vi Văn Bình", "Lộc Chi")
    judged(session, world, [62_000, 78_500])
    judged(session, world, [70_000, 72_000])
    page = chief.get(of_round(world)).text
    for words in ("4/6", "2/3", "1 bài có điểm chính thức", "1 trong 2 bài chênh dưới 10 điểm.", "62 – 78,5", "Từ 10"):
        assert words in page
    assert cases[0].code in page
    assert cases[1].code not in page
    assert page.count('class="histogram-bar') == 2


@pytest.mark.parametrize("role", ["secretary", "organizer"])
def test_others_follow_without_any_score(app: Flask, session: Session, world: World, role: str) -> None:
    open_cases(session, world, "Hoàng Thị An")
    judged(session, world, [62_000, 78_500])
    client = browser(app, session, getattr(world, role))
    page = client.get(of_round(world)).text
    assert "2/2" in page
    assert [words for words in ("62 – 78,5", "78,5", "16,5", "histogram", "XLSX", "Ghi điểm") if words in page] == []
    refused = [client.get(of_round(world, each)).status_code for each in ("/cases", "/reports", "/scores.xlsx")]
    assert refused == [403, 403, 403]
    assert post(client, of_round(world, "/reminder")).status_code == 403


def test_nobody_else_sees_the_desk(app: Flask, session: Session, world: World) -> None:
    elsewhere = make_world(session)
    assert browser(app, session, world.judges[0]).get(of_round(world)).status_code == 403
    assert browser(app, session, elsewhere.chief).get(of_round(world)).status_code == 404
    wrong = of_round(elsewhere).replace(str(elsewhere.round.id), str(world.round.id))
    assert browser(app, session, elsewhere.chief).get(wrong).status_code == 404


def test_judges_are_reminded_at_most_once_an_hour(
    chief: FlaskClient, session: Session, world: World, at: Callable[[datetime], None]
) -> None:
    open_cases(session, world, "Hoàng Thị An")
    assert post(chief, of_round(world, "/reminder")).status_code == 303
    session.rollback()
    letters = session.scalars(select(OutboxMessage)).all()
    addresses = select(Login.value).where(Login.person_id.in_([judge.id for judge in world.judges]))
    assert sorted(letter.recipient for letter in letters) == sorted(session.scalars(addresses))
    assert "Vòng tỉnh" in letters[0].subject
    assert f"http://localhost/staff/{world.contest.slug}/judging" in letters[0].body
    at(NOW + timedelta(minutes=59))
    assert "trong vòng một giờ" in post(chief, of_round(world, "/reminder")).text
    at(NOW + timedelta(minutes=60))
    assert post(chief, of_round(world, "/reminder")).status_code == 303
    assert acts(session) == ["judging.opened", "judges.reminded", "judges.reminded"]
    assert len(session.scalars(select(OutboxMessage)).all()) == 4


def test_nobody_is_reminded_of_nothing(chief: FlaskClient, session: Session, world: World) -> None:
    open_cases(session, world, "Hoàng Thị An")
    judged(session, world, [70_000, 72_000])
    assert post(chief, of_round(world, "/reminder")).status_code == 409
    assert acts(session) == ["judging.opened"]


def test_the_score_table_holds_codes_scores_and_no_names(chief: FlaskClient, session: Session, world: World) -> None:
    cases = open_cases(session, world, "Hoàng Thị An", "Vi Văn Bình", "Lộc Chi", "Nông Dũng")
    judged(session, world, [62_000, 78_500])
    case = {"contest_id": world.contest.id, "case_id": cases[0].id}
    record_agreement(session, world.actor(Role.CHIEF_JUDGE), NOW, **case, score=70_000, note="x")
    judged(session, world, [70_000, 72_000])
    judged(session, world, [55_000])
    session.commit()
    reply = chief.get(of_round(world, "/scores.xlsx"))
    rows = CalamineWorkbook.from_filelike(BytesIO(reply.data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    lines = {row[1]: row[3:] for row in rows[4:]}
    assert lines == {
        cases[0].code: [62.0, 78.5, 16.5, 70.3, 70.0, 70.0, "Đã có điểm"],
        cases[1].code: [70.0, 72.0, 2.0, 71.0, "", 71.0, "Đã có điểm"],
        cases[2].code: ["", "", "", "", "", "", "Còn thiếu phiếu"],
        cases[3].code: ["", "", "", "", "", "", "Còn thiếu phiếu"],
    }
    words = " ".join(str(cell) for row in rows for cell in row)
    assert [name for name in (*world.people, world.unit.name, "Giám Khảo") if name in words] == []


@pytest.mark.parametrize("entries", [1, 3])
def test_the_desk_takes_as_many_statements_for_one_case_as_for_three(
    app: Flask, session: Session, chief: FlaskClient, world: World, entries: int
) -> None:
    open_cases(session, world, *["Hoàng Thị An", "Vi Văn Bình", "Lộc Chi"][:entries])
    for _ in range(entries):
        judged(session, world, [62_000, 78_500])
    chief.get(of_round(world))
    with statements(app) as seen:
        assert chief.get(of_round(world)).status_code == 200
    assert len(seen) == 19
