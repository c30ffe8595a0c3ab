"""A person's own place: what a tie and a further version of the list mean for them."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.contests.models import Role
from contest.standings.services import decide_tie
from tests.factories import NOW, sign_in
from tests.publication.published import publish
from tests.standings.world import World, attempt, make_world

PEOPLE = ("Hoàng Thị An", "Vi Văn Bình", "Lộc Thị Chi")


@pytest.fixture
def world(session: Session, client: FlaskClient) -> World:
    """All three share the first place, for which there are one first and two second prizes."""
    world = make_world(session)
    for name in PEOPLE:
        attempt(session, world, name)
    people = [world.people[name].id for name in PEOPLE]
    decide_tie(
        session,
        world.actor(Role.ORGANIZER),
        NOW,
        contest_id=world.contest.id,
        round_id=world.round.id,
        group_id=world.group.id,
        rank=1,
        places={person: place for place, person in enumerate(people, start=1)},
        decision_number="05/BB-BTC",
        reason="Bốc thăm.",
    )
    publish(session, world)
    session.commit()
    return world


def place(session: Session, client: FlaskClient, world: World, name: str) -> str:
    sign_in(session, client, session.get_one(Person, world.people[name].person_id))
    return client.get(f"/contests/{world.contest.slug}/rounds/{world.round.public_id}/my-place").text


def test_who_shares_a_place_reads_which_decision_gave_the_prizes(
    session: Session, client: FlaskClient, world: World
) -> None:
    html = place(session, client, world, "Lộc Thị Chi")
    assert "Giải Nhì" in html
    assert "Ban Tổ chức đã quyết định thứ tự trao giải giữa những người đồng hạng: 05/BB-BTC." in html
    assert "Bản 1" not in html


def test_who_lost_a_prize_reads_why_there_is_another_version_and_what_stood_before(
    session: Session, client: FlaskClient, world: World
) -> None:
    world.people["Hoàng Thị An"].excluded_at = NOW
    publish(session, world, note="Một người bị loại theo biên bản số 7.")
    session.commit()
    assert "bản công bố trước" in place(session, client, world, "Vi Văn Bình")
    lost = place(session, client, world, "Hoàng Thị An")
    assert "Bạn không có thứ hạng" in lost
    assert "Một người bị loại theo biên bản số 7." in lost
    assert "Ở bản công bố trước, bạn xếp hạng 1. Giải của bạn ở bản đó: Giải Nhất." in " ".join(lost.split())


def test_who_keeps_rank_and_prize_reads_only_why_there_is_another_version(
    session: Session, client: FlaskClient, world: World
) -> None:
    publish(session, world, note="Sửa số quyết định.")
    session.commit()
    html = place(session, client, world, "Vi Văn Bình")
    assert "Sửa số quyết định." in html
    assert "bản công bố trước" not in html
