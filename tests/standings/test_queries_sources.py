"""Entry rounds: what keeps them from being ranked, and the same dozen entries ranked, tied and rewarded."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from contest.contests.models import Role
from contest.errors import DomainError
from contest.standings.queries import pending_matters, standings_of
from contest.standings.services import decide_tie, ensure_over, fix_due_targets
from contest.units.models import Headcount
from tests.factories import NOW, add, make_group, make_unit
from tests.judging.world import CLOSES, World, hand_in
from tests.standings.entries import DOZEN, RANKED, agree, make_world, score, score_all


@pytest.fixture
def world(app: Flask, session: Session) -> World:
    """`app` tells judging where entries come from."""
    return make_world(session)


def places(session: Session, world: World) -> list[tuple[int, str]]:
    known = {participation.id: name for name, participation in world.people.items()}
    ranked = standings_of(session, world.round).group(world.group.id).ranked
    return [(each.rank, known[each.result.participation_id]) for each in ranked]


def prizes(session: Session, world: World) -> dict[str, str]:
    known = {participation.id: name for name, participation in world.people.items()}
    awards = standings_of(session, world.round).group(world.group.id).awards
    return {known[key]: tier.name for key, tier in awards.tiers.items()}


def set_prizes(session: Session, world: World, ties: str, *tiers: tuple[str, int, str, int]) -> None:
    rows = [
        {"name": name, "count": count, "worth": "", "floor": floor, "minimum": minimum}
        for name, count, floor, minimum in tiers
    ]
    section = {"tiers": rows, "ties": ties, "cap_percent": None}
    world.rules.sections = {**world.rules.sections, "prizes": section}
    session.commit()


def test_a_dozen_entries_stand_by_their_official_scores_and_equals_share_a_place(
    session: Session, world: World
) -> None:
    score_all(session, world)
    standings = standings_of(session, world.round)
    ranked = standings.group(world.group.id).ranked
    assert places(session, world) == list(zip(RANKED, DOZEN, strict=True))
    shown = [each.result.values["judged_score"] for each in ranked]
    assert shown == [95300, 95300, 94900, 93000, 80000, 79900, 60000, 60000, 60000, 50000, 44900, 0]
    assert [each.deciding_key for each in ranked[:3]] == [None, None, "judged_score"]
    assert (standings.counts.participants, standings.target, standings.rules.prediction) == (12, None, None)


def test_quiz_rules_of_the_same_contest_change_nothing(session: Session, world: World) -> None:
    score_all(session, world)
    before = places(session, world)
    ranking = {"gate": "drop", "steps": [{"key": "deviation", "direction": "asc"}]}
    prediction = {"is_asked": True, "target": "all_right", "question": "Bao nhiêu người?"}
    world.rules.sections = {**world.rules.sections, "ranking": ranking, "prediction": prediction}
    session.commit()
    assert places(session, world) == before
    assert fix_due_targets(session, NOW) == 0


@pytest.mark.parametrize(
    ("ties", "expected", "undecided"),
    [
        ("award_all", ["Nhất"] * 2 + ["Nhì"] * 2 + ["Ba"] * 5, 0),
        ("stop_before", ["Nhì"] * 2 + ["Ba"] * 4, 0),
        ("decide", ["Nhì"] + ["Ba"] * 3, 5),
    ],
)
def test_ties_at_a_cut_off_follow_the_rules(
    session: Session, world: World, ties: str, expected: list[str], undecided: int
) -> None:
    """One first prize for two people at rank 1; where they get it, the last third prize is for three at rank 7."""
    score_all(session, world)
    set_prizes(session, world, ties, ("Nhất", 1, "none", 0), ("Nhì", 2, "none", 0), ("Ba", 4, "none", 0))
    assert list(prizes(session, world).values()) == expected
    assert standings_of(session, world.round).undecided == undecided


@pytest.mark.parametrize(
    ("minimum", "expected"),
    [
        (80_000, ["Hoàng Thị An", "Vi Văn Bình", "Lộc Chi", "Nông Thị Dung", "Bế Văn Em"]),
        (80_001, ["Hoàng Thị An", "Vi Văn Bình", "Lộc Chi", "Nông Thị Dung"]),
        (95_300, ["Hoàng Thị An", "Vi Văn Bình"]),
        (95_301, []),
    ],
)
def test_floor_of_judged_points_is_met_exactly(
    session: Session, world: World, minimum: int, expected: list[str]
) -> None:
    score_all(session, world)
    set_prizes(session, world, "decide", ("Nhất", 12, "judged_score", minimum))
    assert list(prizes(session, world)) == expected


@pytest.mark.parametrize("floor", ["all_right", "right_count"])
def test_nobody_earns_by_right_answers_where_there_are_none(session: Session, world: World, floor: str) -> None:
    score(session, world, "Hoàng Thị An", 100, 100)
    set_prizes(session, world, "decide", ("Nhất", 1, floor, 0))
    assert prizes(session, world) == {}


def test_recorded_order_decides_a_tie(session: Session, world: World) -> None:
    score_all(session, world)
    set_prizes(session, world, "decide", ("Nhất", 1, "none", 0))
    tied = [world.people[name].id for name in ("Hoàng Thị An", "Vi Văn Bình")]
    decide_tie(
        session,
        world.actor(Role.SECRETARY),
        NOW,
        contest_id=world.contest.id,
        round_id=world.round.id,
        group_id=world.group.id,
        rank=1,
        places={tied[0]: 2, tied[1]: 1},
        decision_number="9/BB-BGK",
        reason="Bốc thăm công khai.",
    )
    assert prizes(session, world) == {"Vi Văn Bình": "Nhất"}


@pytest.mark.parametrize(
    ("second", "agreed", "waits"),
    [(80.25, None, (0, 0)), (80.0, None, (0, 1)), (80.0, 85.0, (0, 0)), (None, None, (1, 0))],
)
def test_nothing_is_ranked_while_one_case_is_not_settled(
    session: Session, world: World, second: float | None, agreed: float | None, waits: tuple[int, int]
) -> None:
    """Exactly ten points apart already waits for the chair; a sheet that is missing waits for its judge."""
    score(session, world, "Hoàng Thị An", 95, 95)
    totals = [90.0] if second is None else [90.0, second]
    score(session, world, "Vi Văn Bình", *totals, agreed=agreed)
    found = pending_matters(session, world.round, NOW)
    assert (found.unjudged, found.to_agree, found.is_over) == (*waits, waits == (0, 0))
    if waits != (0, 0):
        with pytest.raises(DomainError) as caught:
            ensure_over(session, world.round, NOW)
        code = "standings_not_scored" if waits[0] else "standings_not_agreed"
        values = {"unjudged": waits[0]} if waits[0] else {"to_agree": waits[1]}
        assert (caught.value.code, caught.value.values) == (code, values)


@pytest.mark.parametrize(
    ("change", "waits"),
    [
        (lambda world, case: None, 1),
        (lambda world, case: setattr(case, "set_aside_at", NOW), 0),
        (lambda world, case: setattr(world.people["Vi Văn Bình"], "excluded_at", NOW), 0),
    ],
)
def test_entries_that_do_not_count_keep_nobody_waiting(
    session: Session, world: World, change: Callable[[World, Any], None], waits: int
) -> None:
    score(session, world, "Hoàng Thị An", 95, 95)
    change(world, score(session, world, "Vi Văn Bình", 90, 80))
    session.commit()
    assert pending_matters(session, world.round, NOW).to_agree == waits
    assert len(places(session, world)) == 1 + waits


def test_entry_that_nobody_has_opened_for_judging_waits(session: Session, world: World) -> None:
    hand_in(session, world, "Hoàng Thị An")
    assert pending_matters(session, world.round, NOW).unjudged == 1


def test_round_that_has_not_closed_is_not_over(session: Session, world: World) -> None:
    score(session, world, "Hoàng Thị An", 90, 80)
    before = pending_matters(session, world.round, CLOSES - timedelta(microseconds=1))
    assert (before.is_closed, before.to_agree, before.is_over) == (False, 0, False)
    assert pending_matters(session, world.round, CLOSES).to_agree == 1


def test_round_of_nobody_is_over_and_empty(session: Session, world: World) -> None:
    assert pending_matters(session, world.round, NOW).is_over
    assert places(session, world) == []


def test_without_a_panel_at_closing_nobody_is_ranked(session: Session, world: World) -> None:
    world.rules.sections = {key: value for key, value in world.rules.sections.items() if key != "panel"}
    session.commit()
    with pytest.raises(DomainError) as caught:
        standings_of(session, world.round)
    assert caught.value.code == "standings_without_rules"


def test_groups_are_ranked_apart_and_units_by_their_entries(session: Session, world: World) -> None:
    other, unit = make_group(session, world.contest, "Tiểu học", position=2), make_unit(session, "Trường Tiểu học")
    for each, people in ((world.unit, 4), (unit, 10)):
        add(session, Headcount(unit_id=each.id, valid_from=CLOSES.date() - timedelta(days=9), people=people, source=""))
    score(session, world, "Hoàng Thị An", 90, 90)
    score(session, world, "Vi Văn Bình", 80, 80)
    score(session, world, "Lộc Chi", 70, 70, group=other, unit=unit)
    standings = standings_of(session, world.round)
    assert [len(standings.group(group.id).ranked) for group in (world.group, other)] == [2, 1]
    assert [(each.unit.unit_id, each.unit.participants, each.unit.people) for each in standings.units] == [
        (world.unit.id, 2, 4),
        (unit.id, 1, 10),
    ]


def test_agreement_changes_the_place_and_running_again_gives_the_identical_list(session: Session, world: World) -> None:
    score(session, world, "Hoàng Thị An", 90, 90)
    agree(session, world, score(session, world, "Vi Văn Bình", 95, 80), 91)
    first = standings_of(session, world.round).group(world.group.id).ranked
    assert places(session, world) == [(1, "Vi Văn Bình"), (2, "Hoàng Thị An")]
    session.expire_all()
    assert standings_of(session, world.round).group(world.group.id).ranked == first


def statements(session: Session, read: Callable[[], object]) -> int:
    found: list[str] = []
    engine = session.get_bind()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        read()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(found)


@pytest.mark.parametrize("entries", [1, 3])
def test_number_of_statements_is_that_of_the_reading_not_of_the_rows(
    session: Session, world: World, entries: int
) -> None:
    for name in list(DOZEN)[:entries]:
        score(session, world, name, 90, 90, unit=make_unit(session))
    session.refresh(world.round)
    assert statements(session, lambda: standings_of(session, world.round)) == 9
    assert statements(session, lambda: pending_matters(session, world.round, NOW)) == 6
