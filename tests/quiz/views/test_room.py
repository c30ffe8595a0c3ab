"""The quiz over HTTP: the protocol of the hot path, and what pages never show."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from contest.db import db
from contest.participation.models import Participation
from contest.quiz.journal import Saved, SaveStatus
from contest.quiz.models import AttemptResult, JournalRow
from contest.quiz.views import room as room_views
from tests.factories import NOW, make_participation, make_person, make_seat, sign_in
from tests.quiz.room import CLIENT, attempt_at, give, start
from tests.quiz.world import (
    QUESTIONS,
    World,
    right_answers,
)
from tests.web import csrf_token, post, post_json


def test_the_round_page_leads_strangers_to_sign_in_and_newcomers_to_join(
    app: Flask, session: Session, world: World
) -> None:
    stranger = app.test_client()
    assert stranger.get(f"/rounds/{world.round.public_id}").status_code == 200
    assert "/sign-in" in post(stranger, f"/rounds/{world.round.public_id}/attempts").location
    sign_in(session, stranger, make_person(session))
    assert "/join" in post(stranger, f"/rounds/{world.round.public_id}/attempts").location


def test_a_round_in_preparation_is_not_there_for_the_public(
    session: Session, client: FlaskClient, world: World
) -> None:
    world.round.released_at = None
    session.merge(world.round)
    session.commit()
    assert client.get(f"/rounds/{world.round.public_id}").status_code == 404


def test_the_paper_shows_every_question_and_no_key(client: FlaskClient, session: Session, world: World) -> None:
    paper = start(client, world)
    reply = client.get(paper)
    assert reply.headers["Cache-Control"] == "no-store"
    attempt = attempt_at(session, paper)
    assert reply.text.count("data-slot=") == 5 + 1
    assert attempt.deadline_at.isoformat() in reply.text
    for question in QUESTIONS:
        assert question.explanation not in reply.text
        assert question.source not in reply.text


def test_two_papers_with_the_same_question_do_not_tell_its_key_by_the_letter(
    client: FlaskClient, session: Session, world: World
) -> None:
    letters = set()
    for _ in range(12):
        paper = start(client, world)
        letters.update(
            str(letter)
            for letter in right_answers(session, world, attempt_at(session, paper)).values()
            if isinstance(letter, str)
        )
        post(client, f"{paper}/submission")
    assert letters == {"a", "b", "c", "d"}


def test_a_save_is_acknowledged_with_a_receipt_and_one_statement(
    app: Flask, client: FlaskClient, session: Session, world: World
) -> None:
    paper = start(client, world)
    token = csrf_token(client)
    statements: list[str] = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    body = {"client": CLIENT, "seq": 1, "answers": {"1": {"response": "b", "age": 1200}}}
    reply = client.post(f"{paper}/answers", json=body, headers={"X-CSRFToken": token})
    assert reply.status_code == 200
    assert statements == [], "the save goes past the session, by its own connection"
    assert (reply.json["client"], reply.json["seq"], reply.json["saved"]) == (CLIENT, 1, ["1"])
    assert reply.json["remaining_ms"] == 15 * 60_000
    assert len(reply.json["receipt"].replace("-", "")) == 16
    again = client.post(f"{paper}/answers", json=body, headers={"X-CSRFToken": token})
    assert again.json == reply.json
    assert session.scalars(select(JournalRow.ages)).one() == '{"1":1200}'


def test_the_protocol_names_each_refusal(
    app: Flask, client: FlaskClient, session: Session, world: World, at: Callable[[datetime], None]
) -> None:
    paper = start(client, world)
    give(client, paper, {"1": "b"})
    conflict = give(client, paper, {"1": "c"})
    assert (conflict.status_code, conflict.json["error"]) == (409, "conflict")
    no_token = client.post(f"{paper}/answers", json={"client": CLIENT, "seq": 2, "answers": {}})
    assert (no_token.status_code, no_token.json["error"]) == (400, "csrf")
    retried = client.post(
        f"{paper}/answers",
        json={"client": CLIENT, "seq": 2, "answers": {}},
        headers={"X-CSRFToken": no_token.json["csrf_token"]},
    )
    assert retried.status_code == 200
    rubbish = post_json(client, f"{paper}/answers", {"client": 1})
    assert (rubbish.status_code, rubbish.json["error"]) == (400, "bad_request")
    other = app.test_client()
    signed_out = give(other, paper, {"1": "b"}, seq=3)
    assert (signed_out.status_code, signed_out.json["error"]) == (401, "signed_out")
    sign_in(session, other, make_person(session))
    assert give(other, paper, {"1": "b"}, seq=3).status_code == 404
    assert other.get(paper).status_code == 404
    assert post(other, f"{paper}/submission").status_code == 404
    at(NOW + timedelta(minutes=15, seconds=6))
    closed = give(client, paper, {"1": "d"}, seq=4)
    assert (closed.status_code, closed.json["error"], closed.json["kept"]) == (409, "closed", True)
    assert [row.is_late for row in session.scalars(select(JournalRow).order_by(JournalRow.seq))] == [False, False, True]


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client: FlaskClient, world: World) -> None:
    paper = start(client, world)
    reply = give(client, paper, {"1": "x" * 600_000})
    assert (reply.status_code, reply.json["error"]) == (413, "request_entity_too_large")


def test_without_a_script_the_form_saves_and_comes_back(client: FlaskClient, session: Session, world: World) -> None:
    paper = start(client, world)
    first, second, *_ = re.findall(r'data-slot="(\d)" data-kind="single"', client.get(paper).text)
    unanswered = next(slot for slot in "12345" if slot not in {first, second})
    for _ in range(2):  # Back and Save once more never conflicts
        saved = post(client, f"{paper}/answers", {"q": first, f"q{first}": "b", "p": "1.250"})
        assert (saved.status_code, saved.location) == (303, paper)
    assert 'value="b" checked' in client.get(paper).text
    review = post(client, f"{paper}/answers", {"q": first, f"q{first}": "b", f"q{second}": "c", "go": "review"})
    assert review.location == f"{paper}/review"
    reviewed = client.get(review.location).text
    assert f"câu {unanswered}" in reviewed
    assert "1.250</strong>" in reviewed
    handed_in = post(client, f"{paper}/submission")
    assert handed_in.location == f"{paper}/result"
    assert client.get(handed_in.location).status_code == 200
    assert session.scalars(select(AttemptResult.prediction)).one() == 1250


def test_a_prediction_that_decides_nothing_is_told_before_handing_in(client: FlaskClient, world: World) -> None:
    paper = start(client, world)
    review = post(client, f"{paper}/answers", {"p": "khoảng 1250", "go": "review"})
    assert "“khoảng 1250” chưa đọc được là một số nguyên" in client.get(review.location).text


def test_a_form_that_is_refused_in_time_says_why_and_leads_back_to_the_paper(
    client: FlaskClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = start(client, world)
    slot = re.findall(r'data-slot="(\d)" data-kind="single"', client.get(paper).text)[0]
    refused = Saved(SaveStatus.FULL, NOW, "")
    monkeypatch.setattr(room_views, "save_answers", lambda *_: refused)
    saved = post(client, f"{paper}/answers", {"q": slot, f"q{slot}": "b", "go": "review"})
    assert (saved.status_code, saved.location) == (303, paper)
    assert "đã lưu quá nhiều lần" in client.get(paper).text


def test_a_form_after_the_deadline_says_so_and_leads_to_the_result(
    client: FlaskClient, world: World, at: Callable[[datetime], None]
) -> None:
    paper = start(client, world)
    at(NOW + timedelta(minutes=16))
    late = post(client, f"{paper}/answers", {"q": "1", "q1": "b"}, follow_redirects=True)
    assert late.request.path == f"{paper}/result"
    assert "Đã hết giờ" in late.text


def test_a_member_of_the_committee_is_refused_with_a_sentence(
    client: FlaskClient, session: Session, world: World
) -> None:
    make_seat(session, world.contest, world.person)
    session.commit()
    assert "Thành viên Ban Tổ chức" in client.get(f"/rounds/{world.round.public_id}").text
    refused = post(client, f"/rounds/{world.round.public_id}/attempts")
    assert refused.status_code == 403
    assert "Thành viên Ban Tổ chức" in refused.text


def test_the_first_attempt_freezes_group_and_unit(client: FlaskClient, session: Session, world: World) -> None:
    start(client, world)
    session.rollback()
    assert session.scalars(select(Participation.frozen_at)).one() == NOW


@pytest.mark.parametrize("attempts", [1, 3])
def test_the_round_page_costs_the_same_with_one_attempt_and_with_three(
    app: Flask, client: FlaskClient, world: World, attempts: int, backend: str
) -> None:
    for _ in range(attempts):
        post(client, f"{start(client, world)}/submission")
    with app.app_context():
        engine = db.engine
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    client.get(f"/rounds/{world.round.public_id}")
    asks_for_samples = 1 if backend == "sqlite" else 0
    assert len([each for each in statements if each.startswith("SELECT")]) == 4 + asks_for_samples


@pytest.mark.parametrize("page", ["", "/result"])
def test_pages_drawn_once_show_each_reader_only_their_own(
    app: Flask, session: Session, client: FlaskClient, world: World, page: str
) -> None:
    other, second = app.test_client(), make_person(session, "Vi Văn Páo")
    make_participation(
        session, world.contest, second, group_id=world.participation.group_id, unit_id=world.participation.unit_id
    )
    sign_in(session, other, second)
    papers = [start(each, world) for each in (client, other)]
    right = right_answers(session, world, attempt_at(session, papers[0]))
    give(client, papers[0], {"1": right["1"]})
    if page:
        for each, paper in zip((client, other), papers, strict=True):
            post(each, f"{paper}/submission")
    texts = [each.get(f"{paper}{page}").text for each, paper in zip((client, other), papers, strict=True)]
    names = ["Hoàng Thị Bích Ngọc", "Vi Văn Páo"]
    for mine, theirs in ((0, 1), (1, 0)):
        assert names[mine] in texts[mine]
        assert names[theirs] not in texts[mine]
        assert papers[theirs].rsplit("/", 1)[1] not in texts[mine]
    assert csrf_of(texts[0]) != csrf_of(texts[1])
    assert [" checked" in text for text in texts] == [not page, False]


def csrf_of(html: str) -> set[str]:
    found = set(re.findall(r'csrf-token" content="([^"]+)"', html)) | set(
        re.findall(r'name="csrf_token" value="([^"]+)"', html)
    )
    assert len(found) == 1
    return found
