"""A store in a folder of this machine, or of a disk that several machines share."""

import errno
import hashlib
import os
import secrets
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO

from contest.storage.objects import KEY, MissingObjectError, StorageError, StorageFullError, checked

UNFINISHED = "unfinished"
PIECE = 1024 * 1024
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
FULL = {errno.ENOSPC, errno.EDQUOT}


class FolderStorage:
    """A file per key below `root`, for its owner only. Written under another name, synced, then renamed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, key: str, stream: IO[bytes], limit: int) -> int:
        """See `Storage.write`."""
        with self._new_file(key) as file:
            for piece in _until_broken(stream, limit):
                file.write(piece)
            return file.tell()

    def join(self, parts: Sequence[str], key: str) -> str:
        """See `Storage.join`."""
        total = hashlib.sha256()
        with self._new_file(key) as file:
            for part in parts:
                with self.open(part) as source:
                    while piece := source.read(PIECE):
                        total.update(piece)
                        file.write(piece)
        return total.hexdigest()

    def put(self, key: str, path: Path) -> int:
        """See `Storage.put`."""
        with self._new_file(key) as file, path.open("rb") as source:
            while piece := source.read(PIECE):
                file.write(piece)
            return file.tell()

    def open(self, key: str) -> BinaryIO:
        """See `Storage.open`."""
        with _told():
            return self._path(key).open("rb")

    def size(self, key: str) -> int:
        """See `Storage.size`."""
        with _told():
            return self._path(key).stat().st_size

    def delete(self, key: str) -> None:
        """See `Storage.delete`."""
        with _told():
            self._path(key).unlink(missing_ok=True)

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        """See `Storage.local`."""
        self.size(key)
        yield self._path(key)

    def keys(self) -> list[str]:
        """See `Storage.keys`."""
        with _told():
            names = (path.relative_to(self.root).as_posix() for path in self.root.glob("*/*/*"))
            return sorted(name for name in names if KEY.fullmatch(name))

    def forget_leftovers(self, before: datetime) -> None:
        """See `Storage.forget_leftovers`."""
        with _told():
            for path in (self.root / UNFINISHED).glob("*"):
                if path.stat().st_mtime < before.timestamp():
                    path.unlink(missing_ok=True)

    def forget_others(self, area: str, named: Container[str], before: datetime) -> int:
        """See `Storage.forget_others`."""
        others = [key for key in self.keys() if key.startswith(f"{area}/") and key not in named]
        with _told():
            aged = [path for path in map(self._path, others) if path.stat().st_mtime < before.timestamp()]
            for path in aged:
                path.unlink(missing_ok=True)
        return len(aged)

    def _path(self, key: str) -> Path:
        return self.root / checked(key)

    @contextmanager
    def _new_file(self, key: str) -> Iterator[BinaryIO]:
        """A file that stands under its key once the block has ended well, and is gone if it has not."""
        target, unfinished = self._path(key), self.root / UNFINISHED / secrets.token_hex(16)
        with _told():
            _make_folder(unfinished.parent)
            _make_folder(target.parent)
            try:
                with os.fdopen(os.open(unfinished, NEW, 0o600), "wb") as file:
                    yield file
                    file.flush()
                    os.fsync(file.fileno())
                unfinished.rename(target)
            finally:
                unfinished.unlink(missing_ok=True)
            _sync(target.parent)


def _until_broken(stream: IO[bytes], limit: int) -> Iterator[bytes]:
    """Pieces of at most `limit` bytes together. Whatever a broken connection raises, it is the stream's end."""
    left = limit
    while left > 0:
        try:
            piece = stream.read(min(PIECE, left))
        except Exception:  # noqa: BLE001 # each server has errors of its own
            return
        if not piece:
            return
        left -= len(piece)
        yield piece


def _make_folder(folder: Path) -> None:
    """With those above it; each is synced into the one that holds it, so that a loss of power forgets none."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told() -> Iterator[None]:
    """Failures of the file system in the store's own words."""
    try:
        yield
    except FileNotFoundError as error:
        raise MissingObjectError(str(error)) from error
    except OSError as error:
        kind = StorageFullError if error.errno in FULL else StorageError
        raise kind(str(error)) from error
