"""Examining files that have arrived, and deleting what is left of them.

Each may run twice, or again after a stop, without harm.
"""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from contest.entries.domain.faults import Fault, find_fault
from contest.entries.services import checks
from contest.entries.services.checks import Outcome, Task
from contest.entries.services.files import AREA
from contest.media import Piece, UnreadableMediaError, derive, inspect, scratch
from contest.storage import MissingObjectError, Storage


@dataclass(frozen=True, slots=True)
class Means:
    """What the work is done with.

    `unit` opens one short unit of work: no transaction is open while bytes are read or copied. `stay` is called during
    long pieces and may raise to end them. Copies are made in `folder` before they are stored.
    """

    unit: Callable[[], AbstractContextManager[tuple[Session, datetime]]]
    stay: Callable[[], None]
    storage: Storage
    folder: Path


def check_file(means: Means, file_id: int) -> None:
    """Put a file together, compare its content with the rules, and make the copies that judges see."""
    with means.unit() as (session, _now):
        task = checks.find_task(session, file_id)
    if task is not None:
        outcome = _examined(means, task)
        with means.unit() as (session, now):
            checks.settle_file(session, now, file_id, outcome)
    clear_file(means, file_id)


def clear_file(means: Means, file_id: int) -> None:
    """Delete the objects that nobody needs any more: all of a file that was given up, the parts of a finished one."""
    with means.unit() as (session, _now):
        keys = checks.leftovers(session, file_id)
    for key in keys:
        means.storage.delete(key)
    if keys:
        with means.unit() as (session, _now):
            checks.forget_parts(session, file_id)


def forget_orphans(session: Session, storage: Storage, before: datetime) -> int:
    """Delete bytes that no row came to name, since their process was killed; returns how many files.

    Nothing is touched that was written since `before`, a time by which all work of then has ended.
    """
    return storage.forget_others(AREA, checks.named_keys(session), before)


def _examined(means: Means, task: Task) -> Outcome:
    try:
        digest = means.storage.join(task.parts, task.key)
        if means.storage.size(task.key) != task.size:
            return Outcome(digest, fault=Fault("file_damaged"))
        with means.storage.local(task.key) as path:
            return _compared(means, task, digest, path)
    except MissingObjectError:
        return Outcome(fault=Fault("file_damaged"))
    except UnreadableMediaError as error:
        return Outcome(fault=Fault(f"file_{error.code}"))


def _compared(means: Means, task: Task, digest: str, path: Path) -> Outcome:
    facts = inspect(path, means.stay)
    fault = find_fault(facts, task.form, task.limits)
    if fault:
        return Outcome(digest, facts, fault)
    with scratch(means.folder) as folder:
        pieces = derive(path, facts, Path(folder), means.stay)
        copies = [_stored(means.storage, task.key, number, piece) for number, piece in enumerate(pieces)]
    return Outcome(digest, facts, None, copies)


def _stored(storage: Storage, key: str, number: int, piece: Piece) -> dict[str, Any]:
    """Under a key that follows from the file's, so that a second run writes the same objects."""
    name = hashlib.sha256(f"{key} {number}".encode()).hexdigest()[:32]
    copy = f"{AREA}/{name[:2]}/{name}"
    return {"key": copy, "mime": piece.mime, "size": storage.put(copy, piece.path)}
