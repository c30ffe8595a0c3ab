"""The prepared world, built once and copied for each test that wants it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from contest import clock
from contest.app import create_app
from tests.applications import engine_of
from tests.conftest import StoppedClock, settings_for
from tests.conventions.world import World, build
from tests.databases import Databases
from tests.factories import NOW


@dataclass(frozen=True, slots=True)
class Built:
    """The world, its database (SQLite's: what these tests ask does not depend on that) and its files."""

    world: World
    database: Path
    data: Path


@pytest.fixture(scope="session")
def built(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    url, data = databases.fresh("sqlite"), tmp_path_factory.mktemp("world")
    app = create_app(settings_for(url, data))
    clock.use(StoppedClock(NOW))
    with Session(engine_of(app), expire_on_commit=False) as session:
        world = build(app, session)
    engine_of(app).dispose()
    yield Built(world, Path(url.removeprefix("sqlite:///")), data)
    databases.drop(url)


@pytest.fixture
def world(app: Flask, built: Built, tmp_path: Path) -> World:
    """A copy of it. Its people are read, never written: they are the same for all tests."""
    shutil.copytree(built.data, tmp_path, dirs_exist_ok=True)
    with closing(sqlite3.connect(built.database)) as source, engine_of(app).connect() as target:
        source.backup(target.connection.driver_connection)  # type: ignore[arg-type]
    return built.world
