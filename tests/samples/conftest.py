from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from contest import clock
from contest.accounts.services import GivenPassword
from contest.app import create_app
from contest.contests.models import Contest, Round
from contest.contests.queries import get_contest, rounds_of
from contest.db import db, unit_of_work
from contest.samples.entry_contest import load_entry_contest, passwords_needed
from contest.samples.people import add_people
from contest.samples.quiz_contest import load_quiz_contest
from tests.conftest import StoppedClock, settings_for
from tests.databases import Databases
from tests.factories import NOW


@pytest.fixture
def backend() -> str:
    """Samples come into the embedded database only."""
    return "sqlite"


@pytest.fixture
def ids(app: Flask, session: Session) -> dict[str, int]:
    """The sample people by login, with the first contest loaded."""
    with app.test_request_context():
        ids = add_people(session, NOW)
        load_quiz_contest(session, NOW, ids)
        session.commit()
    return ids


@dataclass(frozen=True)
class Loaded:
    """Both contests in a database of their own, loaded once for all tests that only read or roll back."""

    app: Flask
    path: Path
    data: Path
    ids: dict[str, int]


@pytest.fixture(scope="session")
def loaded(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    url, data = databases.fresh("sqlite"), tmp_path_factory.mktemp("samples")
    app = create_app(settings_for(url, data))
    with app.test_request_context():
        with unit_of_work() as unit:
            ids = add_people(unit, NOW)
            load_quiz_contest(unit, NOW, ids)
            load_entry_contest(unit, NOW, ids, [GivenPassword("", "")] * passwords_needed())
        db.session.remove()
        db.engine.dispose()
    yield Loaded(app, Path(url.removeprefix("sqlite:///")), data, ids)
    databases.drop(url)


@dataclass(frozen=True)
class Scene:
    """The second contest to look at; what a test writes is rolled back."""

    app: Flask
    session: Session
    ids: dict[str, int]
    contest: Contest
    closed: Round
    opened: Round


@pytest.fixture
def scene(loaded: Loaded) -> Iterator[Scene]:
    clock.use(StoppedClock(NOW))
    with loaded.app.test_request_context():
        with Session(db.engine) as session:
            contest = get_contest(session, "dai-su-van-hoa-doc")
            closed, opened = rounds_of(session, contest.id)
            yield Scene(loaded.app, session, loaded.ids, contest, closed, opened)
        db.session.remove()
        db.engine.dispose()
