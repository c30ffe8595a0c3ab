import sqlite3
from contextlib import closing

from sqlalchemy import create_engine, inspect

from contest import schema
from contest.db import Base
from tests.cli.conftest import refused


def test_an_empty_database_gets_every_table(contest, tmp_path):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    result = contest("db", "upgrade", database_url=url)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "The database fits this release." in result.stderr
    engine = create_engine(url)
    assert set(Base.metadata.tables) <= set(inspect(engine).get_table_names())
    engine.dispose()


def test_a_database_that_fits_is_left_alone(contest, database_url, tmp_path):
    result = contest("db", "upgrade", database_url=database_url)
    assert result.exit_code == 0
    assert result.stderr == "The database fits this release.\n"
    assert not (tmp_path / "data" / "backups").exists()


def test_the_embedded_database_is_copied_before_it_is_migrated(contest, tmp_path, monkeypatch):
    assert contest("db", "upgrade").exit_code == 0
    with closing(sqlite3.connect(tmp_path / "data" / "contest.db")) as connection, connection:
        connection.execute("CREATE TABLE kept (word TEXT)")
        connection.execute("INSERT INTO kept VALUES ('before')")
        [revision] = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    monkeypatch.setattr(schema, "code_revisions", lambda _migrations: ("next", revision))
    result = contest("db", "upgrade")
    assert result.exit_code == 0
    [copy] = (tmp_path / "data" / "backups").iterdir()
    assert str(copy) in result.stderr
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("before",)]


def test_a_database_that_can_only_be_read_is_told_before_anything_starts(contest, tmp_path):
    assert contest("db", "upgrade").exit_code == 0
    path = tmp_path / "data" / "contest.db"
    result = contest("db", "upgrade", database_url=f"sqlite:///file:{path}?mode=ro&uri=true")
    refused(result, "The database can't be used: attempt to write a readonly database")
