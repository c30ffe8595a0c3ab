from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from contest.contests.models import Round, RulesState
from contest.errors import DomainError
from contest.participation.models import Participation
from contest.quiz.models import AttemptResult, AttemptState
from contest.standings.domain.ranking import Ranked
from contest.standings.models import RoundTarget, TieDecision
from contest.standings.queries import material_of, pending_matters, rank_ahead, standings_of
from contest.standings.services import fix_target
from contest.units.models import Headcount
from tests.factories import NOW, add, make_group, make_rules, make_unit
from tests.standings.world import ATTEMPTS, CLOSES, RANKING, SECTIONS, World, attempt, enter, make_world


def names(world: World, ranked: Any) -> list[tuple[int, str]]:
    known = {participation.id: name for name, participation in world.people.items()}
    return [(each.rank, known[each.result.participation_id]) for each in ranked]


def values(ranked: list[Ranked], key: str) -> list[int | None]:
    return [each.result.values[key] for each in ranked]


def test_round_of_nobody(session: Session) -> None:
    world = make_world(session)
    standings = standings_of(session, world.round)
    assert (standings.counts.participants, standings.target, standings.units) == (0, 0, [])
    assert list(standings.group(world.group.id).ranked) == []


def test_target_follows_the_counts_and_decides_between_equals(session: Session) -> None:
    world = make_world(session)
    attempt(session, world, "An", prediction=3, seconds=200)
    attempt(session, world, "Bình", prediction=2, seconds=300)
    attempt(session, world, "Chi", right=19, prediction=2, seconds=100)
    standings = standings_of(session, world.round)
    ranked = standings.group(world.group.id).ranked
    assert standings.target == 2
    assert names(world, ranked) == [(1, "Bình"), (2, "An"), (3, "Chi")]
    assert [each.deciding_key for each in ranked] == [None, "deviation", "right_count"]


def test_exclusion_changes_target_and_places(session: Session) -> None:
    world = make_world(session)
    attempt(session, world, "An", prediction=2)
    attempt(session, world, "Bình", prediction=3)
    attempt(session, world, "Chi", prediction=3)
    before = standings_of(session, world.round)
    world.people["Chi"].excluded_at = NOW
    session.flush()
    after = standings_of(session, world.round)
    assert (before.target, names(world, before.group(world.group.id).ranked)[0]) == (3, (1, "Bình"))
    assert (after.target, names(world, after.group(world.group.id).ranked)) == (2, [(1, "An"), (2, "Bình")])
    assert after.counts.participants == 2


def test_groups_are_ranked_apart_with_their_own_prizes(session: Session) -> None:
    world = make_world(session)
    other = make_group(session, world.contest, "Cán bộ", position=2)
    enter(session, world, "An")
    enter(session, world, "Bình", group=other)
    for name in ("An", "Bình"):
        attempt(session, world, name)
    standings = standings_of(session, world.round)
    for group, name in ((world.group, "An"), (other, "Bình")):
        found = standings.group(group.id)
        assert names(world, found.ranked) == [(1, name)]
        assert [tier.name for tier in found.awards.tiers.values()] == ["Giải Nhất"]


@pytest.mark.parametrize(("seconds", "shown"), [(900, 900_000), (904, 900_000), (899, 899_000)])
def test_handing_in_within_the_tolerance_counts_as_the_deadline(session: Session, seconds: int, shown: int) -> None:
    world = make_world(session)
    attempt(session, world, "An", seconds=seconds, started=timedelta())
    [only] = standings_of(session, world.round).group(world.group.id).ranked
    assert only.result.values["since_opening_ms"] == shown


def test_rules_are_those_in_force_at_closing(session: Session) -> None:
    world = make_world(session)
    world.rules.state = RulesState.SUPERSEDED
    late = {**SECTIONS, "ranking": {**RANKING, "gate": "drop"}}
    make_rules(session, world.contest, late, number=2, in_force_at=CLOSES + timedelta(seconds=1))
    assert standings_of(session, world.round).rules.version.number == 1
    session.expire_all()
    at_closing = make_rules(session, world.contest, late, number=3, in_force_at=CLOSES, state=RulesState.SUPERSEDED)
    assert standings_of(session, world.round).rules.version is at_closing


def test_without_rules_at_closing_nobody_is_ranked(session: Session) -> None:
    world = make_world(session)
    world.rules.in_force_at = CLOSES + timedelta(seconds=1)
    session.flush()
    with pytest.raises(DomainError) as caught:
        standings_of(session, world.round)
    assert caught.value.code == "standings_without_rules"


@pytest.mark.parametrize(
    ("now", "state", "is_marked", "expected"),
    [
        (CLOSES - timedelta(microseconds=1), AttemptState.SUBMITTED, True, (False, 0, 0)),
        (CLOSES, AttemptState.SUBMITTED, True, (True, 0, 0)),
        (CLOSES, AttemptState.SUBMITTED, False, (True, 0, 1)),
        (CLOSES, AttemptState.OPEN, False, (True, 1, 0)),
    ],
)
def test_what_keeps_a_round_from_being_ranked(
    session: Session, now: Any, state: AttemptState, is_marked: bool, expected: tuple[bool, int, int]
) -> None:
    world = make_world(session)
    attempt(session, world, "An", state=state, is_marked=is_marked)
    found = pending_matters(session, world.round, now)
    assert (found.is_closed, found.running, found.unmarked) == expected
    assert found.is_over is (expected == (True, 0, 0))


def test_units_count_people_once_by_the_headcount_of_the_closing_day(session: Session) -> None:
    world = make_world(session)
    other = make_unit(session, "Xã Bình Gia")
    enter(session, world, "Chi", unit=other)
    for name in ("An", "An", "Bình", "Chi"):
        attempt(session, world, name)
    closing_day = date(2026, 7, 14)
    for unit, day, people in (
        (world.unit, date(2026, 1, 1), 50),
        (world.unit, closing_day, 4),
        (world.unit, closing_day + timedelta(days=1), 900),
        (other, date(2026, 1, 1), 10),
    ):
        add(session, Headcount(unit_id=unit.id, valid_from=day, people=people, source="Báo cáo"))
    found = standings_of(session, world.round).units
    assert [(each.rank, each.unit.unit_id, each.unit.participants, each.unit.people) for each in found] == [
        (1, world.unit.id, 2, 4),
        (2, other.id, 1, 10),
    ]


def test_first_attempt_counts_where_the_rules_say_so(session: Session) -> None:
    world = make_world(session, attempts={**ATTEMPTS, "counted": "first"})
    attempt(session, world, "An", right=5, started=timedelta(hours=1))
    attempt(session, world, "An", right=20, started=timedelta(hours=2))
    ranked = standings_of(session, world.round).group(world.group.id).ranked
    assert values(list(ranked), "right_count") == [5]


def statements(session: Session, world: World) -> int:
    session.flush()
    session.expire_all()
    found: list[str] = []
    engine = session.get_bind()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        session.refresh(world.round)
        found.clear()
        standings_of(session, world.round)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(found)


def test_number_of_statements_does_not_grow_with_the_rows(session: Session) -> None:
    world = make_world(session)
    attempt(session, world, "An")
    one = statements(session, world)
    for number in range(4):
        enter(session, world, f"Người {number}", unit=make_unit(session))
        attempt(session, world, f"Người {number}")
    assert statements(session, world) == one


CHANGES: dict[str, Callable[[Session, World], None]] = {
    "nothing": lambda session, world: None,
    "marks": lambda session, world: _set(session, AttemptResult, right_count=3),
    "points": lambda session, world: _set(session, AttemptResult, points=1),
    "prediction": lambda session, world: _set(session, AttemptResult, prediction=77),
    "group": lambda session, world: _set(session, Participation, group_id=make_group(session, world.contest).id),
    "unit": lambda session, world: _set(session, Participation, unit_id=make_unit(session).id),
    "exclusion": lambda session, world: _set(session, Participation, excluded_at=NOW),
    "headcount": lambda session, world: _set(session, Headcount, people=11),
    "target": lambda session, world: _set(session, RoundTarget, value=5),
    "place": lambda session, world: _set(session, TieDecision, place=2),
    "opening": lambda session, world: _set(session, Round, opens_at=NOW - timedelta(days=30)),
}


def _set(session: Session, model: Any, **values: Any) -> None:
    """In the first row."""
    for name, value in values.items():
        setattr(session.scalars(select(model).limit(1)).one(), name, value)


@pytest.fixture
def ranked_world(session: Session) -> World:
    """A round with everything that a ranking is made from."""
    world = make_world(session)
    add(session, Headcount(unit_id=world.unit.id, valid_from=date(2026, 1, 1), people=10, source=""))
    for name in ("An", "Bình"):
        attempt(session, world, name, prediction=3)
    fix_target(session, NOW, world.round)
    decided = {"place": 1, "decision_number": "1", "reason": "", "decided_by": world.contest.created_by}
    person = world.people["An"]
    add(session, TieDecision(round_id=world.round.id, participation_id=person.id, decided_at=NOW, **decided))
    return world


@pytest.mark.parametrize("what", CHANGES)
def test_what_a_ranking_is_made_from_has_one_digest_until_something_of_it_changes(
    session: Session, ranked_world: World, what: str
) -> None:
    before = material_of(session, ranked_world.round).digest
    CHANGES[what](session, ranked_world)
    session.flush()
    session.expire_all()
    assert (material_of(session, ranked_world.round).digest == before) is (what == "nothing")


@pytest.mark.parametrize("what", CHANGES)
def test_what_was_ranked_ahead_is_taken_only_while_nothing_changed(
    session: Session, ranked_world: World, what: str
) -> None:
    rank_ahead(session, ranked_world.round)
    ahead = standings_of(session, ranked_world.round)
    assert standings_of(session, ranked_world.round).results is ahead.results, "nothing is ranked twice"
    CHANGES[what](session, ranked_world)
    session.flush()
    session.expire_all()
    now = standings_of(session, ranked_world.round)
    assert (now.results is ahead.results) is (what == "nothing")
    session.info.clear()
    anew = standings_of(session, ranked_world.round)
    assert (now.groups, now.units, now.target) == (anew.groups, anew.units, anew.target)


def test_without_decisions_nothing_ranked_ahead_is_taken(session: Session, ranked_world: World) -> None:
    rank_ahead(session, ranked_world.round)
    undecided = standings_of(session, ranked_world.round, with_decisions=False)
    assert undecided.results != standings_of(session, ranked_world.round).results


def test_a_round_that_cannot_be_ranked_says_so_when_it_is_asked_not_ahead(session: Session) -> None:
    world = make_world(session)
    world.rules.state = RulesState.DRAFT
    session.flush()
    rank_ahead(session, world.round)
    with pytest.raises(DomainError, match="standings_without_rules"):
        standings_of(session, world.round)
