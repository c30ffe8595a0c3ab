from typing import Any

import pytest
from sqlalchemy.orm import Session

from contest.contests.models import Round
from contest.contests.queries import rules_in_force
from contest.errors import DomainError
from contest.questions.queries import approved_revisions, bank_of_round
from contest.quiz.services.sets import freeze_set, frozen_set
from question_bank.drawing import seed_commitment, set_digest
from tests.factories import NOW, actor_of
from tests.quiz.world import World, make_world


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


def make_world_sections(session: Session, world: World, **sections: Any) -> Round:
    rules = rules_in_force(session, world.contest.id)
    assert rules is not None
    rules.sections = {**rules.sections, **sections}
    session.flush()
    return world.round
