"""Databases, application and visitors for the tests: every case runs on SQLite and on PostgreSQL."""

import gc
import os
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from contest import clock
from contest.app import create_app
from contest.config import Settings, read_settings
from contest.db import db
from tests import postgres
from tests.applications import Applications
from tests.databases import SERVER_VARIABLE, Databases
from tests.factories import NOW

BACKENDS = ("sqlite", "postgresql")
KEYS = {"CONTEST_SECRET_KEY": secrets.token_hex(32), "CONTEST_IDENTITY_KEY": secrets.token_hex(32)}

_server: postgres.Server | None = None
_builders: dict[object, Any] = {}
_compile_builder = Rule._compile_builder


def _builder_compiled_once(rule: Rule, append_unknown: bool = True) -> Any:
    """Many tests make an application of their own, whose time went into compiling the same addresses again."""
    key = rule.rule, rule.host, rule.subdomain, append_unknown
    if rule.defaults:
        return _compile_builder(rule, append_unknown)
    if key not in _builders:
        _builders[key] = _compile_builder(rule, append_unknown)
    return _builders[key]


Rule._compile_builder = _builder_compiled_once  # type: ignore[method-assign]


def pytest_sessionstart(session: pytest.Session) -> None:
    """The first process starts the server; the others find it in the environment."""
    global _server
    if not hasattr(session.config, "workerinput") and not session.config.option.collectonly:
        _server = postgres.start()
        os.environ[SERVER_VARIABLE] = str(_server.folder)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported and collected stays to the end, so nobody needs to look through it for garbage again."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _server is not None:
        _server.stop()


def settings_for(url: str, data: Path) -> Settings:
    return read_settings({**KEYS, "CONTEST_DATABASE_URL": url, "CONTEST_DATA": str(data)})


def migrate(url: str, data: Path) -> None:
    app = create_app(settings_for(url, data))
    with app.app_context():
        upgrade()
        db.engine.dispose()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    return Databases(tmp_path_factory.mktemp("databases"), migrate)


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database_url(databases: Databases, backend: str) -> Iterator[str]:
    url = databases.fresh(backend)
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def applications() -> Iterator[Applications]:
    applications = Applications()
    yield applications
    applications.close()


@pytest.fixture
def app(applications: Applications, database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The whole application on a fresh database. Its clock is the tests' (see `at`)."""
    app = applications.lend(settings_for(database_url, tmp_path))
    clock.use(StoppedClock(NOW))
    yield app
    applications.take_back(app)


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session of the test's own, besides those of the requests. Commit what a request has to see."""
    with app.app_context():
        engine = db.engine
    with Session(engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


class StoppedClock(clock.Clock):
    """A clock that shows what it was set to."""

    def __init__(self, instant: datetime) -> None:
        super().__init__()
        self._instant = instant

    def now(self) -> datetime:
        return self._instant


@pytest.fixture
def at() -> Iterator[Callable[[datetime], None]]:
    """Set the clock that decides: `at(NOW + timedelta(minutes=5))`."""
    yield lambda instant: clock.use(StoppedClock(instant)) and None
    clock.use(clock.Clock())
