from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from contest.contests.models import Round, RulesVersion
from contest.contests.queries import rules_in_force
from contest.errors import DomainError
from contest.questions.queries import approved_revisions, bank_of_round
from contest.quiz.desk import opening_lacks
from contest.quiz.services.attempts import submit_attempt
from contest.quiz.services.results import mark_attempt
from contest.quiz.services.sets import freeze_set, frozen_set, renew_sets
from question_bank.drawing import seed_commitment, set_digest
from question_bank.kinds import kind_of
from tests.factories import NOW, actor_of
from tests.quiz.world import World, begin, make_world


def test_freezing_pins_the_questions_before_the_seed_is_made(session: Session) -> None:
    world = make_world(session)
    drawn_from = frozen_set(session, world.set_row, world.keys)
    revisions = approved_revisions(session, bank_of_round(session, world.round.id).id)
    assert world.set_row.digest == set_digest(((each.id, each.digest) for each in revisions), drawn_from.blueprint)
    assert world.set_row.commitment == seed_commitment(drawn_from.seed, world.set_row.digest)
    assert drawn_from.seed not in world.set_row.seed_sealed


def test_a_bank_that_cannot_fill_the_paper_is_not_frozen(session: Session) -> None:
    world = make_world(session)
    rules = {"rows": [{"topic": None, "difficulty": None, "count": 9}]}
    too_much = make_world_sections(session, world, paper=rules)
    with pytest.raises(DomainError, match="paper_not_fillable"):
        freeze_set(session, actor_of(world.person), NOW, too_much, world.keys)


def test_a_prediction_of_the_bank_is_on_no_paper_and_fills_none(session: Session) -> None:
    prediction, number = kind_of("prediction").example, kind_of("number").example
    assert prediction is not None
    assert number is not None
    one = {"rows": [{"topic": None, "difficulty": None, "count": 1}]}
    world = make_world(session, questions=[prediction, number], sections={"paper": one})
    [drawn] = frozen_set(session, world.set_row, world.keys).questions.values()
    assert drawn == number
    assert opening_lacks(session, world.round) == []
    two = {"rows": [{"topic": None, "difficulty": None, "count": 2}]}
    [lack] = opening_lacks(session, make_world_sections(session, world, paper=two))
    assert lack.code == "paper_not_fillable"


def make_world_sections(session: Session, world: World, **sections: Any) -> Round:
    rules = rules_in_force(session, world.contest.id)
    assert rules is not None
    rules.sections = {**rules.sections, **sections}
    session.flush()
    return world.round


def test_a_new_paper_is_drawn_from_a_new_set_while_attempts_keep_theirs(session: Session) -> None:
    world = make_world(session)
    begun = begin(session, world)
    change_paper(session, world, 3)
    [renewed] = renew_sets(session, actor_of(world.person), NOW, in_force(session, world), world.keys)
    session.commit()
    assert (renewed.number, renewed.round_id, renewed.commitment != world.set_row.commitment) == (
        2,
        world.round.id,
        True,
    )
    assert (begun.set_id, len(begun.paper)) == (world.set_row.id, 5)
    submit_attempt(session, world.actor, NOW, begun.public_id)
    assert mark_attempt(session, NOW, begun, world.keys).marks
    later = begin(session, world)
    assert (later.set_id, len(later.paper)) == (renewed.id, 3)


@pytest.mark.parametrize(
    ("values", "count", "renewed"),
    [
        ({}, 3, 1),
        ({}, 5, 0),
        ({"closes_at": NOW + timedelta(microseconds=1)}, 3, 1),
        ({"closes_at": NOW}, 3, 0),
        ({"released_at": None}, 3, 0),
        ({"cancelled_at": NOW}, 3, 0),
        ({"opens_at": NOW + timedelta(days=1)}, 3, 1),
    ],
)
def test_only_rounds_that_still_draw_another_paper_get_a_new_set(
    session: Session, values: dict[str, Any], count: int, renewed: int
) -> None:
    world = make_world(session, **values)
    change_paper(session, world, count)
    sets = renew_sets(session, actor_of(world.person), NOW, in_force(session, world), world.keys)
    assert len(sets) == renewed
    assert renew_sets(session, actor_of(world.person), NOW, in_force(session, world), world.keys) == []


def test_a_new_paper_that_the_bank_cannot_fill_is_refused_with_the_name_of_the_round(session: Session) -> None:
    world = make_world(session)
    change_paper(session, world, 9)
    with pytest.raises(DomainError, match="new_paper_not_fillable") as caught:
        renew_sets(session, actor_of(world.person), NOW, in_force(session, world), world.keys)
    assert caught.value.values == {"round": world.round.name}


def test_each_set_is_kept_under_its_own_commitment(session: Session) -> None:
    world = make_world(session)
    first = frozen_set(session, world.set_row, world.keys)
    change_paper(session, world, 3)
    [renewed] = renew_sets(session, actor_of(world.person), NOW, in_force(session, world), world.keys)
    assert frozen_set(session, world.set_row, world.keys) is first
    assert frozen_set(session, renewed, world.keys).blueprint.size == 3


def change_paper(session: Session, world: World, count: int) -> None:
    make_world_sections(session, world, paper={"rows": [{"topic": None, "difficulty": None, "count": count}]})


def in_force(session: Session, world: World) -> RulesVersion:
    rules = rules_in_force(session, world.contest.id)
    assert rules is not None
    return rules
