"""The chief judge's list and one case; a chief who scores stays as blind as every judge."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from contest.contests.models import Role
from contest.errors import NotFound
from contest.judging.queries import CASE_SORTS, case_file, cases_page, spreads
from contest.judging.services.cases import set_aside
from contest.judging.services.panel import record_agreement
from contest.judging.services.reports import report_case
from contest.judging.services.sheets import reopen_sheet, save_marks
from tests.factories import NOW
from tests.judging.queries.counting import counted
from tests.judging.world import World, judged, lock, make_world, open_cases, take


def four_cases(session: Session) -> tuple[World, list[str]]:
    """Codes of a settled case, one to be agreed, one that was agreed, one that waits with a report, one set aside."""
    world = make_world(session)
    cases = open_cases(session, world, *"ABCDE")
    chief, place = world.actor(Role.CHIEF_JUDGE), {"contest_id": world.contest.id}
    judged(session, world, [80_000, 85_500])
    judged(session, world, [60_000, 90_000])
    judged(session, world, [70_000, 80_000])
    record_agreement(session, chief, NOW, **place, case_id=cases[2].id, score=76_000, note="Thống nhất")
    sheet = judged(session, world, [99_500])[0]
    report_case(session, world.judge(), NOW, **place, sheet_id=sheet.id, reason="Nghi chép")
    set_aside(session, chief, NOW, **place, case_id=cases[4].id, reason="Chép")
    session.commit()
    return world, [case.code for case in cases]


def codes(session: Session, world: World, **wish: Any) -> list[str]:
    return [row.code for row in cases_page(session, world.round, **wish).rows]


def test_the_list_says_where_each_case_stands(session: Session) -> None:
    world, order = four_cases(session)
    rows = {row.code: row for row in cases_page(session, world.round).rows}
    facts = [(rows[code].state, rows[code].locked, rows[code].spread, rows[code].score) for code in order]
    assert facts == [
        ("settled", 2, 5_500, 82_800),
        ("to_agree", 2, 30_000, None),
        ("settled", 2, 10_000, 76_000),
        ("waiting", 1, None, None),
        ("set_aside", 0, None, None),
    ]
    assert [code for code in order if rows[code].has_report] == [order[3]]


def test_the_list_is_searched_filtered_and_sorted(session: Session) -> None:
    world, order = four_cases(session)
    assert set(codes(session, world, state="settled")) == {order[0], order[2]}
    assert codes(session, world, state="to_agree") == [order[1]]
    assert codes(session, world, state="waiting") == codes(session, world, state="reported") == [order[3]]
    assert codes(session, world, state="set_aside") == [order[4]]
    assert codes(session, world, words=order[1].lower()) == [order[1]]
    assert codes(session, world) == sorted(order)
    assert codes(session, world, sort="score", is_descending=True)[:2] == [order[0], order[2]]
    assert codes(session, world, sort="score")[:2] == [order[2], order[0]]
    assert codes(session, world, sort="spread", is_descending=True)[:3] == [order[1], order[2], order[0]]
    world.people["A"].excluded_at = NOW
    session.flush()
    assert len(codes(session, world, state="set_aside")) in {1, 2}


def test_a_score_of_a_sum_that_does_not_divide_is_rounded_half_up(session: Session) -> None:
    world = make_world(session, judges=3)
    world.rules.sections = {"panel": {**world.rules.sections["panel"], "judges": 3}}
    open_cases(session, world, "A")
    judged(session, world, [80_000, 85_000, 89_750])
    assert cases_page(session, world.round).rows[0].score == 84_900
    assert [(each.mean, each.score) for each in spreads(session, world.round)] == [(84_900, 84_900)]


def test_spreads_are_of_complete_cases_the_widest_first(session: Session) -> None:
    world, order = four_cases(session)
    found = [(each.code, each.spread, each.needs_agreement, each.score) for each in spreads(session, world.round)]
    assert found == [
        (order[1], 30_000, True, None),
        (order[2], 10_000, True, 76_000),
        (order[0], 5_500, False, 82_800),
    ]


@pytest.mark.parametrize("names", ["A", "ABC"])
def test_lists_are_few_statements(session: Session, names: str) -> None:
    world = make_world(session)
    open_cases(session, world, *names)
    for _name in names:
        judged(session, world, [70_000, 71_000])
    round_ = world.round
    for sort in CASE_SORTS:
        with counted(session) as statements:
            assert cases_page(session, round_, sort=sort).total == len(names)
        assert len(statements) == 3
    with counted(session) as statements:
        assert len(spreads(session, round_)) == len(names)
    assert len(statements) == 2


def test_the_chief_judge_sees_sheets_once_all_are_locked(session: Session) -> None:
    world = make_world(session)
    case = open_cases(session, world, "A")[0]
    judged(session, world, [70_000])
    other = take(session, world, world.judge(1))
    assert other is not None
    place = {"contest_id": world.contest.id, "sheet_id": other.id}
    save_marks(session, world.judge(1), NOW, **place, marks={"c1": 1000}, comment="Chưa xong", revision=0)
    found = case_file(session, world.actor(Role.CHIEF_JUDGE), world.contest.id, case.id)
    first, draft = found.sheets
    assert (first.is_locked, first.judge_name, first.place) == (True, "Hứa Văn Giám Khảo 1", 1)
    assert [(each.total, each.marks, each.comment) for each in (first, draft)] == [(None, None, None)] * 2
    assert (found.verdict, found.counts) == (None, True)
    lock(session, world, world.judge(1), other, 75_000)
    found = case_file(session, world.actor(Role.CHIEF_JUDGE), world.contest.id, case.id)
    assert [each.total for each in found.sheets] == [70_000, 75_000]
    assert found.verdict is not None
    assert found.verdict.spread == 5_000


def test_a_chief_who_scores_sees_no_sheet_of_others_before_the_own_is_locked(session: Session) -> None:
    world = make_world(session, judges=3)
    world.rules.sections = {"panel": {**world.rules.sections["panel"], "judges": 3}}
    case = open_cases(session, world, "A")[0]
    place = (world.contest.id, case.id)
    judged(session, world, [70_000, 95_000])
    chief = world.judge(2, Role.CHIEF_JUDGE)
    before = case_file(session, chief, *place)
    assert [(sheet.total, sheet.marks, sheet.comment) for sheet in before.sheets] == [(None, None, None)] * 2
    assert before.verdict is None
    assert cases_page(session, world.round).rows[0].spread is None
    assert spreads(session, world.round) == []
    own = take(session, world, chief)
    assert own is not None
    assert [sheet.total for sheet in case_file(session, chief, *place).sheets] == [None, None, None]
    lock(session, world, chief, own, 80_000)
    after = case_file(session, chief, *place)
    assert [sheet.total for sheet in after.sheets] == [70_000, 95_000, 80_000]
    assert after.verdict is not None
    assert after.verdict.spread == 25_000
    reopen_sheet(session, world.actor(Role.CHIEF_JUDGE), NOW, contest_id=place[0], sheet_id=own.id, reason="Sửa")
    assert [sheet.total for sheet in case_file(session, chief, *place).sheets][:2] == [None, None]


def test_the_case_of_another_contest_is_not_there(session: Session) -> None:
    world, other = make_world(session), make_world(session)
    case = open_cases(session, world, "A")[0]
    with pytest.raises(NotFound):
        case_file(session, other.actor(Role.CHIEF_JUDGE), other.contest.id, case.id)
