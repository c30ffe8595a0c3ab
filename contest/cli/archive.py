"""The folder of a backup: its files, and a manifest that says what each must be."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from contest.cli.trouble import Trouble

MANIFEST = "manifest.json"
FORMAT = 2
FILE_NAME = re.compile(r"[a-z][a-z0-9_]*\.(copy|db)")
PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: `tables` names the files of the database, `files` the keys of people's, by their SHA-256."""

    format: int
    made_at: str
    backend: str
    revision: str
    tables: dict[str, str]
    files: dict[str, str]


def new_folder(folder: Path) -> None:
    """Make the folder of a backup, for its owner only. Raises `Trouble` when something is in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Trouble(f"{folder} is not empty; a backup needs a folder of its own.")


def write_manifest(folder: Path, made_at: str, backend: str, revision: str, files: dict[str, str]) -> None:
    """Written last: a folder without it is not a whole backup."""
    tables = {path.name: digest(path) for path in sorted(folder.iterdir()) if path.is_file()}
    manifest = Manifest(FORMAT, made_at, backend, revision, tables, files)
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2) + "\n", encoding="utf-8")


def checked_manifest(folder: Path) -> Manifest:
    """The manifest, after each file of the database proved to be what it says. Raises `Trouble`."""
    manifest = read_manifest(folder)
    for name, expected in manifest.tables.items():
        path = folder / name
        if not FILE_NAME.fullmatch(name) or path.is_symlink() or not path.is_file():
            raise Trouble(f"The backup names a file that it does not hold: {name}.")
        if digest(path) != expected:
            raise Trouble(f"{path} is not as it was written: restore from another backup.")
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """The manifest as it stands."""
    try:
        values: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**values)
    except (OSError, ValueError, TypeError) as error:
        raise Trouble(f"{folder} does not hold a whole backup: its {MANIFEST} can't be read.") from error
    if manifest.format != FORMAT:
        raise Trouble(f"{folder} was made by another release (format {manifest.format}).")
    return manifest


def digest(path: Path) -> str:
    """SHA-256 of a file of any size."""
    total = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            total.update(piece)
    return total.hexdigest()
