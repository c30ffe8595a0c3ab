import json
import stat

import pytest

from contest.cli.archive import checked_manifest, new_folder, write_manifest
from contest.cli.trouble import Trouble


@pytest.fixture
def kept(tmp_path):
    """A whole backup of two tables."""
    folder = tmp_path / "kept"
    new_folder(folder)
    (folder / "person.copy").write_text("1\tHằng\n")
    (folder / "login.copy").write_bytes(b"")
    (folder / "files").mkdir()
    write_manifest(folder, "2026-07-15T02:41:00+00:00", "postgresql", "0001", {"entries/ab": "0"})
    return folder


def edit(folder, **values):
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, **values}))


def test_a_backup_is_for_its_owners_eyes_and_names_what_it_holds(kept):
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    manifest = checked_manifest(kept)
    assert (manifest.backend, manifest.revision) == ("postgresql", "0001")
    assert sorted(manifest.tables) == ["login.copy", "person.copy"]
    assert manifest.files == {"entries/ab": "0"}


def test_a_folder_with_something_in_it_is_left_alone(kept):
    before = sorted(kept.iterdir())
    with pytest.raises(Trouble, match="is not empty"):
        new_folder(kept)
    assert sorted(kept.iterdir()) == before


@pytest.mark.parametrize("content", ["1\tHằng", "1\tHằng\n\n", "", "2\tHằng\n"])
def test_a_changed_file_is_named(kept, content):
    (kept / "person.copy").write_text(content)
    with pytest.raises(Trouble, match=r"person\.copy is not as it was written"):
        checked_manifest(kept)


@pytest.mark.parametrize(
    "name", ["../secret.db", "/etc/passwd", "a/b.copy", "manifest.json", "missing.copy", "Person.copy"]
)
def test_a_manifest_can_not_name_other_files(kept, name):
    (kept.parent / "secret.db").touch()
    manifest = json.loads((kept / "manifest.json").read_text())
    edit(kept, tables={**manifest["tables"], name: "0" * 64})
    with pytest.raises(Trouble, match="names a file that it does not hold"):
        checked_manifest(kept)


def test_a_link_is_not_a_file_of_the_backup(kept):
    (kept / "person.copy").rename(kept.parent / "elsewhere")
    (kept / "person.copy").symlink_to(kept.parent / "elsewhere")
    with pytest.raises(Trouble, match="names a file that it does not hold"):
        checked_manifest(kept)


@pytest.mark.parametrize("manifest", [None, "", "[]", "{}", '{"format": 2, "files": {}}', "\x00"])
def test_half_a_backup_is_refused(kept, manifest):
    (kept / "manifest.json").unlink()
    if manifest is not None:
        (kept / "manifest.json").write_text(manifest)
    with pytest.raises(Trouble, match="does not hold a whole backup"):
        checked_manifest(kept)


@pytest.mark.parametrize("number", [1, 3])
def test_another_format_is_refused(kept, number):
    edit(kept, format=number)
    with pytest.raises(Trouble, match="made by another release"):
        checked_manifest(kept)
