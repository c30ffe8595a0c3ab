import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.quiz.models import AttemptState
from contest.standings.models import TieDecision
from tests.factories import sign_in
from tests.standings.world import World, attempt, make_world
from tests.web import post


@pytest.fixture
def world(session: Session, client: FlaskClient, app: Flask) -> World:
    world = make_world(session)
    attempt(session, world, "Hoàng Thị An", seconds=200)
    attempt(session, world, "Vi Văn Bình", seconds=200)
    attempt(session, world, "Lộc Chi", right=19)
    session.commit()
    sign_in(session, client, world.secretary)
    return world


def desk(world: World, page: str = "standings") -> str:
    return f"/staff/{world.contest.slug}/rounds/{world.round.id}/{page}"


def tie(world: World, first: str, second: str, **changes: str) -> dict[str, str]:
    ids = [str(world.people[name].id) for name in ("Hoàng Thị An", "Vi Văn Bình")]
    return {
        "places-0-participation_id": ids[0],
        "places-0-place": first,
        "places-1-participation_id": ids[1],
        "places-1-place": second,
        "decision_number": "9/BB-BTC",
        "reason": "Bốc thăm công khai.",
        **changes,
    }


def test_desk_shows_names_values_and_what_decided(client: FlaskClient, world: World) -> None:
    html = client.get(desk(world)).text
    assert all(text in html for text in ("Hoàng Thị An", "20/20", "03:20,000", "19/20", "Đồng hạng", "Chờ quyết định"))
    assert "Xã Thất Khê" in client.get(desk(world, "standings/units")).text


@pytest.mark.parametrize("page", ["standings", "standings/units", "publication"])
def test_menu_shows_where_one_is(client: FlaskClient, world: World, page: str) -> None:
    html = client.get(desk(world, page)).text
    assert f'href="/staff/{world.contest.slug}/standings" aria-current="page"' in html


def test_search_finds_without_tones(client: FlaskClient, world: World) -> None:
    html = client.get(desk(world), query_string={"q": "loc"}).text
    assert "Lộc Chi" in html
    assert "Hoàng Thị An" not in html


def test_open_attempts_keep_the_standings_closed_and_are_counted(
    session: Session, client: FlaskClient, world: World
) -> None:
    attempt(session, world, "Nông Thị Dung", state=AttemptState.OPEN)
    attempt(session, world, "Bế Văn Em", is_marked=False)
    session.commit()
    html = client.get(desk(world)).text
    assert "Còn 1 lượt thi đang mở, 1 lượt chờ chấm." in html
    assert "Hoàng Thị An" not in html


def test_tie_is_decided_on_its_page(session: Session, client: FlaskClient, world: World) -> None:
    address = desk(world, f"standings/ties/{world.group.id}/1")
    assert "Vi Văn Bình" in client.get(address).text
    assert post(client, address, tie(world, "2", "1")).status_code == 303
    places = session.scalars(select(TieDecision.place).order_by(TieDecision.participation_id)).all()
    assert list(places) == [2, 1]
    assert "Chờ quyết định" not in client.get(desk(world)).text


@pytest.mark.parametrize(("first", "second"), [("1", "1"), ("", "1"), ("1", "3")])
def test_unclear_order_is_refused_and_kept(
    session: Session, client: FlaskClient, world: World, first: str, second: str
) -> None:
    reply = post(client, desk(world, f"standings/ties/{world.group.id}/1"), tie(world, first, second))
    assert reply.status_code == 422
    assert "9/BB-BTC" in reply.text
    assert session.scalars(select(TieDecision)).all() == []


def test_there_is_nothing_to_decide_where_nobody_is_tied(client: FlaskClient, world: World) -> None:
    assert client.get(desk(world, f"standings/ties/{world.group.id}/3")).status_code == 404
