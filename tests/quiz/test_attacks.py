"""What a cheat would try against the quiz: keys before everybody is done, and batches that no page of ours sends."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from contest.questions.models import RoundBank
from contest.questions.queries import bank_of_round
from contest.quiz.domain.answers import InvalidBatch, read_batch
from contest.quiz.journal import MAX_SAVES
from contest.quiz.models import Attempt, JournalRow
from contest.quiz.queries import may_key_show
from tests.factories import NOW, add, make_round
from tests.quiz.room import attempt_at, give, start
from tests.quiz.world import World, make_world
from tests.web import csrf_token, post, post_json


def test_no_key_shows_while_answers_to_the_round_may_still_arrive(session: Session) -> None:
    world = make_world(session)
    closed = world.round.closes_at
    assert may_key_show(session, world.round, closed) is False
    assert may_key_show(session, world.round, closed + timedelta(seconds=60)) is False
    assert may_key_show(session, world.round, closed + timedelta(seconds=61)) is True


def test_no_key_shows_while_an_unreleased_round_is_to_draw_from_the_same_bank(session: Session) -> None:
    world = make_world(session)
    after = world.round.closes_at + timedelta(hours=1)
    coming = make_round(
        session,
        world.contest,
        "Tuần 3",
        position=2,
        opens_at=after,
        closes_at=after + timedelta(days=7),
        released_at=None,
    )
    bank = bank_of_round(session, world.round.id)
    assert bank is not None
    assert may_key_show(session, world.round, after) is True
    add(session, RoundBank(round_id=coming.id, bank_id=bank.id))
    assert may_key_show(session, world.round, after) is False
    coming.cancelled_at = after
    session.flush()
    assert may_key_show(session, world.round, after) is True


@pytest.mark.parametrize(
    ("client_name", "slot", "response"),
    [
        ("cccccccc\0", "1", "b"),
        ("cccccccc\x1f", "1", "b"),
        ("cccccccc", "\ud800", "b"),
        ("cccccccc", "1", "\ud800"),
        ("cccccccc", "1", ["\udfff"]),
    ],
)
def test_a_batch_with_characters_that_no_database_keeps_is_refused(
    client: FlaskClient, world: World, client_name: str, slot: str, response: Any
) -> None:
    body = {"client": client_name, "seq": 1, "answers": {slot: {"response": response}}}
    headers = {"X-CSRFToken": csrf_token(client), "Content-Type": "application/json"}
    paper = start(client, world)
    assert client.post(f"{paper}/answers", data=json.dumps(body), headers=headers).status_code == 400


def test_a_batch_larger_than_any_paper_is_refused() -> None:
    answers = {str(slot): {"response": ["a" * 10] * 30} for slot in range(1, 201)}
    with pytest.raises(InvalidBatch):
        read_batch({"client": "c" * 8, "seq": 1, "answers": answers})
    answers = {str(slot): {"response": list("abcdefghij")} for slot in range(1, 201)}
    assert len(read_batch({"client": "c" * 8, "seq": 1, "answers": answers}).responses) == 200


@pytest.mark.parametrize("is_handed_in", [False, True])
def test_nobody_fills_the_journal(client: FlaskClient, session: Session, world: World, is_handed_in: bool) -> None:
    paper = start(client, world)
    attempt = attempt_at(session, paper)
    if is_handed_in:
        post(client, f"{paper}/submission")
    flood(session, attempt, MAX_SAVES - 1)
    give(client, paper, {"1": "a"}, name="thelastone")
    assert give(client, paper, {"1": "b"}, name="onetoomany").status_code == 429
    post_json(client, f"{paper}/submission", {"client": "onetoomany", "seq": 2, "answers": {"1": {"response": "c"}}})
    session.rollback()
    handing_in = 0 if is_handed_in else 1  # the one batch that is always stored
    assert session.scalar(select(func.count()).select_from(JournalRow)) == MAX_SAVES + handing_in


def flood(session: Session, attempt: Attempt, count: int) -> None:
    row = {"received_at": NOW, "payload": "{}", "ages": "{}", "digest": "0" * 64, "is_late": False}
    session.rollback()
    rows = [{"attempt_id": attempt.id, "client": "flood-er", "seq": seq, **row} for seq in range(1, count + 1)]
    session.execute(insert(JournalRow), rows)
    session.commit()
