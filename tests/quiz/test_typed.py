"""Answers that are typed, from the paper to the result, with a script and without one."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.quiz.models import AttemptResult
from question_bank.kinds import kind_of
from question_bank.question import Question
from tests.factories import NOW, sign_in
from tests.quiz.world import SECTIONS, World, make_world
from tests.web import post

SECTIONS_OF_ONE: dict[str, Any] = {
    "paper": {"rows": [{"topic": None, "difficulty": None, "count": 1}]},
    "prediction": SECTIONS["prediction"] | {"is_asked": False},
}


@pytest.fixture
def backend() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


@pytest.fixture(autouse=True)
def during(at: Any) -> None:
    at(NOW)


def example(kind: str) -> Question:
    asked = kind_of(kind).example
    assert asked is not None
    return asked


def started(app: Flask, session: Session, client: FlaskClient, kind: str) -> tuple[World, str]:
    world = make_world(session, app, questions=[example(kind)], sections=SECTIONS_OF_ONE)
    sign_in(session, client, world.person)
    return world, str(post(client, f"/rounds/{world.round.public_id}/attempts").location)


@pytest.mark.parametrize(
    ("kind", "typed", "right"),
    [
        ("short_text", "  sông kỳ cùng. ", 1),
        ("short_text", "Bằng Giang", 0),
        ("short_text", "x" * 201, 0),
        ("number", "31,4", 1),
        ("number", "31.5 m", 1),
        ("number", "31,51", 0),
    ],
)
def test_without_a_script(app: Flask, session: Session, client: FlaskClient, kind: str, typed: str, right: int) -> None:
    _world, paper = started(app, session, client, kind)
    assert post(client, f"{paper}/answers", {"q1": typed}).status_code == 303
    assert (f'value="{typed.strip()}"' in client.get(paper).text) is (len(typed) <= 200)
    post(client, f"{paper}/submission")
    assert client.get(f"{paper}/result").status_code == 200
    session.rollback()
    result = session.scalars(select(AttemptResult)).one()
    assert (result.right_count, result.question_count, result.points) == (right, 1, 1000 * right)


def test_with_a_script(app: Flask, session: Session, client: FlaskClient) -> None:
    _world, paper = started(app, session, client, "short_text")
    token = client.get("/session").get_json()["csrf_token"]
    batch = {"client": "browser-1", "seq": 1, "answers": {"1": {"response": "Kỳ Cùng", "age": 0}}}
    reply = client.post(f"{paper}/answers", json=batch, headers={"X-CSRFToken": token})
    assert reply.get_json()["saved"] == ["1"]
    assert 'value="Kỳ Cùng"' in client.get(paper).text


def test_a_wrong_answer_is_shown_beside_all_that_would_have_been_right(
    app: Flask, session: Session, client: FlaskClient, at: Any
) -> None:
    _world, paper = started(app, session, client, "short_text")
    post(client, f"{paper}/answers", {"q1": "Bằng Giang"})
    post(client, f"{paper}/submission")
    at(NOW + timedelta(days=6))
    page = client.get(f"{paper}/result").text
    assert "Bằng Giang" in page
    assert "Đáp án đúng: Sông Kỳ Cùng hoặc Kỳ Cùng" in page
