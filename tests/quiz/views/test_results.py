from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import sign_in
from tests.quiz.room import CLIENT, attempt_at, start
from tests.quiz.world import (
    QUESTIONS,
    SECTIONS,
    World,
    make_world,
    right_answers,
)
from tests.web import post, post_json


def test_handing_in_with_the_last_answers_marks_them(client: FlaskClient, session: Session, world: World) -> None:
    paper = start(client, world)
    answers = right_answers(session, world, attempt_at(session, paper))
    body = {"client": CLIENT, "seq": 1, "answers": {slot: {"response": response} for slot, response in answers.items()}}
    assert post_json(client, f"{paper}/submission", body).status_code == 303
    page = client.get(f"{paper}/result")
    assert "5</strong>/5" in page.text
    assert client.get(paper).location == f"{paper}/result"


def test_a_score_waits_for_the_closing_where_the_rules_say_so(
    app: Flask, client: FlaskClient, session: Session, at: Callable[[datetime], None]
) -> None:
    world = make_world(session, app, sections={"attempts": {**SECTIONS["attempts"], "result_time": "after_closing"}})
    sign_in(session, client, world.person)
    paper = start(client, world)
    post(client, f"{paper}/submission")
    assert "</strong>/5" not in client.get(f"{paper}/result").text
    assert "0/5" not in client.get(f"/rounds/{world.round.public_id}").text
    at(world.round.closes_at)
    assert "0</strong>/5" in client.get(f"{paper}/result").text


def test_keys_show_after_closing_and_only_where_the_rules_say_so(
    client: FlaskClient, session: Session, world: World, at: Callable[[datetime], None]
) -> None:
    paper = start(client, world)
    post(client, f"{paper}/submission")
    explanations = [question.explanation for question in QUESTIONS]
    at(world.round.closes_at - timedelta(seconds=1))
    assert not any(words in client.get(f"{paper}/result").text for words in explanations)
    at(world.round.closes_at + timedelta(minutes=2))
    assert sum(words in client.get(f"{paper}/result").text for words in explanations) == 5
