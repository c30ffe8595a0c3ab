"""The desk with everybody who sits at it, and a browser for each of them."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import sign_in
from tests.questions.desk import Desk, make_desk


@pytest.fixture
def desk(session: Session) -> Desk:
    return make_desk(session)


@pytest.fixture
def at_desk(session: Session, client: FlaskClient, desk: Desk) -> Callable[[str], FlaskClient]:
    def enter(name: str) -> FlaskClient:
        sign_in(session, client, desk.people[name])
        return client

    return enter
