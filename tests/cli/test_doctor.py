import sys
from types import SimpleNamespace

import pytest
from sqlalchemy import create_engine, text


@pytest.fixture(autouse=True)
def _room(monkeypatch):
    """The disk of whoever runs the tests is not at stake."""
    monkeypatch.setattr(sys.modules["contest.cli.doctor"], "FREE_BYTES", 0)
    monkeypatch.setattr(sys.modules["contest.cli.doctor"], "FREE_BYTES_FOR_FILES", 0)


def test_all_is_well(contest, database_url):
    result = contest("doctor", database_url=database_url)
    assert (result.exit_code, result.stdout.count("✓"), result.stdout.count("✗")) == (0, 6, 0)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DROP TABLE alembic_version", "is empty: run contest db upgrade"),
        ("UPDATE alembic_version SET version_num = 'next'", "was made by a newer release: start that one"),
    ],
)
def test_a_schema_that_does_not_fit_is_named_with_what_to_do(contest, database_url, statement, words):
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    result = contest("doctor", database_url=database_url)
    assert result.exit_code == 1
    assert f"✗ database and schema: {words}" in result.stdout
    assert result.stdout.count("✗") == 1


def test_a_database_that_does_not_answer_stops_no_other_check(contest, tmp_path):
    result = contest("doctor", database_url=f"postgresql://nobody@/none?host={tmp_path}")
    assert result.exit_code == 1
    assert "✗ database and schema: the database does not answer" in result.stdout
    assert "✓ disk" in result.stdout
    assert "Traceback" not in result.output


def test_a_data_folder_that_can_not_be_written_is_named(contest, database_url, tmp_path):
    (tmp_path / "file").touch()
    result = contest("doctor", database_url=database_url, data=str(tmp_path / "file" / "data"))
    assert result.exit_code == 1
    assert "✗ disk: The data folder" in result.stdout


def test_a_folder_of_files_that_can_not_be_written_is_named(contest, database_url, tmp_path):
    (tmp_path / "file").touch()
    result = contest("doctor", database_url=database_url, media_url=f"file://{tmp_path}/file/media")
    assert result.exit_code == 1
    assert "✗ room for files: The data folder" in result.stdout
    assert "Set CONTEST_MEDIA_URL to another folder." in result.stdout


@pytest.mark.parametrize(("free", "exit_code"), [(10_000_000_000, 0), (9_999_999_999, 1)])
def test_too_little_room_for_files_is_named(contest, database_url, monkeypatch, free, exit_code):
    doctor = sys.modules["contest.cli.doctor"]
    monkeypatch.setattr(doctor, "FREE_BYTES_FOR_FILES", 10_000_000_000)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))
    result = contest("doctor", database_url=database_url)
    assert result.exit_code == exit_code
    assert "data/media: 10.0 GB free" in result.stdout


@pytest.mark.parametrize(("mode", "exit_code"), [(0o600, 0), (0o640, 1), (0o604, 1)])
@pytest.mark.parametrize("backend", ["sqlite"])
def test_keys_that_others_can_read_are_named(contest, database_url, tmp_path, mode, exit_code):
    (tmp_path / "data").mkdir()
    for name in ("secret_key.txt", "identity_key.txt"):
        (tmp_path / "data" / name).write_text("k" * 64)
        (tmp_path / "data" / name).chmod(0o600)
    (tmp_path / "data" / "identity_key.txt").chmod(mode)
    result = contest("doctor", database_url=database_url)
    assert result.exit_code == exit_code
    assert ("✗ key files: readable by others: identity_key.txt" in result.stdout) is bool(exit_code)
