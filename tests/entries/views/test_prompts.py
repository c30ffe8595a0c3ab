"""The organizer's pages of the prompts."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from contest.contests.models import Role
from contest.entries.models import Prompt
from tests.entries.world import World, make_world
from tests.factories import make_person, make_round, make_seat, sign_in
from tests.web import form_values, post


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session, released_at=None)


@pytest.fixture
def desk(client: FlaskClient, session: Session, world: World) -> FlaskClient:
    organizer = make_person(session)
    make_seat(session, world.contest, organizer, Role.ORGANIZER)
    sign_in(session, client, organizer)
    return client


def prompts_url(world: World) -> str:
    return f"/staff/{world.contest.slug}/rounds/{world.round.id}/prompts"


def test_the_only_round_of_entries_opens_at_once_and_several_are_listed(
    desk: FlaskClient, session: Session, world: World
) -> None:
    menu = f"/staff/{world.contest.slug}/prompts"
    assert desk.get(menu).location == prompts_url(world)
    make_round(session, world.contest, "Vòng hai", kind=world.round.kind, position=2)
    session.commit()
    assert "Vòng hai" in desk.get(menu).text


def test_a_prompt_is_written_changed_moved_and_deleted(desk: FlaskClient, session: Session, world: World) -> None:
    url = prompts_url(world)
    typed = {"group": world.group.id, "title": "Đề ba", "questions-0": "Câu một\r\nhai dòng?", "questions-1": " "}
    assert post(desk, url + "/new", typed).location == url
    prompt = session.query(Prompt).filter_by(title="Đề ba").one()
    assert (prompt.position, len(prompt.questions)) == (3, 1)
    one = f"{url}/{prompt.id}"
    assert form_values(desk.get(one).text)["title"] == "Đề ba"
    assert post(desk, one, {"title": "Đề ba sửa", "questions-0": "Câu?"}).location == url
    assert post(desk, one + "/move").location == url
    session.rollback()
    session.refresh(prompt)
    assert (prompt.title, prompt.position) == ("Đề ba sửa", 2)
    assert "Đề ba sửa" in desk.get(one + "/deletion").text
    assert post(desk, one + "/deletion").location == url
    session.rollback()
    assert session.query(Prompt).filter_by(title="Đề ba sửa").count() == 0


def test_a_prompt_without_title_or_question_comes_back_with_what_was_typed(
    desk: FlaskClient, session: Session, world: World
) -> None:
    url = prompts_url(world) + "/new"
    reply = post(desk, url, {"group": world.group.id, "title": "", "questions-0": "Câu đã gõ?"})
    assert reply.status_code == 422
    assert "Câu đã gõ?" in reply.text
    assert "Hãy đặt tên cho đề bài." in reply.text
    reply = post(desk, url, {"group": world.group.id, "title": "Đề", "questions-0": " "})
    assert reply.status_code == 422
    assert "Hãy viết ít nhất một câu." in reply.text
    assert session.query(Prompt).count() == 2


def test_a_released_round_offers_no_change(desk: FlaskClient, session: Session, world: World) -> None:
    world.round.released_at = world.round.opens_at
    session.commit()
    page = desk.get(prompts_url(world)).text
    assert world.prompt.questions[0] in page
    assert "/prompts/new" not in page
    assert "/deletion" not in page
    typed = {"group": world.group.id, "title": "Muộn", "questions-0": "Câu?"}
    assert post(desk, prompts_url(world) + "/new", typed).status_code == 422
    assert post(desk, f"{prompts_url(world)}/{world.short_prompt.id}/move").status_code == 409
    assert session.query(Prompt).count() == 2


def test_the_secretary_reads_and_the_other_seats_and_rounds_find_nothing(
    app: Flask, desk: FlaskClient, session: Session, world: World
) -> None:
    quiz = make_round(session, world.contest, position=2)
    for role, status in ((Role.SECRETARY, 200), (Role.JUDGE, 403)):
        person, client = make_person(session), app.test_client()
        make_seat(session, world.contest, person, role)
        sign_in(session, client, person)
        assert client.get(prompts_url(world)).status_code == status
        assert "/prompts/new" not in client.get(prompts_url(world)).text
    assert desk.get(f"/staff/{world.contest.slug}/rounds/{quiz.id}/prompts").status_code == 404
