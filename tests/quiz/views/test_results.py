from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from contest.db import db
from contest.questions.models import RoundBank
from contest.questions.queries import bank_of_round
from tests.contests.world import counted
from tests.factories import add, make_round, sign_in
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


def test_whether_keys_may_show_is_asked_once_a_second_however_many_read(
    app: Flask, client: FlaskClient, session: Session, world: World, at: Callable[[datetime], None]
) -> None:
    paper = start(client, world)
    post(client, f"{paper}/submission")
    with app.app_context():
        engine = db.engine
    after = world.round.closes_at + timedelta(minutes=2)

    def read(instant: datetime) -> tuple[bool, int]:
        at(instant)
        with counted(engine) as statements:
            page = client.get(f"{paper}/result").text
        shows = any(question.explanation in page for question in QUESTIONS)
        return shows, sum("still_answered" in each for each in statements)

    assert [read(after), read(after + timedelta(microseconds=999_999))] == [(True, 1), (True, 0)]
    bank = bank_of_round(session, world.round.id)
    assert bank is not None
    coming = make_round(
        session, world.contest, position=2, opens_at=after, closes_at=after + timedelta(days=7), released_at=None
    )
    add(session, RoundBank(round_id=coming.id, bank_id=bank.id))
    session.commit()
    assert [read(after + timedelta(seconds=1)), read(after + timedelta(seconds=1.5))] == [(False, 1), (False, 0)]


WEIGHED = {
    "rows": [
        {"topic": None, "difficulty": None, "count": 4, "points": 500, "section": 0},
        {"topic": None, "difficulty": None, "count": 1, "points": 1000, "section": 1},
    ],
    "sections": [{"title": "Phần I. 100 % dễ", "instructions": "Chọn một."}, {"title": "Phần II", "instructions": ""}],
}


@pytest.mark.parametrize(
    ("right", "shown"),
    [({"1", "2", "3", "4", "5"}, "Điểm: 3/3"), ({"5"}, "Điểm: 1/3"), ({"1", "2"}, "Điểm: 1/3"), (set(), "Điểm: 0/3")],
)
def test_where_questions_count_differently_the_points_are_shown_of_how_many(
    app: Flask, client: FlaskClient, session: Session, right: set[str], shown: str
) -> None:
    world = make_world(session, app, sections={"paper": WEIGHED})
    sign_in(session, client, world.person)
    paper = start(client, world)
    answers = right_answers(session, world, attempt_at(session, paper))
    body = {"client": CLIENT, "seq": 1, "answers": {slot: {"response": answers[slot]} for slot in right}}
    post_json(client, f"{paper}/submission", body)
    page = client.get(f"{paper}/result").text
    assert f"{len(right)}</strong>/5" in page
    assert shown in page
    assert "đúng một phần" not in page


def test_where_every_question_counts_one_point_only_the_right_ones_are_counted(
    client: FlaskClient, session: Session, world: World
) -> None:
    paper = start(client, world)
    post(client, f"{paper}/submission")
    assert "Điểm:" not in client.get(f"{paper}/result").text


def test_the_answers_one_by_one_stand_under_the_titles_of_their_sections(
    app: Flask, client: FlaskClient, session: Session, at: Callable[[datetime], None]
) -> None:
    world = make_world(session, app, sections={"paper": WEIGHED})
    sign_in(session, client, world.person)
    paper = start(client, world)
    post(client, f"{paper}/submission")
    at(world.round.closes_at + timedelta(minutes=2))
    page = client.get(f"{paper}/result").text
    places = [page.index(words) for words in ("Phần I. 100 % dễ</h3>", "Câu 1/5", "Câu 4/5", "Phần II</h3>", "Câu 5/5")]
    assert places == sorted(places)
    assert page.count("0,5 điểm") == 4
