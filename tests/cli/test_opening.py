import os
import socket
import sqlite3
import sys
from contextlib import closing

import pytest
from sqlalchemy import create_engine, text

from contest import schema


def refused(result, words: str) -> None:
    assert result.exit_code == 1
    assert words in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""


@pytest.fixture(autouse=True)
def _nothing_starts(monkeypatch):
    """A command that is not refused, as each should be here, ends at once."""
    monkeypatch.setattr(os, "execv", lambda *_: None)
    monkeypatch.setattr(sys.modules["contest.cli.work"], "work_until", lambda *_: None)
    monkeypatch.setattr(sys.modules["contest.cli.run"], "Children", lambda *_: pytest.fail("nothing was refused"))


@pytest.fixture
def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return str(server.getsockname()[1])


def test_every_wrong_setting_is_told_at_once(contest):
    result = contest("run", port="0", web_threads="many", mail_url="pop3://x")
    refused(result, "CONTEST_PORT must be a whole number from 1 to 65535, not '0'.")
    assert "CONTEST_WEB_THREADS" in result.stderr
    assert "CONTEST_MAIL_URL" in result.stderr


def test_a_taken_port_is_told_before_anything_is_made(contest, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        refused(contest("run", port=port), f"Nothing can listen on 127.0.0.1:{port}")
    assert not (tmp_path / "data" / "contest.db").exists()


def test_a_data_folder_that_can_not_be_written_is_told(contest, tmp_path):
    (tmp_path / "file").touch()
    refused(contest("run", data=str(tmp_path / "file" / "data")), "can't be written")


@pytest.mark.parametrize("command", [("run",), ("serve",), ("work",), ("db", "upgrade"), ("audit", "verify")])
def test_a_schema_of_a_newer_release_is_refused(contest, command, database_url, closed_port):
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'next'"))
    engine.dispose()
    refused(contest(*command, database_url=database_url, port=closed_port), "made by a newer release (schema next;")


@pytest.mark.parametrize("command", ["serve", "work"])
def test_a_database_that_was_not_migrated_is_refused(contest, command, tmp_path):
    refused(contest(command, database_url=f"sqlite:///{tmp_path / 'new.db'}"), "run contest db upgrade")


@pytest.mark.parametrize(
    ("key", "words"), [("", "missing"), ("short", "too short"), ("0" * 64, "sample value"), ("ab" * 32, "sample value")]
)
def test_serving_needs_real_keys(contest, key, words):
    refused(contest("serve", secret_key=key), f"CONTEST_SECRET_KEY is {words}" if not key else words)


def test_a_database_that_does_not_answer_is_told_in_one_sentence(contest, tmp_path):
    result = contest("audit", "verify", database_url=f"postgresql://nobody@/none?host={tmp_path}")
    refused(result, "The database can't be used: ")
    assert len(result.stderr.splitlines()) == 1


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
