"""Whose sheet it is: to everybody else it is not there."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.contests.models import Role
from contest.errors import NotAllowed, NotFound
from contest.judging.models import ScoreSheet
from contest.judging.services.panel import record_agreement
from contest.judging.services.reports import report_case
from contest.judging.services.sheets import give_back, lock_sheet, reopen_sheet, save_marks
from tests.factories import NOW, actor_of
from tests.judging.world import World, make_world, open_cases, take

OF_JUDGE: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "save": (save_marks, {"marks": {}, "comment": "", "revision": 0}),
    "lock": (lock_sheet, {"revision": 0}),
    "give back": (give_back, {"reason": "Lý do"}),
    "report": (report_case, {"reason": "Lý do"}),
}


def world_with_sheet(session: Session) -> tuple[World, ScoreSheet]:
    world = make_world(session)
    open_cases(session, world, "A")
    sheet = take(session, world, world.judge())
    assert sheet is not None
    return world, sheet


@pytest.mark.parametrize("name", OF_JUDGE)
def test_another_judges_sheet_is_not_there(session: Session, name: str) -> None:
    world, sheet = world_with_sheet(session)
    service, values = OF_JUDGE[name]
    others: list[Actor] = [world.judge(1), world.judge(1, Role.CHIEF_JUDGE), world.actor(Role.CHIEF_JUDGE)]
    for actor in others:
        with pytest.raises(NotFound):
            service(session, actor, NOW, contest_id=world.contest.id, sheet_id=sheet.id, **values)


@pytest.mark.parametrize("name", OF_JUDGE)
def test_a_sheet_is_not_there_in_another_contest(session: Session, name: str) -> None:
    world, sheet = world_with_sheet(session)
    other = make_world(session)
    service, values = OF_JUDGE[name]
    both = actor_of(world.judges[0], other.contest, Role.JUDGE)
    with pytest.raises(NotFound):
        service(session, both, NOW, contest_id=other.contest.id, sheet_id=sheet.id, **values)


@pytest.mark.parametrize("name", OF_JUDGE)
def test_who_lost_the_judges_seat_writes_no_more(session: Session, name: str) -> None:
    world, sheet = world_with_sheet(session)
    service, values = OF_JUDGE[name]
    former = actor_of(world.judges[0], world.contest, Role.SECRETARY)
    with pytest.raises(NotAllowed):
        service(session, former, NOW, contest_id=world.contest.id, sheet_id=sheet.id, **values)


def test_a_chief_judge_reaches_only_what_is_in_the_contest(session: Session) -> None:
    world, sheet = world_with_sheet(session)
    other = make_world(session)
    chief, place = other.actor(Role.CHIEF_JUDGE), {"contest_id": other.contest.id}
    with pytest.raises(NotFound):
        reopen_sheet(session, chief, NOW, **place, sheet_id=sheet.id, reason="Lý do")
    with pytest.raises(NotFound):
        record_agreement(session, chief, NOW, **place, case_id=sheet.case_id, score=1000, note="Lý do")
    with pytest.raises(NotAllowed):
        record_agreement(
            session, chief, NOW, contest_id=world.contest.id, case_id=sheet.case_id, score=1000, note="Lý do"
        )
