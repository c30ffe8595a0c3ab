"""What lacks for the papers of a round, whether or not its rules are in force yet."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from contest.contests.models import RulesState, RulesVersion
from contest.contests.queries import rules_in_force
from contest.questions.models import BankQuestion
from contest.quiz.services.feasibility import coming_rules, find_plan, homeless, shortages
from tests.quiz.world import World, make_world

ANY = {"topic": None, "difficulty": None}


@pytest.fixture
def backend() -> str:
    return "sqlite"


def test_a_row_that_shares_with_others_says_what_is_in_the_way(session: Session) -> None:
    world = make_world(session)
    rules = in_force(session, world)
    rules.sections = {"paper": {"rows": [{**ANY, "count": 2, "kind": "true_false"}, {**ANY, "count": 8}]}}
    plan = find_plan(session, world.round, rules)
    assert plan is not None
    told = [(each.row, each.wanted, each.available, each.fitting, each.elsewhere) for each in shortages(plan)]
    assert told == [(0, 2, 1, 1, 0), (1, 8, 7, 8, 1)]


def test_a_compulsory_question_without_a_row_is_named_by_code(session: Session) -> None:
    world = make_world(session)
    session.execute(update(BankQuestion).where(BankQuestion.code == "CDS-001").values(is_compulsory=True))
    rules = in_force(session, world)
    rules.sections = {"paper": {"rows": [{**ANY, "count": 1, "kind": "true_false"}]}}
    plan = find_plan(session, world.round, rules)
    assert plan is not None
    assert [(each.code, each.other) for each in homeless(session, plan)] == [("CDS-001", None)]


def test_rules_that_are_being_written_come_before_those_in_force(session: Session) -> None:
    world = make_world(session)
    old = in_force(session, world)
    assert coming_rules(session, world.contest.id) is old
    values = {"contest_id": world.contest.id, "number": old.number + 1, "state": RulesState.DRAFT, "reason": ""}
    draft = RulesVersion(
        **values,
        sections={"paper": {"rows": [{**ANY, "count": 3}]}},
        created_at=old.created_at,
        created_by=old.created_by,
    )
    session.add(draft)
    session.flush()
    assert coming_rules(session, world.contest.id) is draft
    draft.sections = {}
    session.flush()
    assert coming_rules(session, world.contest.id) is old


def test_rules_without_a_paper_make_no_plan(session: Session) -> None:
    world = make_world(session)
    rules = in_force(session, world)
    rules.sections = {}
    assert find_plan(session, world.round, rules) is None
    assert find_plan(session, world.round, None) is None


def in_force(session: Session, world: World) -> RulesVersion:
    rules = rules_in_force(session, world.contest.id)
    assert rules is not None
    return rules
