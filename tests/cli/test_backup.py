import json
import os
from io import BytesIO

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from contest.accounts.models import Person, PersonDetails
from contest.audit.services import record
from contest.cli.archive import digest
from contest.db import Base, unit_of_work
from contest.storage import new_key
from contest.storage.folder import FolderStorage
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
def stored(tmp_path):
    """Files that people have handed in, by their keys."""
    store = FolderStorage(tmp_path / "data" / "media")
    files = {new_key("entries"): "Bài dự thi".encode(), new_key("copies"): b"", new_key("copies"): bytes(3_000_000)}
    for key, content in files.items():
        store.write(key, BytesIO(content), len(content))
    return files


def read(folder) -> dict[str, bytes]:
    keys = FolderStorage(folder).keys()
    return {key: (folder / key).read_bytes() for key in keys}


@pytest.fixture
def target(databases, backend):
    url = databases.fresh(backend)
    yield url
    databases.drop(url)


@pytest.fixture
def kept(contest, filled, stored, tmp_path):
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


def test_restored_files_are_the_same_byte_by_byte(contest, kept, stored, target, tmp_path):
    new = tmp_path / "new"
    assert contest("restore", str(kept), database_url=target, media_url=f"file://{new}").exit_code == 0
    assert read(new) == stored


def test_files_that_are_still_there_stay(contest, kept, stored, target, tmp_path):
    assert contest("restore", str(kept), database_url=target).exit_code == 0
    assert read(tmp_path / "data" / "media") == stored


def test_another_file_is_never_overwritten(contest, kept, stored, target, tmp_path):
    path = tmp_path / "data" / "media" / min(stored)
    path.write_bytes(b"another")
    refused(contest("restore", str(kept), database_url=target), "Another file already lies under")
    assert path.read_bytes() == b"another"
    assert not any(everything(target).values())


@pytest.mark.parametrize("harm", ["changed", "missing", "not a key"])
def test_files_that_do_not_match_are_refused(contest, kept, stored, target, tmp_path, harm):
    path = kept / "files" / min(stored)
    if harm == "changed":
        path.write_bytes(path.read_bytes() + b"\n")
    elif harm == "missing":
        path.unlink()
    else:
        (kept / "secret").write_text("x")
        manifest = json.loads((kept / "manifest.json").read_text())
        manifest["files"]["../secret"] = digest(kept / "secret")
        (kept / "manifest.json").write_text(json.dumps(manifest))
    new = tmp_path / "new"
    refused(contest("restore", str(kept), database_url=target, media_url=f"file://{new}"), "is not as it was written")
    assert not new.exists()
    assert not any(everything(target).values())


@pytest.mark.parametrize("backend", ["sqlite"])  # an empty PostgreSQL database is made by its administrator
def test_a_database_that_does_not_exist_yet_is_made(contest, kept, filled, tmp_path):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    assert contest("restore", str(kept), database_url=url).exit_code == 0
    assert everything(url) == everything(filled)


def test_keys_are_never_in_a_backup_and_it_says_so(contest, filled, tmp_path):
    result = contest("backup", str(tmp_path / "kept"), database_url=filled)
    assert "keys are not in the backup" in result.stderr
    for path in (path for path in (tmp_path / "kept").rglob("*") if path.is_file()):
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
