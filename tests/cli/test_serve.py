import socket
import sys

import pytest

from tests.cli.conftest import refused


@pytest.mark.parametrize(
    ("key", "words"), [("", "missing"), ("short", "too short"), ("0" * 64, "sample value"), ("ab" * 32, "sample value")]
)
def test_serving_needs_real_keys(contest, nothing_starts, key, words):
    refused(contest("serve", secret_key=key), f"CONTEST_SECRET_KEY is {words}" if not key else words)
    assert nothing_starts == []


def test_every_missing_key_is_named(contest, nothing_starts):
    result = contest("serve", secret_key="", identity_key="")
    refused(result, "CONTEST_SECRET_KEY is missing")
    assert "CONTEST_IDENTITY_KEY is missing" in result.stderr
    assert nothing_starts == []


def test_a_taken_port_is_told(contest, nothing_starts, database_url):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        refused(contest("serve", database_url=database_url, port=port), f"Nothing can listen on 127.0.0.1:{port}")
    assert nothing_starts == []


def test_a_folder_of_files_that_can_not_be_written_is_told(contest, nothing_starts, database_url, tmp_path):
    (tmp_path / "file").touch()
    url = f"file://{tmp_path}/file/media"
    refused(contest("serve", database_url=database_url, media_url=url), "Set CONTEST_MEDIA_URL to another folder.")
    assert nothing_starts == []


def test_the_process_becomes_the_web_server(contest, nothing_starts, database_url, closed_port):
    assert contest("serve", database_url=database_url, port=closed_port).exit_code == 0
    [command] = nothing_starts
    assert command[:3] == [sys.executable, "-m", "gunicorn"]
    assert command[-1] == "wsgi:app"
