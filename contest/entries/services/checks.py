"""What the examination of a file needs to know beforehand, and what it leaves behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from contest.contests.models import Group, Round
from contest.contests.queries import rules_at_closing
from contest.entries.domain.faults import Fault, find_fault
from contest.entries.domain.limits import AnswerForm, Limits
from contest.entries.models import Entry, EntryFile, FilePart, FileState, VersionAnswer
from contest.entries.queries import limits_of_version
from contest.entries.services.files import give_up_replaced, restore_kept
from contest.entries.services.versions import count_again
from contest.media.facts import Facts
from contest.participation.models import Participation


@dataclass(frozen=True, slots=True)
class Task:
    """A file to examine: its parts in order, where it is put together, and what the rules ask of it."""

    key: str
    parts: tuple[str, ...]
    size: int
    form: AnswerForm
    limits: Limits


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found. Without a fault the file is good; `copies` are then what judges may see, in order."""

    digest: str = ""
    facts: Facts | None = None
    fault: Fault | None = None
    copies: Sequence[dict[str, Any]] = ()


def find_task(session: Session, file_id: int) -> Task | None:
    """The work on a file that waits for its examination; None when it is done or the file was given up.

    What is decided after the round has closed no longer changes what was asked of the file.
    """
    file = session.get(EntryFile, file_id, populate_existing=True)
    if file is None or file.state is not FileState.CHECKING:
        return None
    parts = session.scalars(select(FilePart.key).where(FilePart.file_id == file_id).order_by(FilePart.starts_at))
    return Task(file.key, tuple(parts), file.size, file.form, _limits_of(session, file))


def _limits_of(session: Session, file: EntryFile) -> Limits:
    round_, group = session.execute(
        select(Round, Group)
        .join(Entry, Entry.round_id == Round.id)
        .join(Participation, Participation.id == Entry.participation_id)
        .join(Group, Group.id == Participation.group_id)
        .where(Entry.id == file.entry_id)
    ).one()
    return limits_of_version(rules_at_closing(session, round_), group.code)


def settle_file(session: Session, now: datetime, file_id: int, outcome: Outcome) -> None:
    """Write down what was found. Of a file that was given up meanwhile only the copies, so that they are deleted.

    The entry is locked first, as by every hand-in, so that a version handed in meanwhile is seen. Whoever has changed
    groups meanwhile is bound by the limits of the new one.
    """
    of_file = select(Entry).join(EntryFile, EntryFile.entry_id == Entry.id).where(EntryFile.id == file_id)
    entry = session.scalars(of_file.with_for_update(of=Entry).execution_options(populate_existing=True)).one()
    file = session.get_one(EntryFile, file_id, with_for_update=True, populate_existing=True)
    if file.state is FileState.DISCARDED:
        file.copies = list(outcome.copies)
    if file.state is not FileState.CHECKING:
        return
    fault = outcome.fault or (outcome.facts and find_fault(outcome.facts, file.form, _limits_of(session, file)))
    file.state = FileState.REFUSED if fault else FileState.READY
    file.digest, file.touched_at, file.copies = outcome.digest, now, list(outcome.copies)
    if fault:
        file.fault, file.fault_values = fault.code, dict(fault.values)
    if outcome.facts:
        _describe(file, outcome.facts)
    session.flush()
    if fault:
        restore_kept(session, file)
        count_again(session, entry)
    else:
        give_up_replaced(session, now, file)


def _describe(file: EntryFile, facts: Facts) -> None:
    file.mime, file.duration_ms, file.words, file.pages = facts.mime, facts.duration_ms, facts.words, facts.pages
    file.width, file.height = facts.width, facts.height


def leftovers(session: Session, file_id: int) -> list[str]:
    """Keys of objects that nobody needs any more: parts that were put together, everything of what was given up.

    What was handed in and then refused stays: it proves what arrived in time.
    """
    file = session.get(EntryFile, file_id, populate_existing=True)
    if file is None or file.state in {FileState.RECEIVING, FileState.CHECKING}:
        return []
    keys = list(session.scalars(select(FilePart.key).where(FilePart.file_id == file_id)))
    is_handed_in = select(exists().where(VersionAnswer.file_id == file_id))
    if file.state is not FileState.READY and not session.scalar(is_handed_in):
        keys += [file.key, *(copy["key"] for copy in file.copies)]
    return keys


def named_keys(session: Session) -> set[str]:
    """Every key of the store that a row of files, parts or copies names, of whatever state. Two statements."""
    keys = set(session.scalars(select(FilePart.key)))
    for key, copies in session.execute(select(EntryFile.key, EntryFile.copies)):
        keys.update((key, *(copy["key"] for copy in copies)))
    return keys


def forget_parts(session: Session, file_id: int) -> None:
    """The objects of its parts are deleted."""
    session.execute(delete(FilePart).where(FilePart.file_id == file_id))
