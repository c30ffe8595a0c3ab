import pytest
from sqlalchemy import create_engine, text

from tests.cli.conftest import refused

pytestmark = pytest.mark.usefixtures("nothing_starts")


def test_every_wrong_setting_is_told_at_once(contest):
    result = contest("run", port="0", web_threads="many", mail_url="pop3://x")
    refused(result, "CONTEST_PORT must be a whole number from 1 to 65535, not '0'.")
    assert "CONTEST_WEB_THREADS" in result.stderr
    assert "CONTEST_MAIL_URL" in result.stderr


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
