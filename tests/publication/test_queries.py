import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.models import Role
from contest.db import db
from contest.errors import NotFound
from contest.publication.models import Publication, PublicationRow
from contest.publication.queries import (
    find_last,
    find_published,
    find_row_of,
    get_publication,
    group_size,
    lines_found,
    neighbours_of,
    publications_of,
    published_rounds,
)
from contest.publication.services import withdraw_publication
from tests.factories import NOW
from tests.publication.published import publish
from tests.standings.world import World, attempt, make_world


@pytest.fixture
def world(app: Flask, session: Session) -> World:
    world = make_world(session)
    for name, seconds in (("Hoàng Thị An", 200), ("Vi Văn Bình", 300), ("Nông Thị Châu", 300), ("Lộc Văn Dũng", 400)):
        attempt(session, world, name, prediction=4, seconds=seconds)
    session.commit()
    return world


def row_at(session: Session, publication: Publication, position: int) -> PublicationRow:
    here = (PublicationRow.publication_id == publication.id) & (PublicationRow.position == position)
    return session.scalars(select(PublicationRow).where(here)).one()


def test_before_publication_there_is_nothing_to_read(session: Session, world: World) -> None:
    assert find_published(session, world.round.id) is None
    assert published_rounds(session, [world.round.id]) == frozenset()
    with pytest.raises(NotFound):
        get_publication(session, world.round.id, 1)


def test_the_public_reads_the_newest_version_until_it_is_withdrawn(session: Session, world: World) -> None:
    first, second = publish(session, world), publish(session, world)
    assert [each.version for each in publications_of(session, world.round.id)] == [2, 1]
    assert find_published(session, world.round.id) is second
    withdraw_publication(
        session,
        world.actor(Role.ORGANIZER),
        NOW,
        contest_id=world.contest.id,
        round_id=world.round.id,
        reason="Sai số liệu",
    )
    assert find_published(session, world.round.id) is None, "an older version does not come back by itself"
    assert published_rounds(session, [world.round.id]) == frozenset()
    assert find_last(session, world.round.id) is second
    assert get_publication(session, world.round.id, 1) is first


def test_a_person_finds_the_own_line_and_its_neighbours_beyond_those_who_share_the_place(
    session: Session, world: World
) -> None:
    publication = publish(session, world)
    mine = find_row_of(session, publication.id, world.people["Vi Văn Bình"].person_id)
    assert mine is not None
    assert (mine.rank, mine.tied_with) == (2, 1)
    found = neighbours_of(session, mine)
    assert found.before == row_at(session, publication, 1)
    assert found.after == row_at(session, publication, 4)
    assert group_size(session, mine) == 4
    first = neighbours_of(session, row_at(session, publication, 1))
    assert first.before is None
    assert find_row_of(session, publication.id, world.secretary.id) is None


def test_search_finds_only_what_is_shown(session: Session, app: Flask, world: World) -> None:
    publication = publish(session, world)
    shown = row_at(session, publication, 1).shown_name
    session.commit()
    with app.app_context():
        found = [lines_found(db.engine, publication.id, world.group.id, words, 1) for words in (shown, "Hoàng Thị")]
    assert [page.total for page in found] == [1, 0], "only the masked name is found"
