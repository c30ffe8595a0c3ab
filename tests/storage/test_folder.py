import errno
import hashlib
import io
import os
import stat
from datetime import UTC, datetime, timedelta

import pytest

from contest.storage import MissingObjectError, StorageError, StorageFullError, new_key
from contest.storage.folder import FolderStorage


@pytest.fixture
def store(tmp_path):
    return FolderStorage(tmp_path / "media")


class Broken(io.BytesIO):
    """A connection that is lost after what it holds."""

    def read(self, size=-1):
        piece = super().read(min(size, 4))
        if not piece:
            raise ConnectionResetError
        return piece


def content(store, key: str) -> bytes:
    with store.open(key) as file:
        return file.read()


def files(store) -> list[str]:
    return [path.name for path in store.root.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("limit", "kept"), [(0, b""), (1, b"0"), (9, b"012345678"), (10, b"0123456789"), (11, b"0123456789")]
)
def test_no_more_than_the_limit_is_stored(store, limit, kept):
    key = new_key("entries")
    assert store.write(key, io.BytesIO(b"0123456789"), limit) == len(kept)
    assert content(store, key) == kept
    assert store.size(key) == len(kept)


def test_a_connection_that_breaks_keeps_what_came(store):
    key = new_key("entries")
    assert store.write(key, Broken(b"0123456789"), 100) == 10
    assert content(store, key) == b"0123456789"


def test_what_is_stored_is_for_its_owner_only(store):
    key = new_key("entries")
    store.write(key, io.BytesIO(b"x"), 1)
    assert stat.S_IMODE((store.root / key).stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in store.root.rglob("*") if folder.is_dir()} == {0o700}


def test_parts_are_joined_in_their_order_and_stay(store):
    parts = [new_key("parts") for _ in range(3)]
    for part, piece in zip(parts, (b"Nguy", b"", "ễn".encode()), strict=True):
        store.write(part, io.BytesIO(piece), 100)
    whole = new_key("entries")
    assert store.join(parts, whole) == hashlib.sha256("Nguyễn".encode()).hexdigest()
    assert content(store, whole).decode() == "Nguyễn"
    assert store.keys() == sorted([*parts, whole])


def test_a_missing_part_leaves_nothing_behind(store):
    part, whole = new_key("parts"), new_key("entries")
    store.write(part, io.BytesIO(b"x"), 1)
    with pytest.raises(MissingObjectError):
        store.join([part, new_key("parts")], whole)
    assert files(store) == [part.rsplit("/", 1)[1]]


def test_a_finished_file_is_copied(store, tmp_path):
    (tmp_path / "piece.webp").write_bytes(b"RIFF")
    key = new_key("copies")
    assert store.put(key, tmp_path / "piece.webp") == 4
    with store.local(key) as path:
        assert path.read_bytes() == b"RIFF"


def test_deleting_forgets_and_may_be_repeated(store):
    key = new_key("entries")
    store.write(key, io.BytesIO(b"x"), 1)
    store.delete(key)
    store.delete(key)
    assert files(store) == []


def using_local(store, key):
    with store.local(key):
        pass


@pytest.mark.parametrize("read", [FolderStorage.open, FolderStorage.size, using_local])
def test_what_is_absent_is_told(store, read):
    with pytest.raises(MissingObjectError):
        read(store, new_key("entries"))


@pytest.mark.parametrize(
    "key",
    [
        "../secret",
        "entries/../../../etc/passwd",
        "/etc/passwd",
        "entries/ab/" + "a" * 31,
        "entries/ab/" + "a" * 32 + "\n",
        "entries/AB/" + "a" * 32,
        "entries//" + "a" * 32,
        "unfinished/" + "a" * 32,
        "",
    ],
)
@pytest.mark.parametrize("act", [FolderStorage.open, FolderStorage.size, FolderStorage.delete, using_local])
def test_only_a_key_is_taken(store, key, act):
    with pytest.raises(ValueError, match="is no key"):
        act(store, key)
    with pytest.raises(ValueError, match="is no key"):
        store.write(key, io.BytesIO(b"x"), 1)


@pytest.mark.parametrize(
    ("number", "kind"), [(errno.ENOSPC, StorageFullError), (errno.EDQUOT, StorageFullError), (errno.EIO, StorageError)]
)
def test_a_disk_that_can_not_take_it_leaves_nothing_behind(store, monkeypatch, number, kind):
    def fail(descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    for folder in ("unfinished", "entries"):
        (store.root / folder).mkdir(parents=True)
    key = "entries/ab/" + "ab" * 16
    (store.root / "entries" / "ab").mkdir()
    with pytest.raises(StorageError) as caught:
        store.write(key, io.BytesIO(b"x"), 1)
    assert type(caught.value) is kind
    assert files(store) == []


def test_what_a_dead_process_left_is_deleted_and_no_more(store):
    key = new_key("entries")
    store.write(key, io.BytesIO(b"x"), 1)
    now = datetime.now(UTC)
    for name, age in (("old", timedelta(days=2)), ("young", timedelta(hours=1))):
        path = store.root / "unfinished" / name
        path.touch()
        os.utime(path, ((now - age).timestamp(),) * 2)
    store.forget_leftovers(now - timedelta(days=1))
    assert sorted(files(store)) == sorted(["young", key.rsplit("/", 1)[1]])


def test_an_unused_store_holds_nothing(store):
    store.forget_leftovers(datetime.now(UTC))
    assert store.keys() == []
    assert not store.root.exists()
