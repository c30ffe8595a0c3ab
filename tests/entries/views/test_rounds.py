"""A round of entries as citizens see it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from contest.contests.models import ContestState, Role
from contest.entries.models import Entry
from tests.entries.world import QUESTIONS, TEXT, World, begin, hand_in, rule_for, write
from tests.factories import NOW, make_group, make_person, make_seat, sign_in
from tests.web import post

TICK = timedelta(microseconds=1)


def address(world: World) -> str:
    return f"/rounds/{world.round.public_id}/entry"


@pytest.mark.parametrize(("ticks", "is_shown"), [(-1, False), (0, True)], ids=["before", "at the opening"])
def test_prompts_are_public_from_the_opening(
    client: FlaskClient, world: World, at: Callable[[datetime], None], ticks: int, is_shown: bool
) -> None:
    at(world.round.opens_at + ticks * TICK)
    page = client.get(address(world))
    assert page.status_code == 200
    assert (QUESTIONS[0] in page.text) is is_shown


def test_limits_are_told_before_anything_is_chosen(client: FlaskClient, world: World) -> None:
    page = client.get(address(world)).text
    for words in ("5.000 chữ", "3 phút", "10 phút", "640", "lộ người dự thi"):
        assert words in page


def test_a_round_in_preparation_is_not_there(session: Session, client: FlaskClient, world: World) -> None:
    world.round.released_at = None
    session.commit()
    assert client.get(address(world)).status_code == 404
    world.round.released_at, world.contest.state = world.round.opens_at, ContestState.DRAFT
    session.commit()
    assert client.get(address(world)).status_code == 404


def test_strangers_are_led_to_sign_in_and_newcomers_to_join(app: Flask, session: Session, world: World) -> None:
    stranger = app.test_client()
    url = f"/rounds/{world.round.public_id}/entries"
    assert "/sign-in" in post(stranger, url).location
    sign_in(session, stranger, make_person(session))
    assert "/join" in post(stranger, url).location


def test_beginning_twice_leads_to_the_same_entry(pupil: FlaskClient, session: Session, world: World) -> None:
    url = f"/rounds/{world.round.public_id}/entries"
    first, second = post(pupil, url), post(pupil, url)
    assert first.status_code == 303
    assert first.location == second.location == f"/entries/{session.query(Entry.public_id).scalar()}"


def test_the_page_says_whether_anything_is_handed_in(pupil: FlaskClient, session: Session, world: World) -> None:
    begin(session, world)
    assert "Chưa nộp" in pupil.get(address(world)).text
    hand_in(session, world)
    page = pupil.get(address(world)).text
    assert "Chưa nộp" not in page
    assert "Được tính" in page
    assert "/withdrawal" in page


def test_after_the_closing_nothing_can_be_begun_or_withdrawn(
    pupil: FlaskClient, session: Session, world: World, at: Callable[[datetime], None]
) -> None:
    hand_in(session, world)
    at(world.round.closes_at)
    page = pupil.get(address(world)).text
    assert "/withdrawal" not in page
    assert f"/rounds/{world.round.public_id}/entries" not in page
    assert "Bài của bạn đã nộp và được dự thi" in page


def test_members_of_the_committee_and_excluded_people_find_no_button(
    app: Flask, session: Session, world: World
) -> None:
    judge, client = make_person(session), app.test_client()
    make_seat(session, world.contest, judge, Role.JUDGE)
    sign_in(session, client, judge)
    assert f"/rounds/{world.round.public_id}/entries" not in client.get(address(world)).text
    world.participation.excluded_at = world.round.opens_at
    sign_in(session, client, world.person)
    page = client.get(address(world)).text
    assert f"/rounds/{world.round.public_id}/entries" not in page
    assert "loại bạn" in page


def test_a_cancelled_round_shows_the_reason(session: Session, client: FlaskClient, world: World) -> None:
    world.round.cancelled_at, world.round.cancel_reason = world.round.opens_at, "Mưa lũ"
    session.commit()
    page = client.get(address(world)).text
    assert "Mưa lũ" in page
    assert QUESTIONS[0] not in page


def test_the_own_page_tells_where_each_entry_stands(pupil: FlaskClient, session: Session, world: World) -> None:
    page = f"/contests/{world.contest.slug}/participation"
    assert "Chưa bắt đầu" in pupil.get(page).text
    entry = write(session, world, [TEXT])
    shown = pupil.get(page).text
    assert "Bản nháp, chưa nộp" in shown
    assert f'href="/entries/{entry.public_id}"' in shown
    hand_in(session, world)
    shown = pupil.get(page).text
    assert "Bản 1, nộp lúc" in shown
    assert f'href="/rounds/{world.round.public_id}/entry"' in shown
    world.round.closes_at = NOW
    session.commit()
    assert "Đang chấm" in pupil.get(page).text


def test_visitors_read_the_limits_of_every_group_and_participants_their_own(
    client: FlaskClient, session: Session, world: World
) -> None:
    younger = make_group(session, world.contest, "Tiểu học, lớp 1 và lớp 2", position=0)
    rule_for(session, world, younger, forms=["video"], clip_min_seconds=60)
    page = client.get(address(world)).text
    for words in ("5.000 chữ", "Riêng Tiểu học, lớp 1 và lớp 2", "từ 1 phút đến 10 phút", "từ 3 phút đến 10 phút"):
        assert words in page
    sign_in(session, client, world.person)
    own = client.get(address(world)).text
    assert "5.000 chữ" in own
    assert "từ 1 phút" not in own


def test_whoever_may_send_clips_only_is_not_told_how_words_are_counted(
    client: FlaskClient, session: Session, world: World
) -> None:
    assert "Chữ đếm theo tiếng" in client.get(address(world)).text
    rule_for(session, world, world.group, forms=["video"])
    sign_in(session, client, world.person)
    assert "Chữ đếm theo tiếng" not in client.get(address(world)).text
