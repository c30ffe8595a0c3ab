import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import sign_in
from tests.quiz.world import World, make_world


@pytest.fixture
def world(app: Flask, session: Session, client: FlaskClient) -> World:
    world = make_world(session, app)
    sign_in(session, client, world.person)
    return world
