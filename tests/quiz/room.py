"""The quiz over HTTP, the way a phone talks to it."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from contest.quiz.models import Attempt
from tests.quiz.world import World
from tests.web import post, post_json

CLIENT = "0123456789abcdef"


def start(client: FlaskClient, world: World) -> str:
    reply = post(client, f"/rounds/{world.round.public_id}/attempts")
    assert reply.status_code == 303
    return str(reply.location)


def give(client: FlaskClient, paper: str, answers: dict[str, Any], *, seq: int = 1, name: str = CLIENT) -> TestResponse:
    body = {
        "client": name,
        "seq": seq,
        "answers": {slot: {"response": response, "age": 0} for slot, response in answers.items()},
    }
    return post_json(client, f"{paper}/answers", body)


def attempt_at(session: Session, paper: str) -> Attempt:
    session.rollback()  # see what the requests have committed since
    return session.scalars(select(Attempt).where(Attempt.public_id == paper.rsplit("/", 1)[1])).one()
