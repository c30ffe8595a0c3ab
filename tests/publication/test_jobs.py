"""People are told that a list published again gives them another place since a key was corrected."""

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from contest.corrections.domain import source_of_place
from contest.corrections.services.applying import TELL
from contest.notices.models import PersonalNotice
from contest.publication.services import TELL as TELL_OF_PLACES
from contest.quiz.domain.rulings import RulingAct
from tests.corrections.news import HOUR, make_news_scene, publish, told, withdraw, work
from tests.corrections.world import Scene, applied
from tests.factories import NOW, sign_in


@pytest.fixture
def scene(session: Session, app: Flask) -> Scene:
    return make_news_scene(session, app)


def test_a_place_is_told_of_once_the_list_is_public_again(
    session: Session, app: Flask, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(session, scene, NOW - HOUR)
    work(session, app, TELL_OF_PLACES)
    correction = applied(session, scene, 1, RulingAct.KEY, "c")
    work(session, app, TELL)
    assert told(session, scene, source_of_place(correction.id)) == {}
    publish(session, scene, NOW + HOUR)
    for _turn in range(2):
        work(session, app, TELL_OF_PLACES)
    sentences = told(session, scene, source_of_place(correction.id))
    assert set(sentences) == {"Hoàng Thị An", "Vi Văn Bình"}
    assert "Hạng của bạn: trước 2, nay 1." in sentences["Vi Văn Bình"]
    assert "Giải của bạn: trước Giải Nhì, nay Giải Nhất." in sentences["Vi Văn Bình"]
    client = app.test_client()
    sign_in(session, client, scene.organizer)
    page = f"/staff/{scene.quiz.contest.slug}/rounds/{scene.round.id}/corrections/{correction.number}"
    assert "Đã báo cho 2 người" in client.get(page).text
    monkeypatch.setattr("contest.corrections.views.desk.people_told", lambda *_: 1165)
    assert "Đã báo cho 1.165 người" in client.get(page).text


def test_a_first_list_tells_nobody_of_a_place(session: Session, app: Flask, scene: Scene) -> None:
    """Nobody could read another one before."""
    correction = applied(session, scene, 1, RulingAct.KEY, "c")
    publish(session, scene, NOW + HOUR)
    work(session, app, TELL_OF_PLACES)
    assert told(session, scene, source_of_place(correction.id)) == {}


def test_a_list_that_is_withdrawn_before_its_turn_tells_nobody(session: Session, app: Flask, scene: Scene) -> None:
    publish(session, scene, NOW - HOUR)
    correction = applied(session, scene, 1, RulingAct.KEY, "c")
    publish(session, scene, NOW + HOUR)
    withdraw(session, scene)
    work(session, app, TELL_OF_PLACES)
    assert told(session, scene, source_of_place(correction.id)) == {}


def test_what_nobody_has_read_goes_with_a_withdrawn_list_and_comes_with_the_next(
    session: Session, app: Flask, scene: Scene
) -> None:
    publish(session, scene, NOW - HOUR)
    correction = applied(session, scene, 1, RulingAct.KEY, "c")
    publish(session, scene, NOW + HOUR)
    work(session, app, TELL_OF_PLACES)
    of_binh = PersonalNotice.person_id == scene.people["Vi Văn Bình"].person_id
    session.execute(update(PersonalNotice).where(of_binh).values(seen_at=NOW))
    withdraw(session, scene)
    assert set(told(session, scene, source_of_place(correction.id))) == {"Vi Văn Bình"}
    publish(session, scene, NOW + 2 * HOUR)
    work(session, app, TELL_OF_PLACES)
    sentences = told(session, scene, source_of_place(correction.id))
    assert set(sentences) == {"Hoàng Thị An", "Vi Văn Bình"}
    assert "bản số 3" in sentences["Hoàng Thị An"]
    assert "bản số 2" in sentences["Vi Văn Bình"]
