"""Papers for trial."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from contest.contests.queries import rules_in_force
from contest.quiz.services.feasibility import PaperPlan, find_plan
from contest.quiz.services.sets import frozen_set
from contest.quiz.services.trials import TRIAL_SEED, expected_of, trial_paper
from tests.quiz.world import make_world, question

FEWEST: dict[str, Any] = {"rows": [{"topic": None, "difficulty": None, "count": 4}], "repeats": "fewest"}


@pytest.fixture
def backend() -> str:
    return "sqlite"


def plan_of(session: Session) -> PaperPlan:
    world = make_world(session, questions=[question(number) for number in range(10)], sections={"paper": FEWEST})
    plan = find_plan(session, world.round, rules_in_force(session, world.contest.id))
    assert plan is not None
    assert frozen_set(session, world.set_row, world.keys).seed != TRIAL_SEED
    return plan


def test_later_papers_of_a_sample_participant_heed_the_earlier_ones(session: Session) -> None:
    plan = plan_of(session)
    papers = [trial_paper(plan, 1, number) for number in (1, 2, 3)]
    assert [paper.again for paper in papers] == [0, 0, 2]
    first, second, _third = ({slot.revision_id for slot in paper.slots} for paper in papers)
    assert not first & second
    assert trial_paper(plan, 1, 3) == papers[2]
    assert trial_paper(plan, 2, 1) != papers[0]


def test_what_is_known_of_a_question_goes_before_its_author(session: Session) -> None:
    plan = plan_of(session)
    known, *others = plan.revisions
    expected = expected_of(plan, {known: 123})
    assert expected.facility == {known: 123, **dict.fromkeys(others, 900)}
    assert expected.points == dict.fromkeys(plan.revisions, 1000)
