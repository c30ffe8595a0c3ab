"""The files of people, into a backup and back. Each keeps its key, and its digest stands in the manifest."""

import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from contest.cli.archive import digest
from contest.cli.trouble import Trouble
from contest.storage import MissingObjectError, Storage
from contest.storage.folder import FolderStorage

FILES = "files"


def keep(storage: Storage, folder: Path) -> dict[str, str]:
    """Copy every file into the folder of a backup; the SHA-256 of each by its key.

    Done after the database is copied: what comes in meanwhile is in the backup without a row, and harms nobody.
    """
    kept: dict[str, str] = {}
    target = FolderStorage(folder / FILES)
    with progress(storage.keys(), "Saving files") as keys:
        for key in keys:
            try:
                with storage.local(key) as path:
                    target.put(key, path)
            except MissingObjectError:  # discarded in this very moment
                continue
            with target.local(key) as path:
                kept[key] = digest(path)
    return kept


def check(folder: Path, files: Mapping[str, str]) -> None:
    """Raise `Trouble` when a file of the backup is not what it was."""
    source = FolderStorage(folder / FILES)
    with progress(files, "Checking files") as keys:
        for key in keys:
            if not is_same(source, key, files[key]):
                raise Trouble(f"{folder / FILES / key} is not as it was written: restore from another backup.")


def refuse_others(storage: Storage, files: Mapping[str, str]) -> None:
    """Raise `Trouble` when another file already lies where one of the backup belongs."""
    for key in set(storage.keys()) & files.keys():
        if not is_same(storage, key, files[key]):
            raise Trouble(f"Another file already lies under {key}: set CONTEST_MEDIA_URL to a new folder.")


def bring_back(storage: Storage, folder: Path, files: Mapping[str, str]) -> None:
    """Put every file of the backup where it was; those that are still there stay."""
    source = FolderStorage(folder / FILES)
    present = set(storage.keys())
    with progress(files.keys() - present, "Restoring files") as keys:
        for key in keys:
            with source.local(key) as path:
                storage.put(key, path)


def is_same(storage: Storage, key: str, expected: str) -> bool:
    """Whether a file is there and has this digest."""
    try:
        with storage.local(key) as path:
            return digest(path) == expected
    except (MissingObjectError, ValueError):  # a key that is none was never written by us
        return False


@contextmanager
def progress(keys: Collection[str], label: str) -> Iterator[Iterator[str]]:
    """The keys in order, while the terminal shows how far it is."""
    with click.progressbar(sorted(keys), label=label, file=sys.stderr) as bar:
        yield iter(bar)
