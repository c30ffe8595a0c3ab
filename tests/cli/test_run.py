import socket
import sys

import pytest

from contest.app import create_app
from contest.cli.run import as_table, first_run, is_healthy, local_url
from contest.config import read_settings
from contest.db import db, unit_of_work
from tests.cli.conftest import refused
from tests.conftest import KEYS
from tests.factories import make_person

pytestmark = pytest.mark.usefixtures("nothing_starts")


def settings(**values: str):
    return read_settings({**KEYS, **{f"CONTEST_{name.upper()}": value for name, value in values.items()}})


def test_a_taken_port_is_told_before_anything_is_made(contest, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        refused(contest("run", port=port), f"Nothing can listen on 127.0.0.1:{port}")
    assert not (tmp_path / "data" / "contest.db").exists()


def test_a_data_folder_that_can_not_be_written_is_told(contest, tmp_path):
    (tmp_path / "file").touch()
    refused(contest("run", data=str(tmp_path / "file" / "data")), "can't be written")


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("thi.example.vn", "http://thi.example.vn:8000"),
    ],
)
def test_the_printed_address_opens_on_this_machine(host, url):
    assert local_url(settings(host=host)) == url


def test_nothing_is_healthy_where_nobody_listens(closed_port):
    assert is_healthy(settings(port=closed_port)) is False


def test_accounts_are_printed_in_columns():
    assert as_table([("Vai", "Mã"), ("Thí sinh", "a")]) == "  Vai       Mã\n  Thí sinh  a\n"


@pytest.mark.parametrize(
    ("host", "is_filled", "loads"), [("127.0.0.1", False, 1), ("0.0.0.0", False, 0), ("127.0.0.1", True, 0)]
)
@pytest.mark.parametrize("backend", ["sqlite"])
def test_samples_come_only_into_an_empty_database_that_nobody_else_reaches(
    monkeypatch, database_url, host, is_filled, loads
):
    loaded = []
    monkeypatch.setattr(sys.modules["contest.cli.run"], "load", lambda session, now: loaded.append(now))
    given = settings(host=host, database_url=database_url)
    # Only the embedded database in the data folder is ever filled.
    app = create_app(given)
    with app.app_context():
        if is_filled:
            with unit_of_work() as session:
                make_person(session)
        db.session.remove()
    first_run(app, given)
    assert len(loaded) == loads
