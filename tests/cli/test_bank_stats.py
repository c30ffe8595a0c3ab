"""The statistics of a round from the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import Login
from contest.contests.models import Role
from contest.questions.models import LookAct, QuestionLook
from tests.quiz.statistics import begin, carry_out, make_closed, overseer
from tests.quiz.world import World

REASON = "CDS-001: Nhóm khá nhất chọn C (12 lượt) nhiều hơn đáp án B (8 lượt): kiểm tra đáp án."


@pytest.fixture
def backend() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


@pytest.fixture
def world(session: Session, app: Flask) -> World:
    return make_closed(session, app)


@pytest.fixture
def stats(contest: Callable[..., Result], session: Session, world: World, database_url: str) -> Callable[..., Result]:
    """Call `contest bank stats` for the contest, as somebody with this seat."""

    def call(name: object, *more: object, role: Role = Role.QUESTION_REVIEWER) -> Result:
        person = overseer(session, world, role)
        login = session.scalars(select(Login.value).where(Login.person_id == person.id)).one()
        session.commit()
        given = [world.contest.slug, str(name), "--as", login, *map(str, more)]
        return contest("bank", "stats", *given, database_url=database_url)

    return call


def looks(session: Session) -> set[LookAct]:
    session.rollback()  # sees what the command has committed since
    return set(session.scalars(select(QuestionLook.act)))


def test_doubtful_questions_are_named_with_their_reason(stats: Any, app: Flask, session: Session, world: World) -> None:
    begin(app)
    carry_out(app)
    told = stats(world.round.name)
    assert (told.exit_code, REASON in told.stderr) == (1, True), told.output
    assert "attempts: 45, questions: 2, highest total: 2" in told.stdout
    assert "CDS-001\t45\t17.78\t25.00\t" in told.stdout
    assert looks(session) == {LookAct.FOUND}


def test_json_and_workbook_say_the_same(stats: Any, app: Flask, session: Session, world: World, tmp_path: Path) -> None:
    begin(app)
    carry_out(app)
    told = stats(world.round.id, "--json", "--xlsx", tmp_path / "out.xlsx", "--locale", "en")
    report = json.loads(told.stdout)
    assert [each["code"] for each in report["questions"]] == ["CDS-001", "CDS-002"]
    sentences = [flag["sentence"] for flag in report["questions"][0]["flags"]]
    assert any(sentence.startswith("The best group chose C") for sentence in sentences)
    [_paper, questions, _answers] = (
        CalamineWorkbook.from_path(tmp_path / "out.xlsx").get_sheet_by_index(number).to_python() for number in range(3)
    )
    assert ["CDS-001", "Câu hỏi số 1?", 45, 17.78] in [row[:4] for row in questions]
    assert looks(session) == {LookAct.EXPORTED}


def test_without_statistics_there_is_nothing_to_report_on(stats: Any, session: Session, world: World) -> None:
    told = stats(world.round.id)
    assert (told.exit_code, told.stdout) == (2, "")
    assert "There are no statistics of this round" in told.stderr
    assert looks(session) == set()


def test_only_who_sees_the_whole_bank_sees_its_statistics(
    stats: Any, app: Flask, session: Session, world: World
) -> None:
    begin(app)
    carry_out(app)
    told = stats(world.round.id, role=Role.QUESTION_SETTER)
    assert (told.exit_code, told.stdout) == (1, "")
    assert looks(session) == set()


def test_an_unknown_round_is_answered_with_those_there_are(stats: Any, world: World) -> None:
    told = stats("Tuần 99")
    assert (told.exit_code, told.stdout) == (1, "")
    assert f"{world.round.id} {world.round.name}" in told.stderr
