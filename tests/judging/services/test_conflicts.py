"""Who must not judge whom."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.models import Role
from contest.errors import DomainError, NotAllowed, NotFound
from contest.judging.models import JudgeConflict, PanelAgreement
from contest.judging.queries import judged_results
from contest.judging.services.conflicts import note_conflict, remove_conflict
from contest.judging.services.panel import record_agreement
from tests.factories import NOW, actor_of
from tests.judging.world import World, enter, judged, lock, make_world, marks_for, open_cases, take


def note(session: Session, world: World, role: Role = Role.SECRETARY, **values: Any) -> JudgeConflict:
    target = {} if {"unit_id", "participation_id"} & values.keys() else {"unit_id": world.unit.id}
    defaults = {"judge_id": world.judges[0].id, "reason": "Dạy tại trường này", **target}
    return note_conflict(session, world.actor(role), NOW, contest_id=world.contest.id, **{**defaults, **values})


def test_a_locked_sheet_of_a_judge_with_a_conflict_counts_no_more(session: Session) -> None:
    world = make_world(session, judges=3)
    case = open_cases(session, world, "A")[0]
    sheets = judged(session, world, [60_000, 80_000])
    agreed = {"contest_id": world.contest.id, "case_id": case.id, "score": 70_000, "note": "Thống nhất"}
    record_agreement(session, world.actor(Role.CHIEF_JUDGE), NOW, **agreed)
    conflict = note(session, world)
    session.commit()
    session.refresh(sheets[0])
    assert (sheets[0].released_at, sheets[0].marks) == (NOW, marks_for(60_000))
    assert session.scalars(select(PanelAgreement)).all() == []
    assert judged_results(session, world.round)[0].verdict.is_missing
    replacement = take(session, world, world.judge(2))
    assert replacement is not None
    lock(session, world, world.judge(2), replacement, 84_000)
    assert judged_results(session, world.round)[0].score == 82_000
    assert conflict.unit_id == world.unit.id


def test_an_open_sheet_is_struck_and_its_marks_come_back_with_the_case(session: Session) -> None:
    world = make_world(session)
    open_cases(session, world, "A")
    mine = take(session, world, world.judge())
    assert mine is not None
    conflict = note(session, world, participation_id=world.people["A"].id)
    session.commit()
    assert take(session, world, world.judge()) is None
    place = {"contest_id": world.contest.id, "conflict_id": conflict.id}
    remove_conflict(session, world.actor(Role.CHIEF_JUDGE), NOW, **place)
    session.commit()
    again = take(session, world, world.judge())
    assert again is not None
    assert again.id == mine.id


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"unit_id": None, "participation_id": None}, "conflict_unclear"),
        ({"unit_id": 1, "participation_id": 1}, "conflict_unclear"),
        ({"judge_id": 999_999}, "judge_unknown"),
        ({"reason": ""}, "reason_missing"),
        ({"unit_id": 999_999}, "not_found"),
        ({"participation_id": 999_999}, "not_found"),
    ],
)
def test_a_conflict_is_of_a_judge_with_one_unit_or_one_participant(
    session: Session, values: dict[str, Any], code: str
) -> None:
    world = make_world(session)
    with pytest.raises(DomainError) as caught:
        note(session, world, **values)
    assert caught.value.code == code


def test_the_same_conflict_is_noted_once(session: Session) -> None:
    world = make_world(session)
    note(session, world)
    with pytest.raises(DomainError) as caught:
        note(session, world)
    assert caught.value.code == "conflict_noted"
    note(session, world, judge_id=world.judges[1].id)


def test_people_of_another_contest_are_not_there(session: Session) -> None:
    world, other = make_world(session), make_world(session)
    stranger = enter(session, other, "Người lạ")
    with pytest.raises(NotFound):
        note(session, world, participation_id=stranger.id)
    with pytest.raises(DomainError) as caught:
        note(session, world, judge_id=other.judges[0].id)
    assert caught.value.code == "judge_unknown"
    conflict = note(session, other)
    with pytest.raises(NotFound):
        remove_conflict(session, world.actor(Role.SECRETARY), NOW, contest_id=world.contest.id, conflict_id=conflict.id)


@pytest.mark.parametrize("role", [Role.JUDGE, Role.ORGANIZER, Role.COORDINATOR])
def test_chief_judge_and_secretary_note_conflicts_nobody_else(session: Session, role: Role) -> None:
    world = make_world(session)
    conflict = note(session, world, Role.CHIEF_JUDGE)
    actor = actor_of(world.chief, world.contest, role)
    with pytest.raises(NotAllowed):
        remove_conflict(session, actor, NOW, contest_id=world.contest.id, conflict_id=conflict.id)
    with pytest.raises(NotAllowed):
        note_conflict(
            session,
            actor,
            NOW,
            contest_id=world.contest.id,
            judge_id=world.judges[1].id,
            unit_id=world.unit.id,
            reason="Lý do",
        )
