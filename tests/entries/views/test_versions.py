"""Handing in, the receipt and withdrawing, as pages."""

import re
from collections.abc import Callable
from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from contest.entries.models import Entry, EntryVersion
from tests.entries.world import TEXT, World, hand_in, join, write
from tests.factories import sign_in
from tests.web import post


def entry_url(session: Session, world: World) -> str:
    session.rollback()
    return f"/entries/{session.query(Entry.public_id).filter_by(person_id=world.person.id).scalar()}"


def test_the_page_before_handing_in_names_what_is_missing_and_offers_no_commitment(
    pupil: FlaskClient, session: Session, world: World
) -> None:
    write(session, world, [TEXT, ""])
    page = pupil.get(entry_url(session, world) + "/hand-in").text
    assert "Câu 2: chưa trả lời" in page
    assert "is_committed" not in page


def test_without_the_commitment_nothing_is_handed_in_and_a_sentence_says_why(
    pupil: FlaskClient, session: Session, world: World
) -> None:
    write(session, world, [TEXT])
    reply = post(pupil, entry_url(session, world) + "/submission")
    assert reply.status_code == 422
    assert "Hãy đánh dấu lời cam kết" in reply.text
    assert session.query(EntryVersion).count() == 0


def test_an_incomplete_entry_that_is_sent_nevertheless_gets_the_list(
    pupil: FlaskClient, session: Session, world: World
) -> None:
    write(session, world, [TEXT, ""])
    reply = post(pupil, entry_url(session, world) + "/submission", {"is_committed": "y"})
    assert reply.status_code == 422
    assert "Bài còn thiếu" in reply.text
    assert session.query(EntryVersion).count() == 0


def test_the_receipt_stays_the_same_and_shows_what_was_handed_in(
    pupil: FlaskClient, session: Session, world: World
) -> None:
    hand_in(session, world, ["bản thứ nhất"])
    url = entry_url(session, world)
    codes = [re.findall(r"(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}", pupil.get(f"{url}/versions/1").text)[0] for _ in range(2)]
    assert codes[0] == codes[1]
    hand_in(session, world, ["bản thứ hai"])
    first, second = pupil.get(f"{url}/versions/1").text, pupil.get(f"{url}/versions/2").text
    assert codes[0] in first
    assert codes[0] not in second
    assert "bản thứ nhất" in first
    assert "Đã được thay bằng bản nộp sau" in first
    assert "bản thứ hai" in second
    assert pupil.get(f"{url}/versions/3").status_code == 404


def test_versions_stay_readable_for_their_author_alone(
    app: Flask, pupil: FlaskClient, session: Session, world: World, at: Callable[[datetime], None]
) -> None:
    hand_in(session, world, ["của riêng tôi"])
    url = entry_url(session, world)
    rival, client = join(session, world), app.test_client()
    sign_in(session, client, session.get_one(type(world.person), rival.person_id))
    for path in ("/versions/1", "/hand-in", "/withdrawal"):
        assert client.get(url + path).status_code == 404
    assert post(client, url + "/submission", {"is_committed": "y"}).status_code == 404
    assert post(client, url + "/withdrawal").status_code == 404
    at(world.round.closes_at)
    page = pupil.get(url + "/versions/1")
    assert "của riêng tôi" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "/withdrawal" not in page.text


def test_withdrawing_asks_first_and_then_nothing_counts(pupil: FlaskClient, session: Session, world: World) -> None:
    hand_in(session, world)
    url = entry_url(session, world)
    assert "Rút bản 1?" in pupil.get(url + "/withdrawal").text
    assert post(pupil, url + "/withdrawal").location == f"/rounds/{world.round.public_id}/entry"
    session.rollback()
    assert session.query(Entry.standing).scalar() is None
    assert "Đã rút bài" in pupil.get(url + "/versions/1").text
    again = post(pupil, url + "/withdrawal")
    assert again.status_code == 422
    assert "không có gì để rút" in again.text


def test_after_the_closing_nothing_is_handed_in_or_withdrawn(
    pupil: FlaskClient, session: Session, world: World, at: Callable[[datetime], None]
) -> None:
    hand_in(session, world)
    url = entry_url(session, world)
    at(world.round.closes_at)
    here = f"/rounds/{world.round.public_id}/entry"
    for reply in (
        pupil.get(url + "/hand-in"),
        pupil.get(url + "/withdrawal"),
        post(pupil, url + "/submission", {"is_committed": "y"}),
        post(pupil, url + "/withdrawal"),
    ):
        assert reply.location == here
    session.rollback()
    assert session.query(Entry.standing).scalar() == 1
