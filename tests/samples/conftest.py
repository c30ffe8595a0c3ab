import pytest
from flask import Flask
from sqlalchemy.orm import Session

from contest.samples.people import add_people
from contest.samples.quiz_contest import load_quiz_contest
from tests.factories import NOW


@pytest.fixture
def backend() -> str:
    """Samples come into the embedded database only."""
    return "sqlite"


@pytest.fixture
def ids(app: Flask, session: Session) -> dict[str, int]:
    """The sample people by login, with their contest loaded."""
    with app.test_request_context():
        ids = add_people(session, NOW)
        load_quiz_contest(session, NOW, ids)
        session.commit()
    return ids
