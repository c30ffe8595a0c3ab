from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from contest.judging.queries import overview
from tests.factories import NOW
from tests.judging.world import judged, lock, make_world, open_cases, take


def test_means_are_of_complete_cases_and_minutes_of_every_locked_sheet(session: Session) -> None:
    world = make_world(session)
    open_cases(session, world, "Hoàng Thị An", "Vi Văn Bình")
    judged(session, world, [62_000, 78_500])
    sheet = take(session, world, world.judge(0))
    assert sheet is not None
    lock(session, world, world.judge(0), sheet, 10_000, NOW + timedelta(minutes=20))
    figures = overview.judge_figures(session, world.round, 2)
    first, second = (figures[judge.id] for judge in world.judges)
    assert (first.mean, first.minutes) == (62_000, 10)
    assert (second.mean, second.minutes) == (78_500, 0)


def test_the_table_tells_no_part_of_a_case(session: Session) -> None:
    world = make_world(session)
    cases = open_cases(session, world, "Hoàng Thị An", "Vi Văn Bình", "Lộc Chi")
    judged(session, world, [62_000, 78_500])
    judged(session, world, [55_000])
    cases[2].set_aside_at = NOW
    session.commit()
    lines = {line.case_id: line for line in overview.score_table(session, world.round)}
    assert [(lines[case.id].totals, lines[case.id].state) for case in cases] == [
        ((62_000, 78_500), "to_agree"),
        ((), "waiting"),
        ((), "set_aside"),
    ]
    assert overview.set_aside_count(session, world.round.id) == 1


@pytest.mark.parametrize(("typed", "is_found"), [("whole", True), ("lower", True), ("7F3K-2Q", False), ("", False)])
def test_a_participation_is_found_by_the_whole_code_in_its_contest(
    session: Session, typed: str, is_found: bool
) -> None:
    world, other = make_world(session), make_world(session)
    (case,) = open_cases(session, world, "Hoàng Thị An")
    code = {"whole": case.code, "lower": case.code.lower().replace("-", "")}.get(typed, typed)
    found = overview.find_participation_of_code(session, world.contest.id, code)
    assert found == (case.participation_id if is_found else None)
    assert overview.find_participation_of_code(session, other.contest.id, code) is None
    assert overview.codes_of(session, [case.participation_id]) == {case.participation_id: case.code}
