"""What standings rank, and what is still to come."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.models import Role, RulesState
from contest.entries.models import FileState
from contest.errors import DomainError
from contest.judging.models import JudgingCase
from contest.judging.queries import Pending, judged_results, panel_of, pending_cases
from contest.judging.queries.panel import locked_totals
from contest.judging.services.cases import set_aside
from tests.factories import NOW, make_contest, make_round, make_rules
from tests.judging.queries.counting import counted
from tests.judging.world import CLOSES, OPENS, PANEL, hand_in, judged, make_world, open_cases, take


def test_the_rule_in_force_at_closing_judges(session: Session) -> None:
    world = make_world(session)
    world.rules.state = RulesState.SUPERSEDED
    later = {"panel": {**PANEL, "judges": 5}}
    make_rules(session, world.contest, later, number=2, in_force_at=CLOSES + timedelta(seconds=1))
    assert panel_of(session, world.round).judges == 2
    world.round.closes_at = CLOSES + timedelta(seconds=1)
    session.flush()
    assert panel_of(session, world.round).judges == 5


def test_a_round_without_the_rule_says_so(session: Session) -> None:
    round_ = make_round(session, make_contest(session))
    with pytest.raises(DomainError) as caught:
        panel_of(session, round_)
    assert caught.value.code == "panel_missing"


def test_every_case_that_counts_has_a_result_with_or_without_a_score(session: Session) -> None:
    world = make_world(session)
    moments = {name: OPENS + timedelta(hours=hour) for hour, name in enumerate("ABCDE", start=1)}
    for name, moment in moments.items():
        hand_in(session, world, name, handed_in_at=moment)
    by_case = {case.participation_id: case for case in open_cases(session, world)}
    order = [case.participation_id for case in sorted(by_case.values(), key=lambda case: case.position)]
    judged(session, world, [80_000, 85_500])
    judged(session, world, [60_000, 80_000])
    judged(session, world, [90_000])
    world_excluded, aside = order[3], order[4]
    next(each for each in world.people.values() if each.id == world_excluded).excluded_at = NOW
    place = {"contest_id": world.contest.id, "case_id": by_case[aside].id}
    set_aside(session, world.actor(Role.CHIEF_JUDGE), NOW, **place, reason="Chép")
    session.flush()
    results = {result.participation_id: result for result in judged_results(session, world.round)}
    assert results.keys() == set(order[:3])
    settled, apart, missing = (results[each] for each in order[:3])
    assert (settled.score, settled.verdict.spread) == (82_800, 5_500)
    assert (apart.score, apart.verdict.needs_agreement) == (None, True)
    assert (missing.score, missing.verdict.is_missing) == (None, True)
    first = results[order[0]]
    assert (first.group_id, first.unit_id, first.case_id) == (world.group.id, world.unit.id, by_case[order[0]].id)
    assert {result.handed_in_at for result in results.values()} <= set(moments.values())


def test_the_same_rows_give_the_same_results(session: Session) -> None:
    world = make_world(session)
    open_cases(session, world, *"ABC")
    judged(session, world, [80_000, 85_500])
    assert judged_results(session, world.round) == judged_results(session, world.round)


def test_what_is_pending_is_counted_from_the_entries_on(session: Session) -> None:
    world = make_world(session)
    for name in "ABCD":
        hand_in(session, world, name)
    nothing_open = Pending(cases=0, waiting=0, to_agree=0, unopened=4, checking=0, unreadable=0)
    assert pending_cases(session, world.round.id) == nothing_open
    cases = open_cases(session, world)
    judged(session, world, [80_000, 81_000])
    judged(session, world, [60_000, 81_000])
    judged(session, world, [60_000])
    hand_in(session, world, "Muộn", file_state=FileState.CHECKING)
    hand_in(session, world, "Hỏng", file_state=FileState.REFUSED)
    found = pending_cases(session, world.round.id)
    assert found == Pending(cases=4, waiting=2, to_agree=1, unopened=0, checking=1, unreadable=1)
    assert (found.unscored, found.to_agree) == (3, 1)
    assert len(locked_totals(session, cases[0].id)) == 2


@pytest.mark.parametrize(
    ("changes", "unscored"),
    [
        ({}, 0),
        ({"unreadable": 3}, 0),
        ({"waiting": 1}, 1),
        ({"to_agree": 1}, 0),
        ({"unopened": 1}, 1),
        ({"checking": 1}, 1),
    ],
)
def test_whatever_can_still_get_sheets_is_unscored(changes: dict[str, int], unscored: int) -> None:
    assert replace(Pending(5, 0, 0, 0, 0, 0), **changes).unscored == unscored


@pytest.mark.parametrize("names", ["A", "ABC"])
def test_results_are_three_statements_and_what_is_pending_seven(session: Session, names: str) -> None:
    world = make_world(session)
    open_cases(session, world, *names)
    judged(session, world, [80_000, 81_000])
    take(session, world, world.judge())
    round_ = world.round
    with counted(session) as statements:
        assert len(judged_results(session, round_)) == len(names)
    assert len(statements) == 3
    with counted(session) as statements:
        pending_cases(session, round_.id)
    assert len(statements) == 7
    assert session.scalars(select(JudgingCase.round_id)).first() == round_.id
