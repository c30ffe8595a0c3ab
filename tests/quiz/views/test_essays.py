"""An essay on a paper, the way a phone sends it, with a script and without."""

import unicodedata

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.quiz.models import AttemptResult
from question_bank.kinds.essay import MOST_CHARACTERS, MOST_WORDS
from tests.factories import sign_in
from tests.judging.essays import make_world
from tests.quiz.room import give, start
from tests.web import post

LONG = "\r\n".join(["nghiêng " * 99 + "nghiêng"] * (MOST_WORDS // 100))


@pytest.fixture
def backend() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


@pytest.fixture
def paper(app: Flask, session: Session, client: FlaskClient) -> str:
    world = make_world(session, app)
    sign_in(session, client, world.person)
    return start(client, world)


def slot_of(client: FlaskClient, paper: str) -> str:
    page = client.get(paper).text
    return page.partition('data-kind="essay"')[0].rpartition('data-slot="')[2].partition('"')[0]


def test_fifteen_hundred_words_arrive_without_a_script_and_are_counted(
    client: FlaskClient, session: Session, paper: str
) -> None:
    slot = slot_of(client, paper)
    assert "nhiều nhất 500 chữ" in client.get(paper).text
    assert post(client, f"{paper}/answers", {f"q{slot}": unicodedata.normalize("NFD", LONG)}).status_code == 303
    assert f"data-word-count>{MOST_WORDS}<" in client.get(paper).text
    post(client, f"{paper}/submission")
    page = client.get(f"{paper}/result").text
    assert "1 câu tự luận do Giám khảo chấm." in page
    assert "dẫn chứng" not in page, "the guide is for judges only"
    session.rollback()
    result = session.scalars(select(AttemptResult)).one()
    assert (result.points, result.judged_slots) == (0, [int(slot)])


@pytest.mark.parametrize(
    ("text", "status"),
    [("ệ" * MOST_CHARACTERS, 200), ("\n" * MOST_CHARACTERS, 200), ("a" * (MOST_CHARACTERS + 1), 400)],
)
def test_a_save_holds_the_longest_text_that_can_be_typed(
    client: FlaskClient, paper: str, text: str, status: int
) -> None:
    assert give(client, paper, {slot_of(client, paper): text}).status_code == status


def test_an_essay_that_nobody_wrote_is_not_for_judges(client: FlaskClient, session: Session, paper: str) -> None:
    post(client, f"{paper}/answers", {f"q{slot_of(client, paper)}": " \r\n "})
    post(client, f"{paper}/submission")
    assert "Giám khảo chấm" not in client.get(f"{paper}/result").text
    session.rollback()
    assert session.scalars(select(AttemptResult)).one().judged_slots == []
