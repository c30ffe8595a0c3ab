"""Migrations: one line of them, and at its end exactly the tables that the code knows."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import inspect

from contest.db import db
from tests.conventions.sources import ROOT

SCRIPTS = ScriptDirectory(str(ROOT / "migrations"))


def test_migrations_are_one_line() -> None:
    assert len(SCRIPTS.get_heads()) == len(SCRIPTS.get_bases()) == 1
    assert [script.revision for script in SCRIPTS.walk_revisions() if len(script._versioned_down_revisions) > 1] == []


def test_files_are_numbered_in_order() -> None:
    names = [Path(script.path).name for script in reversed(list(SCRIPTS.walk_revisions()))]
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]


def test_migrated_database_is_what_the_models_say(app: Flask) -> None:
    """Tables, columns, types, nullability, indexes and unique constraints; from an empty database, on both."""
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, db.metadata) == []


def test_upgrade_that_was_done_is_no_harm(app: Flask) -> None:
    with app.app_context():
        before = sorted(inspect(db.engine).get_table_names())
        upgrade()
        assert sorted(inspect(db.engine).get_table_names()) == before


@pytest.mark.parametrize("backend", ["sqlite"])
def test_partial_unique_indexes_are_there(app: Flask, backend: str) -> None:
    """Autogeneration does not compare the condition of an index."""
    with app.app_context():
        found = {
            index["name"]
            for table in inspect(db.engine).get_table_names()
            for index in inspect(db.engine).get_indexes(table)
            if any(key.endswith("_where") for key in index.get("dialect_options", {}))
        }
    wanted = {
        index.name
        for table in db.metadata.tables.values()
        for index in table.indexes
        if index.dialect_options["sqlite"]["where"] is not None
    }
    assert found == wanted
