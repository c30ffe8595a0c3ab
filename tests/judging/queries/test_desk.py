"""How far each judge is, what they reported, who must not judge whom."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from contest.contests.models import Role
from contest.errors import NotFound
from contest.judging.queries import JudgeProgress, conflicts_page, get_report, judges_of, progress, reports_page
from contest.judging.services.conflicts import note_conflict
from contest.judging.services.reports import report_case, settle_report
from contest.judging.services.sheets import give_back
from tests.factories import NOW, make_person, make_seat
from tests.judging.queries.counting import counted
from tests.judging.world import World, judged, make_world, open_cases, take


def reported(session: Session, *names: str) -> tuple[World, list[int]]:
    world = make_world(session)
    open_cases(session, world, *names)
    reports = []
    for _name in names:
        sheet = judged(session, world, [70_000])[0]
        place = {"contest_id": world.contest.id, "sheet_id": sheet.id}
        reports.append(report_case(session, world.judge(), NOW, **place, reason="Nghi chép").id)
    session.commit()
    return world, reports


def test_progress_names_everybody_who_judges_or_did(session: Session) -> None:
    world = make_world(session, judges=3)
    open_cases(session, world, *"ABC")
    judged(session, world, [70_000, 71_000])
    running = take(session, world, world.judge(0))
    returned = take(session, world, world.judge(1))
    assert running is not None
    assert returned is not None
    place = {"contest_id": world.contest.id, "sheet_id": returned.id}
    give_back(session, world.judge(1), NOW, **place, reason="Tôi biết tác giả")
    first, second, third = world.judges
    assert progress(session, world.round, NOW) == [
        JudgeProgress(first.id, "Hứa Văn Giám Khảo 1", 1, 1, 0, NOW),
        JudgeProgress(second.id, "Hứa Văn Giám Khảo 2", 1, 0, 1, NOW),
        JudgeProgress(third.id, "Hứa Văn Giám Khảo 3", 0, 0, 0, None),
    ]


def test_judges_are_those_whose_seat_is_valid_now(session: Session) -> None:
    world = make_world(session)
    ended, later = make_person(session, "Đã thôi"), make_person(session, "Chưa đến")
    make_seat(session, world.contest, ended, Role.JUDGE, ended_at=NOW)
    make_seat(session, world.contest, later, Role.JUDGE, valid_from=NOW + timedelta(days=1))
    assert list(judges_of(session, world.contest.id, NOW)) == [person.id for person in world.judges]


def test_reports_that_wait_stand_first(session: Session) -> None:
    world, (first, second) = reported(session, *"AB")
    chief = world.actor(Role.CHIEF_JUDGE)
    settle_report(session, chief, NOW, contest_id=world.contest.id, report_id=second, answer="Không chép")
    assert [row.report.id for row in reports_page(session, world.round.id).rows] == [first, second]
    assert [row.report.id for row in reports_page(session, world.round.id, is_open_only=True).rows] == [first]
    found = get_report(session, world.contest.id, first)
    assert found.judge_name == "Hứa Văn Giám Khảo 1"
    assert [row.report.id for row in reports_page(session, world.round.id, words=found.code.lower()).rows] == [first]
    with pytest.raises(NotFound):
        get_report(session, make_world(session).contest.id, first)


def test_conflicts_are_found_by_judge_and_unit_and_never_by_participant(session: Session) -> None:
    world = make_world(session)
    open_cases(session, world, "Lường Thị Hải Yến")
    secretary, place = world.actor(Role.SECRETARY), {"contest_id": world.contest.id, "reason": "Họ hàng"}
    first, second = (judge.id for judge in world.judges)
    note_conflict(session, secretary, NOW, **place, judge_id=first, unit_id=world.unit.id)
    kin = world.people["Lường Thị Hải Yến"].id
    note_conflict(session, secretary, NOW, **place, judge_id=second, participation_id=kin)
    rows = conflicts_page(session, world.contest.id).rows
    assert [(row.judge_name, row.unit_name) for row in rows] == [
        ("Hứa Văn Giám Khảo 1", world.unit.name),
        ("Hứa Văn Giám Khảo 2", None),
    ]
    for words, found_judges in {"giam khao 2": [second], "mau son": [first], "hai yen": []}.items():
        found = conflicts_page(session, world.contest.id, words=words).rows
        assert [row.conflict.judge_id for row in found] == found_judges
    assert conflicts_page(session, make_world(session).contest.id).total == 0


@pytest.mark.parametrize("names", ["A", "ABC"])
def test_lists_are_two_statements(session: Session, names: str) -> None:
    world, _reports = reported(session, *names)
    for judge in world.judges:
        place = {"contest_id": world.contest.id, "judge_id": judge.id, "unit_id": world.unit.id}
        note_conflict(session, world.actor(Role.SECRETARY), NOW, **place, reason="Dạy tại trường")
    round_, contest_id = world.round, world.contest.id
    for read in (
        lambda: progress(session, round_, NOW),
        lambda: reports_page(session, round_.id),
        lambda: conflicts_page(session, contest_id),
    ):
        with counted(session) as statements:
            read()
        assert len(statements) == 2
