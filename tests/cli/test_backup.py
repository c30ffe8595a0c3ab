import json
import os

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from contest.accounts.models import Person, PersonDetails
from contest.audit.services import record
from contest.db import Base, unit_of_work
from tests.cli.conftest import refused
from tests.factories import NOW, make_contest, make_person, make_round

NAMES = ["Nông Thị \\N Hằng\tTab", 'Hoàng "Văn"\nThụ', "Vi Văn Ánh"]


@pytest.fixture
def filled(app, session):
    """A database with a little of everything, names that need care in a text file among it."""
    with unit_of_work(session):
        for name in NAMES:
            make_person(session, name)
        make_round(session, make_contest(session))
        record(session, actor_id=None, now=NOW, act="person.added", subject="person:1", detail={"tên": "Hằng"})
    return app.config["SETTINGS"].database_url


@pytest.fixture
def target(databases, backend):
    url = databases.fresh(backend)
    yield url
    databases.drop(url)


@pytest.fixture
def kept(contest, filled, tmp_path):
    """A folder with a backup."""
    folder = tmp_path / "kept"
    result = contest("backup", str(folder), database_url=filled)
    assert result.exit_code == 0, result.output
    return folder


def everything(url: str) -> dict[str, list[tuple]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = {
            table.name: sorted(map(repr, connection.execute(select(table)).all()))
            for table in Base.metadata.sorted_tables
        }
    engine.dispose()
    return rows


def test_a_restored_database_is_the_same_row_by_row(contest, kept, filled, target):
    result = contest("restore", str(kept), database_url=target)
    assert result.exit_code == 0, result.output
    assert everything(target) == everything(filled)
    engine = create_engine(target)
    with Session(engine) as session:
        assert set(NAMES) <= set(session.scalars(select(PersonDetails.full_name)))
        highest = max(session.scalars(select(Person.id)))
        assert make_person(session, "Người sau").id > highest
    engine.dispose()
    assert contest("audit", "verify", database_url=target).exit_code == 0


@pytest.mark.parametrize("backend", ["sqlite"])  # an empty PostgreSQL database is made by its administrator
def test_a_database_that_does_not_exist_yet_is_made(contest, kept, filled, tmp_path):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    assert contest("restore", str(kept), database_url=url).exit_code == 0
    assert everything(url) == everything(filled)


def test_keys_are_never_in_a_backup_and_it_says_so(contest, filled, tmp_path):
    result = contest("backup", str(tmp_path / "kept"), database_url=filled)
    assert "keys are not in the backup" in result.stderr
    for path in (tmp_path / "kept").iterdir():
        content = path.read_bytes()
        assert os.environ["CONTEST_SECRET_KEY"].encode() not in content
        assert os.environ["CONTEST_IDENTITY_KEY"].encode() not in content


def test_a_filled_database_is_never_overwritten(contest, kept, filled):
    before = everything(filled)
    refused(contest("restore", str(kept), database_url=filled), "not empty")
    assert everything(filled) == before


def test_a_changed_file_is_refused(contest, kept, target):
    path = min(kept.glob("*[yb]"))
    path.write_bytes(path.read_bytes() + b"\n")
    refused(contest("restore", str(kept), database_url=target), "not as it was written")
    assert not any(everything(target).values())


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("revision", "9999", "restore it with the release that made it"),
        ("backend", "oracle", "The backup is of oracle"),
    ],
)
def test_a_backup_of_another_kind_is_refused(contest, kept, target, field, value, words):
    manifest = json.loads((kept / "manifest.json").read_text())
    (kept / "manifest.json").write_text(json.dumps({**manifest, field: value}))
    refused(contest("restore", str(kept), database_url=target), words)
