"""Making an uploaded file fit for questions: opened in a bounded child process, encoded anew, without notes in it.

And deleting what a killed process left of it.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from contest.errors import DomainError
from contest.media import Facts, UnreadableMediaError, derive, inspect
from contest.questions.queries.media import stored_keys
from contest.storage import Storage

AREA = "questions"
"""Of the store."""

MB = 1024 * 1024
MOST_MB = 20
MOST_MINUTES = 30
PATIENCE = 24
"""So often, every five seconds, a child is asked to go on: two minutes."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file as it will be shown. Size in bytes; the facts are of this file."""

    path: Path
    mime: str
    digest: str
    size: int
    facts: Facts


def prepare_medium(path: Path, folder: Path) -> Prepared:
    """The picture or sound in the file, written to an empty folder.

    Raises `medium_empty`, `medium_large`, `medium_form`, `medium_long`, `medium_unreadable`, `medium_truncated` and
    `medium_too_complex`, all of the field `file`.
    """
    size = path.stat().st_size
    if not size:
        raise DomainError("medium_empty", field="file")
    if size > MOST_MB * MB:
        raise DomainError("medium_large", field="file", most=MOST_MB)
    try:
        return _prepared(path, folder)
    except UnreadableMediaError as error:
        code = "unreadable" if error.code == "encrypted" else error.code
        raise DomainError(f"medium_{code}", field="file") from error


def _prepared(path: Path, folder: Path) -> Prepared:
    patience = Patience()
    facts = inspect(path, patience)
    if facts.kind not in {"picture", "audio"}:
        raise DomainError("medium_form", field="file")
    if (facts.duration_ms or 0) > MOST_MINUTES * 60_000:
        raise DomainError("medium_long", field="file", most=MOST_MINUTES)
    [piece] = derive(path, facts, folder, patience)
    with piece.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    shown = inspect(piece.path, patience)
    return Prepared(piece.path, piece.mime, digest, piece.path.stat().st_size, shown)


def forget_orphans(session: Session, storage: Storage, before: datetime) -> int:
    """Delete bytes that no bank came to keep; returns how many files. Nothing that was written since `before`."""
    return storage.forget_others(AREA, stored_keys(session), before)


class Patience:
    """Ends work that takes much longer than any file for a question."""

    def __init__(self) -> None:
        self._left = PATIENCE

    def __call__(self) -> None:
        """Five seconds more. Raises `UnreadableMediaError` when there are none."""
        self._left -= 1
        if not self._left:
            raise UnreadableMediaError("too_complex")
