from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from contest.contests.models import Contest, Role, Round
from contest.questions.models import Bank, BankQuestion, QuestionRevision, RoundBank
from contest.questions.queries import bank_of_round, question_of
from contest.questions.services.writing import add_questions, revise_question
from contest.quiz.queries import may_key_show
from contest.quiz.services.sets import freeze_set
from question_bank.question import Question
from tests.contests.world import counted
from tests.factories import NOW, actor_of, add, make_contest, make_round
from tests.quiz.world import World, make_world


def test_keys_stay_hidden_while_another_round_still_draws_from_the_same_questions(session: Session) -> None:
    world = make_world(session)
    other = Round(
        **{
            **round_values(world.round),
            "position": 2,
            "public_id": "other",
            "closes_at": world.round.closes_at + timedelta(days=7),
        }
    )
    add(session, other)
    bank = bank_of_round(session, world.round.id)
    assert bank is not None
    add(session, RoundBank(round_id=other.id, bank_id=bank.id))
    freeze_set(session, world.actor, NOW, other, world.keys)
    closed = world.round.closes_at
    assert may_key_show(session, world.round, closed) is False
    assert may_key_show(session, world.round, closed + timedelta(days=7, minutes=2)) is True


def round_values(row: Round) -> dict[str, Any]:
    names = ("contest_id", "kind", "name", "opens_at", "released_at", "cancel_reason")
    return {name: getattr(row, name) for name in names}


EDGE = timedelta(seconds=60)
"""For so long after closing, the most patient rules still take answers."""


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


def asked(session: Session, world: World) -> Question:
    """A question of the round, as it was drawn."""
    bank = bank_of_round(session, world.round.id)
    assert bank is not None
    of_bank = select(QuestionRevision).join(BankQuestion, BankQuestion.id == QuestionRevision.question_id)
    return question_of(session.scalars(of_bank.where(BankQuestion.bank_id == bank.id).limit(1)).one())


def elsewhere(session: Session, world: World, question: Question, number: int = 1) -> Round:
    """A round of another contest, a week later, and a bank for it that holds this question under another code."""
    contest = make_contest(session)
    bank = add(session, Bank(contest_id=contest.id, name="Ngân hàng khác", created_at=NOW))
    add_questions(session, NOW, bank, [(f"KHAC-{number}", question)], world.person.id)
    later = world.round.closes_at + timedelta(days=7)
    other = make_round(session, contest, opens_at=world.round.closes_at, closes_at=later, released_at=None)
    add(session, RoundBank(round_id=other.id, bank_id=bank.id))
    return other


def test_a_copy_in_a_bank_of_another_contest_keeps_the_key_hidden_to_the_edge(session: Session, world: World) -> None:
    closed = world.round.closes_at + 2 * EDGE
    assert may_key_show(session, world.round, closed) is True
    other = elsewhere(session, world, asked(session, world))
    assert may_key_show(session, world.round, closed) is False
    assert may_key_show(session, world.round, other.closes_at + EDGE) is False
    assert may_key_show(session, world.round, other.closes_at + EDGE + timedelta(microseconds=1)) is True
    other.cancelled_at = NOW
    session.flush()
    assert may_key_show(session, world.round, closed) is True


def test_another_question_elsewhere_hides_nothing(session: Session, world: World) -> None:
    elsewhere(session, world, replace(asked(session, world), text="Một câu hỏi khác hẳn?"))
    assert may_key_show(session, world.round, world.round.closes_at + 2 * EDGE) is True


def test_a_copy_stays_the_same_question_whatever_it_becomes_and_so_does_a_copy_of_that(
    session: Session, world: World
) -> None:
    """The copy is sent, then revised; its revision is copied on, and only that copy is still to be drawn."""
    mine = asked(session, world)
    middle = elsewhere(session, world, mine)
    copy = session.scalars(select(BankQuestion).where(BankQuestion.code == "KHAC-1")).one()
    session.get_one(QuestionRevision, copy.current_revision_id).sent_at = NOW
    revised = replace(mine, explanation="Theo luật mới.")
    contest = session.get_one(Contest, middle.contest_id)
    setter = actor_of(world.person, contest, Role.QUESTION_SETTER)
    revise_question(session, setter, NOW, contest_id=contest.id, question_id=copy.id, question=revised)
    last = elsewhere(session, world, revised, 2)
    closed = world.round.closes_at + 2 * EDGE
    middle.closes_at = world.round.closes_at
    session.flush()
    assert may_key_show(session, world.round, closed) is False
    last.cancelled_at = NOW
    session.flush()
    assert may_key_show(session, world.round, closed) is True


def test_one_copy_or_three_cost_one_statement(session: Session, world: World) -> None:
    closed, engine = world.round.closes_at + 2 * EDGE, session.get_bind()
    assert isinstance(engine, Engine)
    spent = []
    for number in (1, 2, 3):
        elsewhere(session, world, asked(session, world), number)
        session.refresh(world.round)
        with counted(engine) as statements:
            assert may_key_show(session, world.round, closed) is False
        spent.append(len(statements))
    assert spent == [1, 1, 1]
