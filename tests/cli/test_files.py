import hashlib
import io

import pytest

from contest.cli import files
from contest.cli.trouble import Trouble
from contest.storage import MissingObjectError, new_key
from contest.storage.folder import FolderStorage


@pytest.fixture
def store(tmp_path):
    store = FolderStorage(tmp_path / "media")
    for content in (b"one", b"two"):
        store.write(new_key("entries"), io.BytesIO(content), 100)
    return store


def test_each_file_is_kept_with_its_digest(store, tmp_path):
    kept = files.keep(store, tmp_path / "backup")
    assert sorted(kept) == store.keys()
    assert set(kept.values()) == {hashlib.sha256(content).hexdigest() for content in (b"one", b"two")}
    files.check(tmp_path / "backup", kept)


def test_a_file_that_is_discarded_meanwhile_is_left_out(store, tmp_path, monkeypatch):
    gone, stays = store.keys()

    def vanish(key):
        if key == gone:
            raise MissingObjectError(key)
        return FolderStorage.local(store, key)

    monkeypatch.setattr(store, "local", vanish)
    assert list(files.keep(store, tmp_path / "backup")) == [stays]


def test_what_is_brought_back_is_the_same_and_what_is_there_stays(store, tmp_path):
    kept = files.keep(store, tmp_path / "backup")
    new = FolderStorage(tmp_path / "new")
    with store.local(store.keys()[0]) as path:
        new.put(store.keys()[0], path)
    files.refuse_others(new, kept)
    files.bring_back(new, tmp_path / "backup", kept)
    files.check(tmp_path / "backup", kept)
    assert all(files.is_same(new, key, digest) for key, digest in kept.items())


def test_another_file_in_its_place_is_named(store, tmp_path):
    kept = files.keep(store, tmp_path / "backup")
    new = FolderStorage(tmp_path / "new")
    new.write(min(kept), io.BytesIO(b"another"), 100)
    with pytest.raises(Trouble, match=min(kept)):
        files.refuse_others(new, kept)


@pytest.mark.parametrize("key", ["../secret", "entries/ab/" + "0" * 32])
def test_a_manifest_can_not_name_other_files(store, tmp_path, key):
    (tmp_path / "secret").write_bytes(b"x")
    with pytest.raises(Trouble, match="is not as it was written"):
        files.check(tmp_path, {key: hashlib.sha256(b"x").hexdigest()})
