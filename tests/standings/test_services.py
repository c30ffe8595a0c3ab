from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.audit.models import AuditRecord
from contest.contests.models import Role
from contest.errors import DomainError, NotAllowed, NotFound
from contest.quiz.models import AttemptState
from contest.standings.models import RoundTarget
from contest.standings.queries import standings_of
from contest.standings.services import decide_tie, fix_due_targets, fix_target
from tests.factories import NOW, actor_of
from tests.standings.world import CLOSES, World, attempt, make_world


def acts(session: Session, world: World) -> list[str]:
    return list(session.scalars(select(AuditRecord.act).where(AuditRecord.scope == world.contest.id)))


@pytest.fixture
def world(session: Session) -> World:
    world = make_world(session)
    attempt(session, world, "An", prediction=2)
    attempt(session, world, "Bình", prediction=2)
    return world


def test_target_is_fixed_once_and_stays(session: Session, world: World) -> None:
    fixed = fix_target(session, NOW, world.round)
    assert fixed is not None
    assert (fixed.value, fixed.participants, fixed.all_right, fixed.frozen_at) == (2, 2, 2, NOW)
    world.people["Bình"].excluded_at = NOW
    session.flush()
    assert fix_target(session, NOW + timedelta(days=1), world.round) is fixed
    standings = standings_of(session, world.round)
    assert (standings.target, standings.is_target_fixed, standings.counts.all_right) == (2, True, 1)
    assert acts(session, world) == ["target.fixed"]


def test_no_prediction_no_target(session: Session) -> None:
    world = make_world(session, prediction={"is_asked": False, "target": "all_right", "question": ""})
    assert fix_target(session, NOW, world.round) is None
    assert acts(session, world) == []


@pytest.mark.parametrize(
    ("now", "state", "code"),
    [
        (CLOSES - timedelta(seconds=1), AttemptState.SUBMITTED, "standings_not_closed"),
        (CLOSES, AttemptState.OPEN, "standings_not_marked"),
    ],
)
def test_target_is_not_fixed_too_early(
    session: Session, world: World, now: Any, state: AttemptState, code: str
) -> None:
    attempt(session, world, "Chi", state=state)
    with pytest.raises(DomainError) as caught:
        fix_target(session, now, world.round)
    assert caught.value.code == code
    assert session.scalars(select(RoundTarget)).all() == []


def test_sweep_fixes_what_is_due_and_nothing_twice(session: Session, world: World) -> None:
    assert fix_due_targets(session, CLOSES - timedelta(seconds=1)) == 0
    assert fix_due_targets(session, CLOSES) == 1
    assert fix_due_targets(session, NOW) == 0


def test_sweep_leaves_cancelled_rounds_and_waits_for_marking(session: Session, world: World) -> None:
    attempt(session, world, "Chi", is_marked=False)
    assert fix_due_targets(session, NOW) == 0
    world.round.cancelled_at = NOW
    session.flush()
    assert fix_due_targets(session, NOW) == 0


def decide(session: Session, world: World, places: dict[str, int], *, rank: int = 1, **changes: Any) -> None:
    values: dict[str, Any] = {"decision_number": "9/BB-BTC", "reason": "Bốc thăm công khai.", **changes}
    actor = values.pop("actor", world.actor(Role.SECRETARY))
    decide_tie(
        session,
        actor,
        NOW,
        contest_id=world.contest.id,
        round_id=world.round.id,
        group_id=world.group.id,
        rank=rank,
        places={world.people[name].id: place for name, place in places.items()},
        **values,
    )


def test_tie_at_a_prize_waits_for_a_decision_which_then_counts(session: Session, world: World) -> None:
    group = standings_of(session, world.round).group(world.group.id)
    assert ([each.rank for each in group.ranked], len(group.awards.undecided)) == ([1, 1], 2)
    decide(session, world, {"An": 2, "Bình": 1})
    awards = standings_of(session, world.round).group(world.group.id).awards
    assert awards.undecided == set()
    assert awards.tiers[world.people["Bình"].id].name == "Giải Nhất"
    assert awards.tiers[world.people["An"].id].name == "Giải Nhì"
    assert acts(session, world) == ["tie.decided"]


def test_decision_can_be_recorded_again(session: Session, world: World) -> None:
    decide(session, world, {"An": 2, "Bình": 1})
    decide(session, world, {"An": 1, "Bình": 2})
    awards = standings_of(session, world.round).group(world.group.id).awards
    assert awards.tiers[world.people["An"].id].name == "Giải Nhất"


@pytest.mark.parametrize(
    ("places", "changes", "code"),
    [
        ({"An": 1}, {}, "places_unclear"),
        ({"An": 1, "Bình": 1}, {}, "places_unclear"),
        ({"An": 0, "Bình": 1}, {}, "places_unclear"),
        ({"An": 1, "Bình": 3}, {}, "places_unclear"),
        ({"An": 1, "Bình": 2}, {"decision_number": " "}, "decision_missing"),
        ({"An": 1, "Bình": 2}, {"reason": " "}, "reason_missing"),
    ],
)
def test_decision_has_to_be_clear(
    session: Session, world: World, places: dict[str, int], changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(DomainError) as caught:
        decide(session, world, places, **changes)
    assert caught.value.code == code
    assert acts(session, world) == []


def test_only_the_committee_decides_and_only_about_ties(session: Session, world: World) -> None:
    judge = actor_of(world.secretary, world.contest, Role.JUDGE)
    with pytest.raises(NotAllowed):
        decide(session, world, {"An": 1, "Bình": 2}, actor=judge)
    with pytest.raises(NotFound):
        decide(session, world, {"An": 1, "Bình": 2}, rank=2)
