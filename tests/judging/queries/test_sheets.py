"""A judge's own sheets, and nobody else's."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from contest.contests.models import Role
from contest.errors import NotFound
from contest.judging.queries import judge_sheet, own_sheets
from contest.judging.services.sheets import give_back
from tests.factories import NOW, actor_of
from tests.judging.queries.counting import counted
from tests.judging.world import judged, make_world, open_cases, take


def test_a_judge_reads_the_own_sheet_with_its_rubric(session: Session) -> None:
    world = make_world(session)
    case = open_cases(session, world, "A")[0]
    sheet = take(session, world, world.judge())
    assert sheet is not None
    found = judge_sheet(session, world.judge(), world.contest.id, sheet.id)
    assert (found.case.id, found.panel.judges, found.round.id) == (case.id, 2, world.round.id)
    assert (found.is_open, found.is_locked, found.may_see_case) == (True, False, True)


def test_a_released_sheet_is_still_read_but_not_the_case(session: Session) -> None:
    world = make_world(session)
    open_cases(session, world, "A")
    sheet = take(session, world, world.judge())
    assert sheet is not None
    give_back(session, world.judge(), NOW, contest_id=world.contest.id, sheet_id=sheet.id, reason="Tôi biết tác giả")
    found = judge_sheet(session, world.judge(), world.contest.id, sheet.id)
    assert (found.is_open, found.is_locked, found.may_see_case) == (False, False, False)


def test_to_everybody_else_the_sheet_is_not_there(session: Session) -> None:
    world, other = make_world(session), make_world(session)
    open_cases(session, world, "A")
    sheet = take(session, world, world.judge())
    assert sheet is not None
    strangers = [
        (world.judge(1), world.contest.id),
        (world.judge(1, Role.CHIEF_JUDGE), world.contest.id),
        (world.actor(Role.CHIEF_JUDGE), world.contest.id),
        (other.judge(), other.contest.id),
        (actor_of(world.judges[0], other.contest, Role.JUDGE), other.contest.id),
        (actor_of(world.judges[0], other.contest, Role.JUDGE), world.contest.id),
        (actor_of(world.judges[0], world.contest, Role.SECRETARY), world.contest.id),
    ]
    for actor, contest_id in strangers:
        with pytest.raises(NotFound):
            judge_sheet(session, actor, contest_id, sheet.id)
    with pytest.raises(NotFound):
        judge_sheet(session, world.judge(), world.contest.id, sheet.id + 1)


def test_the_list_is_searched_filtered_and_sorted(session: Session) -> None:
    world = make_world(session)
    cases = open_cases(session, world, *"ABC")
    judged(session, world, [70_000])
    judged(session, world, [90_000])
    take(session, world, world.judge(), NOW + timedelta(minutes=1))
    judge, place = world.judge(), {"contest_id": world.contest.id}
    assert own_sheets(session, judge, **place).rows[0].code == cases[2].code
    by_total = own_sheets(session, judge, **place, sort="total").rows
    assert [row.total for row in by_total] == [90_000, 70_000, None]
    assert [row.total for row in own_sheets(session, judge, **place, sort="total", is_descending=False).rows][:2] == [
        70_000,
        90_000,
    ]
    assert [row.state for row in own_sheets(session, judge, **place, state="open").rows] == ["open"]
    assert [row.state for row in own_sheets(session, judge, **place, state="locked").rows] == ["locked", "locked"]
    assert own_sheets(session, judge, **place, state="released").total == 0
    typed = cases[0].code.replace("-", "").lower()
    assert [row.code for row in own_sheets(session, judge, **place, words=typed).rows] == [cases[0].code]
    assert own_sheets(session, world.judge(1), **place).total == 0
    assert own_sheets(session, judge, contest_id=make_world(session).contest.id).total == 0


@pytest.mark.parametrize("names", ["A", "ABC"])
def test_the_list_is_two_statements(session: Session, names: str) -> None:
    world = make_world(session)
    open_cases(session, world, *names)
    for _name in names:
        judged(session, world, [70_000])
    with counted(session) as statements:
        assert own_sheets(session, world.judge(), contest_id=world.contest.id).total == len(names)
    assert len(statements) == 2
