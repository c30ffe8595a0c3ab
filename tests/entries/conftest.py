import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.entries.world import World, make_world
from tests.factories import sign_in


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


@pytest.fixture
def pupil(client: FlaskClient, session: Session, world: World) -> FlaskClient:
    """A browser in which the pupil of the world is signed in."""
    sign_in(session, client, world.person)
    return client
