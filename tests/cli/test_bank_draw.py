"""Papers of a round from the command line."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contest.accounts.models import Login
from contest.contests.models import Role
from contest.questions.models import BankQuestion, LookAct, QuestionLook, RoundBank
from contest.quiz.models import QuestionSet, QuestionSetItem
from contest.quiz.services.sets import frozen_set
from question_bank.drawing import draw_paper, seed_commitment
from tests.quiz.statistics import overseer
from tests.quiz.world import World, make_world

SEED, PERSON = bytes(range(32)).hex(), "0011"


@pytest.fixture
def backend() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


@pytest.fixture
def world(session: Session, app: Flask) -> World:
    return make_world(session, app)


@pytest.fixture
def draw(contest: Callable[..., Result], session: Session, world: World, database_url: str) -> Callable[..., Result]:
    """Call `contest bank draw` for the round, as somebody with this seat."""

    def call(*more: str, role: Role = Role.ORGANIZER, seed: str = SEED) -> Result:
        person = overseer(session, world, role)
        login = session.scalars(select(Login.value).where(Login.person_id == person.id)).one()
        session.commit()
        place = [world.contest.slug, str(world.round.id), "--as", login]
        told = contest("bank", "draw", *place, "--seed", seed, "--person", PERSON, *more, database_url=database_url)
        session.rollback()  # sees what the command has committed since
        return told

    return call


def thaw(session: Session) -> None:
    for table in (QuestionSetItem, QuestionSet):
        session.execute(delete(table))


def test_the_paper_is_the_one_that_a_participant_would_get(draw: Any, session: Session, world: World) -> None:
    told = json.loads(draw("--number", "2", "--json").stdout)
    kept = frozen_set(session, world.set_row, world.keys)
    slots = draw_paper(kept.pool, kept.blueprint, bytes.fromhex(SEED), bytes.fromhex(PERSON), 2)
    codes = dict(session.execute(select(BankQuestion.approved_revision_id, BankQuestion.code)).all())
    expected = [(codes[slot.ref], list(slot.order)) for slot in slots]
    assert [(each["code"], each["order"]) for each in told["paper"]] == expected
    assert told["set"] == world.set_row.digest
    assert told["commitment"] == seed_commitment(bytes.fromhex(SEED), world.set_row.digest)


def test_who_draws_leaves_a_trace_of_what_was_drawn(draw: Any, session: Session) -> None:
    told = draw()
    assert "drawn from set 1" in told.stderr
    drawn = {line.split("\t")[1] for line in told.stdout.splitlines()}
    seen = select(BankQuestion.code).join(QuestionLook, QuestionLook.question_id == BankQuestion.id)
    assert set(session.scalars(seen.where(QuestionLook.act == LookAct.PREVIEWED))) == drawn
    assert len(drawn) == 5


def test_before_a_set_is_frozen_the_bank_is_drawn_from(draw: Any, session: Session) -> None:
    frozen = draw("--json").stdout
    thaw(session)
    told = draw("--json")
    assert "drawn from the bank Ngân hàng" in told.stderr
    assert told.stdout == frozen, "nothing has changed since it was frozen"


def test_a_bank_that_lacks_questions_ends_with_1(draw: Any, session: Session) -> None:
    thaw(session)
    for row in session.scalars(select(BankQuestion).order_by(BankQuestion.id).limit(4)):
        row.approved_revision_id = None
    told = draw()
    assert (told.exit_code, told.stdout) == (1, "")
    assert "Dòng 1 của ma trận đề cần 5 câu nhưng chỉ có 4 câu." in told.stderr


def test_a_round_without_a_bank_and_an_unusable_seed_end_with_2(draw: Any, session: Session) -> None:
    assert draw(seed="00").exit_code == 2
    assert draw("--met", "CDS-999").exit_code == 2
    thaw(session)
    session.execute(delete(RoundBank))
    told = draw()
    assert (told.exit_code, told.stdout) == (2, "")
    assert "There is nothing to draw from" in told.stderr


def test_only_who_sees_the_whole_bank_draws(draw: Any, session: Session) -> None:
    told = draw(role=Role.QUESTION_SETTER)
    assert (told.exit_code, told.stdout) == (1, "")
    assert session.scalars(select(QuestionLook.act)).all() == []
