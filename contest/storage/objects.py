"""What a store of files can do, whatever keeps the bytes."""

import re
import secrets
from collections.abc import Container, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO, Protocol

KEY = re.compile(r"[a-z][a-z0-9]{0,39}/[0-9a-f]{2}/[0-9a-f]{32}")


class StorageError(Exception):
    """The store could not read or write; trying again later may help."""


class StorageFullError(StorageError):
    """There is no room left to write."""


class MissingObjectError(StorageError):
    """Nothing is stored under this key."""


class Storage(Protocol):
    """Files under keys of `new_key`. What is stored under a key never changes; every write is whole or absent."""

    def write(self, key: str, stream: IO[bytes], limit: int) -> int:
        """Store at most `limit` bytes of the stream and return how many.

        A stream that breaks keeps what came. Raises `StorageFullError` or `StorageError`, and then stores nothing.
        """

    def join(self, parts: Sequence[str], key: str) -> str:
        """Store the parts together, one after the other, and return the SHA-256 of the whole in hex. Deletes none."""

    def put(self, key: str, path: Path) -> int:
        """Store a finished file and return its size."""

    def open(self, key: str) -> BinaryIO:
        """The bytes, to seek and read in. Raises `MissingObjectError`."""

    def size(self, key: str) -> int:
        """How many bytes it has. Raises `MissingObjectError`."""

    def delete(self, key: str) -> None:
        """Forget it; an absent one is no error."""

    def local(self, key: str) -> AbstractContextManager[Path]:
        """A path at which other processes can read it while the block lasts. Raises `MissingObjectError`."""

    def keys(self) -> list[str]:
        """All keys, in order."""

    def forget_leftovers(self, before: datetime) -> None:
        """Delete what a process that died before then left half written."""

    def forget_others(self, area: str, named: Container[str], before: datetime) -> int:
        """Delete what was written to this area before then and is not named; how many it was."""


def new_key(area: str) -> str:
    """A key that nobody can guess, in one area of the store: `entries/3f/3f0c…`."""
    name = secrets.token_hex(16)
    return f"{area}/{name[:2]}/{name}"


def checked(key: str) -> str:
    """The key, if it is one. Raises `ValueError`: a key is never made of what people typed."""
    if not KEY.fullmatch(key):
        raise ValueError(f"{key!r} is no key of a stored file")
    return key
