"""Pictures and sounds of a paper: for its owner only, and what its page reports about them."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.questions.models import QuestionMedium, RoundBank
from contest.quiz.models import MediumPlay
from tests.factories import NOW, add, make_person, make_seat, sign_in
from tests.quiz.room import start
from tests.quiz.world import QUESTIONS, World, make_world
from tests.web import post_json

At = Callable[[datetime], None]
SOUND, PICTURE, ELSEWHERE = "a" * 64, "b" * 64, "c" * 64
BYTES = b"0123456789" * 10
ASKED = [
    replace(
        each,
        text=f"{each.text} ![Bài nghe](media:{SOUND}) ![Mất](media:{'d' * 64})",
        explanation=f"Xem ![Sơ đồ](media:{PICTURE})",
    )
    for each in QUESTIONS[:5]
]


@pytest.fixture
def world(app: Flask, session: Session, client: FlaskClient) -> World:
    """Every question of the paper plays one sound; another file of the bank is on no paper."""
    world = make_world(session, app, questions=ASKED)
    bank_id = session.scalars(select(RoundBank.bank_id)).one()
    for number, (digest, mime) in enumerate(
        {SOUND: "audio/mpeg", PICTURE: "image/webp", ELSEWHERE: "image/webp"}.items()
    ):
        key = f"questions/0{number}/{str(number) * 32}"
        app.extensions["storage"].write(key, io.BytesIO(BYTES), 1000)
        row = {"bank_id": bank_id, "digest": digest, "key": key, "name": "Tệp", "mime": mime, "size": len(BYTES)}
        add(session, QuestionMedium(**row, uploaded_by=world.person.id, uploaded_at=NOW))
    session.commit()
    sign_in(session, client, world.person)
    return world


def test_a_sound_is_heard_by_the_owner_of_the_paper(client: FlaskClient, world: World) -> None:
    paper = start(client, world)
    page = client.get(paper).text
    assert page.count(f'src="{paper}/media/{SOUND}"') == 5
    assert page.count("[Mất]") == 5
    with client.get(f"{paper}/media/{SOUND}", headers={"Range": "bytes=10-19"}) as reply:
        assert (reply.status_code, reply.mimetype, reply.data) == (206, "audio/mpeg", BYTES[:10])
        assert reply.headers["Cache-Control"] == "private, max-age=3600, immutable"
        assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_nobody_else_hears_it(app: Flask, session: Session, client: FlaskClient, world: World) -> None:
    paper = start(client, world)
    for digest in (ELSEWHERE, "d" * 64, "x"):
        assert client.get(f"{paper}/media/{digest}").status_code == 404
    other, organizer, stranger = app.test_client(), app.test_client(), app.test_client()
    sign_in(session, other, make_person(session))
    person = make_person(session)
    make_seat(session, world.contest, person, "organizer")
    sign_in(session, organizer, person)
    assert other.get(f"{paper}/media/{SOUND}").status_code == 404
    assert organizer.get(f"{paper}/media/{SOUND}").status_code == 404
    assert stranger.get(f"{paper}/media/{SOUND}").status_code == 303


def test_a_review_shows_the_media_of_explanations(client: FlaskClient, world: World, at: At) -> None:
    paper = start(client, world)
    assert PICTURE not in client.get(paper).text
    at(NOW + timedelta(days=6))
    review = client.get(f"{paper}/result").text
    assert review.count(f'src="{paper}/media/{PICTURE}"') == 5
    assert review.count(f'src="{paper}/media/{SOUND}"') == 5


def plays(session: Session) -> list[tuple[int, int]]:
    session.rollback()
    return [(row.slot, row.plays) for row in session.scalars(select(MediumPlay).order_by(MediumPlay.slot))]


def test_plays_are_counted_once_a_second(session: Session, client: FlaskClient, world: World, at: At) -> None:
    paper = start(client, world)
    for seconds, slot in ((0, "1"), (0.5, "1"), (1, "1"), (1.5, "1"), (60, "1"), (61, "2")):
        at(NOW + timedelta(seconds=seconds))
        assert post_json(client, f"{paper}/plays", {"slot": slot, "medium": SOUND}).status_code == 204
    assert plays(session) == [(1, 3), (2, 1)]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"slot": "6", "medium": SOUND}, 404),
        ({"slot": "0", "medium": SOUND}, 404),
        ({"slot": "1", "medium": ELSEWHERE}, 404),
        ({"slot": 1, "medium": SOUND}, 400),
        ({"slot": "1"}, 400),
        ([], 400),
    ],
)
def test_a_play_of_nothing_is_not_counted(
    session: Session, client: FlaskClient, world: World, said: Any, status: int
) -> None:
    assert post_json(client, f"{start(client, world)}/plays", said).status_code == status
    assert plays(session) == []


def test_the_committee_reads_what_was_reported(app: Flask, session: Session, client: FlaskClient, world: World) -> None:
    paper = start(client, world)
    person = make_person(session)
    make_seat(session, world.contest, person, "secretary")
    staff = app.test_client()
    sign_in(session, staff, person)
    address = f"/staff/{world.contest.slug}/participants/{world.participation.id}"
    assert "Số lần nghe" not in staff.get(address).text
    post_json(client, f"{paper}/plays", {"slot": "3", "medium": SOUND})
    assert "Số lần nghe được báo" in staff.get(address).text
