from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.models import RoundKind, RulesVersion
from contest.judging.models import ScoreSheet
from tests.factories import NOW, make_round
from tests.judging.views.desk import browser, judging, of_round, statements
from tests.judging.world import judged, make_world, open_cases, take
from tests.web import post


def test_a_judge_takes_the_next_case_and_comes_back_to_the_same_draft(app: Flask, session: Session) -> None:
    world = make_world(session)
    open_cases(session, world, "Hoàng Thị An", "Vi Văn Bình", "Lộc Chi")
    client = browser(app, session, world.judges[0])
    assert "Còn dành cho bạn: 3." in client.get(judging(world)).text
    reply = post(client, of_round(world, "/next"))
    sheet = session.scalars(select(ScoreSheet)).one()
    assert reply.status_code == 303
    assert reply.headers["Location"] == judging(world, f"/sheets/{sheet.id}")
    assert post(client, of_round(world, "/next")).headers["Location"] == reply.headers["Location"]
    page = client.get(judging(world)).text
    assert "Bạn đã khóa: 0. Bản nháp: 1. Còn dành cho bạn: 2." in page
    assert "Chấm tiếp bản nháp" in page


def test_the_queue_counts_own_sheets_only(app: Flask, session: Session) -> None:
    world = make_world(session)
    open_cases(session, world, "Hoàng Thị An", "Vi Văn Bình")
    judged(session, world, [80_000])
    mine, other = (browser(app, session, judge) for judge in world.judges)
    assert "Bạn đã khóa: 1. Bản nháp: 0. Còn dành cho bạn: 1." in mine.get(judging(world)).text
    page = other.get(judging(world)).text
    assert "Bạn đã khóa: 0. Bản nháp: 0. Còn dành cho bạn: 2." in page
    assert "Phiếu của bạn" not in page


def test_with_every_sheet_locked_the_judge_is_thanked(app: Flask, session: Session) -> None:
    world = make_world(session)
    open_cases(session, world, "Hoàng Thị An")
    judged(session, world, [80_000, 81_000])
    client = browser(app, session, world.judges[0])
    page = client.get(judging(world)).text
    assert "Cảm ơn bạn" in page
    assert "Nhận bài tiếp theo" not in page
    reply = post(client, of_round(world, "/next"), follow_redirects=True)
    assert "Hiện chưa có bài nào dành cho bạn." in reply.text


def test_cases_that_others_hold_are_not_the_end(app: Flask, session: Session) -> None:
    world = make_world(session, judges=3)
    open_cases(session, world, "Hoàng Thị An")
    for number in (0, 1):
        take(session, world, world.judge(number))
    assert "đang do giám khảo khác giữ" in browser(app, session, world.judges[2]).get(judging(world)).text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("open", "Bài dự thi được chấm sau khi vòng thi đóng: 24:00 15/07/2026"),
        ("no rubric", "Chưa có phiếu chấm"),
        ("not opened", "Chưa mở chấm"),
        ("other kind", "Chưa có vòng thi nào để chấm"),
    ],
)
def test_an_empty_queue_says_why(app: Flask, session: Session, state: str, words: str) -> None:
    world = make_world(session)
    if state == "open":
        world.round.closes_at = NOW.replace(hour=17, minute=0)
    elif state == "no rubric":
        rules = session.scalars(select(RulesVersion).filter_by(contest_id=world.contest.id)).one()
        rules.sections = {"forms": rules.sections["forms"]}
    elif state == "other kind":
        world.round.kind = RoundKind.QUIZ
    session.commit()
    assert words in browser(app, session, world.judges[0]).get(judging(world)).text


@pytest.mark.parametrize("role", ["chief", "secretary", "organizer"])
def test_the_committee_sees_the_way_to_the_desk_and_no_queue(app: Flask, session: Session, role: str) -> None:
    world = make_world(session)
    open_cases(session, world, "Hoàng Thị An")
    page = browser(app, session, getattr(world, role)).get(judging(world)).text
    assert of_round(world) in page
    assert "Nhận bài tiếp theo" not in page
    assert post(browser(app, session, getattr(world, role)), of_round(world, "/next")).status_code == 403


def test_a_round_of_another_contest_has_no_next_case(app: Flask, session: Session) -> None:
    world, other = make_world(session), make_world(session)
    open_cases(session, other, "Hoàng Thị An")
    client = browser(app, session, world.judges[0])
    assert post(client, judging(world, f"/rounds/{other.round.id}/next")).status_code == 404
    assert post(client, of_round(other, "/next")).status_code == 404
    assert session.scalars(select(ScoreSheet)).all() == []


def test_own_sheets_are_searched_and_filtered(app: Flask, session: Session) -> None:
    world = make_world(session)
    cases = open_cases(session, world, "Hoàng Thị An", "Vi Văn Bình")
    judged(session, world, [80_000])
    take(session, world, world.judge(0))
    client = browser(app, session, world.judges[0])
    assert all(case.code in client.get(judging(world)).text for case in cases)
    locked, draft = client.get(judging(world, "?state=locked")).text, client.get(judging(world, "?state=open")).text
    assert (cases[0].code in locked, cases[1].code in locked) == (True, False)
    assert (cases[0].code in draft, cases[1].code in draft) == (False, True)
    assert "Bạn không có phiếu nào khớp" in client.get(judging(world, "?q=0000-00")).text


@pytest.mark.parametrize("entries", [1, 3])
def test_the_page_takes_as_many_statements_for_one_sheet_as_for_three(
    app: Flask, session: Session, entries: int
) -> None:
    world = make_world(session)
    open_cases(session, world, *["Hoàng Thị An", "Vi Văn Bình", "Lộc Chi"][:entries])
    for _ in range(entries):
        judged(session, world, [80_000])
    client = browser(app, session, world.judges[0])
    client.get(judging(world))
    with statements(app) as seen:
        assert client.get(judging(world)).status_code == 200
    assert len(seen) == 17


def test_rounds_that_nobody_has_released_are_not_shown(app: Flask, session: Session) -> None:
    world = make_world(session)
    times = {"opens_at": NOW + timedelta(days=1), "closes_at": NOW + timedelta(days=2), "released_at": None}
    make_round(session, world.contest, "Vòng sau cùng", kind=RoundKind.ENTRY, position=2, **times)
    session.commit()
    assert "Vòng sau cùng" not in browser(app, session, world.judges[0]).get(judging(world)).text
