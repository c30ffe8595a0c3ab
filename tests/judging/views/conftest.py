"""Browsers of a world's judging. What a page says does not depend on the database: SQLite does for all of them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from contest.judging.models import ScoreSheet
from tests.judging.views.desk import browser
from tests.judging.world import World, make_world, open_cases, take


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def world(session: Session, app: Flask) -> World:
    return make_world(session)


@pytest.fixture
def sheet(session: Session, world: World) -> ScoreSheet:
    """The first judge's, of the only case."""
    open_cases(session, world, "Hoàng Thị An")
    taken = take(session, world, world.judge(0))
    assert taken is not None
    return taken


@pytest.fixture
def client(app: Flask, session: Session, world: World) -> FlaskClient:
    """The first judge's browser."""
    return browser(app, session, world.judges[0])


@pytest.fixture
def chief(app: Flask, session: Session, world: World) -> FlaskClient:
    return browser(app, session, world.chief)
