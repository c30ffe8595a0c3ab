import pytest
from flask import Flask
from sqlalchemy.orm import Session

from contest.publication.desk import find_place_link, result_links
from tests.factories import make_person
from tests.publication.published import publish
from tests.standings.world import World, attempt, make_world


@pytest.fixture
def world(app: Flask, session: Session) -> World:
    world = make_world(session)
    attempt(session, world, "Hoàng Thị An", prediction=1)
    session.commit()
    return world


def test_links_appear_with_the_publication_and_a_place_only_for_those_who_have_one(
    app: Flask, session: Session, world: World
) -> None:
    person_id = world.people["Hoàng Thị An"].person_id
    with app.test_request_context():
        assert result_links(session, [world.round.id]) == {}
        assert find_place_link(session, world.contest.slug, world.round, person_id) is None
        publish(session, world)
        address = f"/contests/{world.contest.slug}/rounds/{world.round.public_id}"
        assert result_links(session, [world.round.id]) == {world.round.id: f"{address}/board"}
        assert find_place_link(session, world.contest.slug, world.round, person_id) == f"{address}/my-place"
        assert find_place_link(session, world.contest.slug, world.round, make_person(session).id) is None
