"""Reports of judges about cases, and their answers."""

import pytest
from sqlalchemy.orm import Session

from contest.contests.models import Role
from contest.errors import DomainError, NotAllowed, NotFound
from contest.judging.models import CaseReport
from contest.judging.services.reports import report_case, settle_report
from tests.factories import NOW, actor_of
from tests.judging.world import World, lock, make_world, open_cases, take


def reported(session: Session) -> tuple[World, CaseReport, int]:
    world = make_world(session)
    open_cases(session, world, "A")
    sheet = take(session, world, world.judge())
    assert sheet is not None
    place = {"contest_id": world.contest.id, "sheet_id": sheet.id}
    return world, report_case(session, world.judge(), NOW, **place, reason="Bài giống trên mạng"), sheet.id


def test_a_report_waits_for_the_chief_judge_and_is_answered_once(session: Session) -> None:
    world, report, sheet_id = reported(session)
    place = {"contest_id": world.contest.id, "sheet_id": sheet_id}
    with pytest.raises(DomainError) as caught:
        report_case(session, world.judge(), NOW, **place, reason="Lần nữa")
    assert caught.value.code == "already_reported"
    chief, answer = world.actor(Role.CHIEF_JUDGE), {"contest_id": world.contest.id, "report_id": report.id}
    settled = settle_report(session, chief, NOW, **answer, answer="Đã kiểm tra, không trùng")
    assert (settled.settled_at, settled.settled_by, settled.answer) == (
        NOW,
        chief.person_id,
        "Đã kiểm tra, không trùng",
    )
    with pytest.raises(DomainError) as caught:
        settle_report(session, chief, NOW, **answer, answer="Lần nữa")
    assert caught.value.code == "report_settled"
    report_case(session, world.judge(), NOW, **place, reason="Vẫn còn nghi ngờ")


def test_judging_goes_on_while_a_report_waits(session: Session) -> None:
    world, report, _sheet_id = reported(session)
    session.commit()
    sheet = take(session, world, world.judge())
    assert sheet is not None
    assert lock(session, world, world.judge(), sheet, 50_000).total == 50_000
    assert report.settled_at is None


def test_only_the_chief_judge_of_the_contest_answers(session: Session) -> None:
    world, report, _sheet_id = reported(session)
    other = make_world(session)
    for role in (Role.JUDGE, Role.SECRETARY, Role.ORGANIZER):
        with pytest.raises(NotAllowed):
            settle_report(
                session,
                actor_of(world.chief, world.contest, role),
                NOW,
                contest_id=world.contest.id,
                report_id=report.id,
                answer="Xong",
            )
    with pytest.raises(NotFound):
        settle_report(
            session,
            other.actor(Role.CHIEF_JUDGE),
            NOW,
            contest_id=other.contest.id,
            report_id=report.id,
            answer="Xong",
        )
