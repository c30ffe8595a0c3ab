"""Files that answer questions: beginning one, keeping its parts as they arrive, giving it up.

Bytes are stored before and outside of these functions; what counts is the row.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, case, exists, func, or_, select, update
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.contests.models import Round
from contest.entries.domain.limits import FILES, MB, AnswerForm
from contest.entries.domain.upload import IDLE, shown_name
from contest.entries.models import DraftAnswer, Entry, EntryFile, FilePart, FileState, Prompt, VersionAnswer
from contest.entries.services.drafts import OpenEntry, answer_of, get_open_entry, limits_of
from contest.errors import DomainError, NotAllowed, NotFound
from contest.storage import new_key
from contest.work.services import enqueue

AREA = "entries"
CHECK, CLEAR = "file.check", "file.clear"
UNFINISHED_MAX = 10
DAILY_BYTES = 20 * 1024 * MB
DAY = timedelta(days=1)
PUBLIC_ID_BYTES = 16
SWEEP_PIECE = 50
CHECK_AGAIN_AFTER = timedelta(hours=1)
UNSETTLED = frozenset({FileState.RECEIVING, FileState.CHECKING})


@dataclass(frozen=True, slots=True)
class Copy:
    """One derived piece of a file that answers `question`."""

    question: int
    key: str
    mime: str


class FileTooBig(DomainError):
    """More bytes than the rules, the file or a part may have."""

    status = 413


class FileGone(DomainError):
    """It was finished, refused or given up, so no byte can be added."""

    status = 410


def begin_file(
    session: Session,
    actor: Actor,
    now: datetime,
    entry_public_id: str,
    question: int,
    form: AnswerForm,
    name: str,
    size: int,
) -> EntryFile:
    """A file of `size` bytes is going to answer this question; a good one that is there stays until this one is good.

    Raises `form_barred`, `question_unknown`, `file_empty`, `FileTooBig`, `uploads_unfinished` (max), `uploads_daily`
    (max_gb) and what `get_open_entry` raises.
    """
    held = get_open_entry(session, actor, now, entry_public_id)
    _ensure_wanted(session, held, question, form, size)
    draft = answer_of(session, held, now, question, form)
    before = session.get(EntryFile, draft.file_id) if draft.file_id is not None else None
    if before is not None and before.state is not FileState.READY:
        _give_up(session, now, before)
    _ensure_share(session, actor, now, size)
    file = EntryFile(
        public_id=secrets.token_urlsafe(PUBLIC_ID_BYTES),
        entry_id=held.entry.id,
        question=question,
        form=form,
        name=shown_name(name) or form.value,
        size=size,
        received=0,
        state=FileState.RECEIVING,
        key=new_key(AREA),
        created_at=now,
        touched_at=now,
    )
    session.add(file)
    session.flush()
    draft.form, draft.file_id, draft.saved_at, held.entry.changed_at = form, file.id, now, now
    session.flush()
    return file


def _ensure_wanted(session: Session, held: OpenEntry, question: int, form: AnswerForm, size: int) -> None:
    prompt = session.get(Prompt, held.entry.prompt_id) if held.entry.prompt_id is not None else None
    if prompt is None or not 1 <= question <= len(prompt.questions):
        raise DomainError("question_unknown")
    limits = limits_of(session, held)
    if form not in FILES & limits.forms:
        raise DomainError("form_barred", field="form", question=question)
    if size < 1:
        raise DomainError("file_empty", field="file")
    most = limits.max_bytes(form)
    if size > most:
        raise FileTooBig("file_too_big", field="file", size_mb=-(-size // MB), max_mb=most // MB)


def _ensure_share(session: Session, actor: Actor, now: datetime, size: int) -> None:
    """One person's share of the disk: generous, yet no script fills it."""
    mine = select(EntryFile).join(Entry, Entry.id == EntryFile.entry_id).where(Entry.person_id == actor.person_id)
    unfinished = mine.where(EntryFile.state == FileState.RECEIVING).with_only_columns(func.count())
    if (session.scalar(unfinished) or 0) >= UNFINISHED_MAX:
        raise DomainError("uploads_unfinished", max=UNFINISHED_MAX)
    promised = case((EntryFile.state == FileState.RECEIVING, EntryFile.size), else_=EntryFile.received)
    today = mine.where(EntryFile.created_at > now - DAY).with_only_columns(func.sum(promised))
    if int(session.scalar(today) or 0) + size > DAILY_BYTES:
        raise DomainError("uploads_daily", max_gb=DAILY_BYTES // (1024 * MB))


def get_own_file(session: Session, actor: Actor, public_id: str) -> EntryFile:
    """The person's own file. Raises `NotFound`, also for somebody else's."""
    return _own(session, actor, public_id)[0]


def closing_of(session: Session, file: EntryFile) -> datetime:
    """When the round of this file closes."""
    closing = select(Round.closes_at).join(Entry, Entry.round_id == Round.id).where(Entry.id == file.entry_id)
    return session.scalars(closing).one()


def get_own_copy(session: Session, actor: Actor, entry_public_id: str, public_id: str, piece: int) -> Copy:
    """A derived piece of the person's own file, the way judges see it. Raises `NotFound`."""
    file, entry, _round = _own(session, actor, public_id)
    if entry.public_id != entry_public_id or file.state is not FileState.READY or piece >= len(file.copies):
        raise NotFound
    return Copy(file.question, file.copies[piece]["key"], file.copies[piece]["mime"])


def _own(session: Session, actor: Actor, public_id: str) -> tuple[EntryFile, Entry, Round]:
    row = session.execute(
        select(EntryFile, Entry, Round)
        .join(Entry, Entry.id == EntryFile.entry_id)
        .join(Round, Round.id == Entry.round_id)
        .where(EntryFile.public_id == public_id, Entry.person_id == actor.person_id)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1], row[2]


def get_arriving_file(session: Session, actor: Actor, now: datetime, public_id: str) -> tuple[EntryFile, Round]:
    """The person's own file while bytes may be added to it.

    Raises `NotFound`, `FileGone` with `upload_over`, `NotAllowed` with `upload_late` and what `get_open_entry` raises.
    """
    file, entry, round_ = _own(session, actor, public_id)
    if file.state is not FileState.RECEIVING or file.touched_at + IDLE <= now:
        raise FileGone("upload_over")
    if now >= round_.closes_at:
        raise NotAllowed("upload_late")
    get_open_entry(session, actor, now, entry.public_id)
    return file, round_


def keep_part(
    session: Session, actor: Actor, now: datetime, public_id: str, *, offset: int, size: int, key: str
) -> EntryFile:
    """Bytes `[offset, offset + size)` stand under `key`; with the last of them the file goes to be examined.

    Only the writer whose offset is still the file's own wins. Raises `offset_conflict` and what `get_arriving_file`
    raises; the object is the caller's to delete then.
    """
    file, _round = get_arriving_file(session, actor, now, public_id)
    won = session.scalar(
        update(EntryFile)
        .where(EntryFile.id == file.id, EntryFile.received == offset, EntryFile.state == FileState.RECEIVING)
        .where(EntryFile.size >= offset + size)
        .values(received=offset + size, touched_at=now)
        .returning(EntryFile.id)
        .execution_options(synchronize_session=False)
    )
    if won is None:
        raise DomainError("offset_conflict")
    session.add(FilePart(file_id=file.id, starts_at=offset, size=size, key=key))
    session.refresh(file)
    if file.received == file.size:
        file.state = FileState.CHECKING
        enqueue(session, now, CHECK, {"file_id": file.id})
    session.flush()
    return file


def discard_file(session: Session, actor: Actor, now: datetime, public_id: str) -> None:
    """Take the file out of the draft and give it up, unless a version holds it. Doing it twice is not an error.

    One that was to replace a good one gives way to that again. Raises `NotFound` and what `get_open_entry` raises.
    """
    file, entry, _round = _own(session, actor, public_id)
    get_open_entry(session, actor, now, entry.public_id)
    if file.state in UNSETTLED:
        restore_kept(session, file)
    _give_up(session, now, file)


def refuse_unfit_file(session: Session, actor: Actor, now: datetime, public_id: str) -> None:
    """Its first bytes say that it is not what the form asks for: refused before the rest is sent."""
    file, _round = get_arriving_file(session, actor, now, public_id)
    if file.received:
        raise DomainError("offset_conflict")
    file.state, file.fault, file.touched_at = FileState.REFUSED, f"not_{file.form.value}", now
    restore_kept(session, file)
    session.flush()


def restore_kept(session: Session, file: EntryFile) -> None:
    """The file did not become good: the good one that it was to replace, if any, answers the question as before."""
    answer = session.scalar(select(DraftAnswer).where(DraftAnswer.file_id == file.id))
    kept = session.scalar(_kept_beneath(file).order_by(EntryFile.id.desc()).limit(1))
    if answer is None or kept is None:
        return
    answer.file_id = kept.id
    if answer.form is file.form:
        answer.form = kept.form
    session.flush()


def give_up_replaced(session: Session, now: datetime, file: EntryFile) -> None:
    """The file is good: what it replaces in the draft is given up."""
    if session.scalar(select(exists().where(DraftAnswer.file_id == file.id))):
        for kept in session.scalars(_kept_beneath(file)).all():
            _give_up(session, now, kept)


def _kept_beneath(file: EntryFile) -> Select[EntryFile]:
    return select(EntryFile).where(
        EntryFile.entry_id == file.entry_id,
        EntryFile.question == file.question,
        EntryFile.state == FileState.READY,
        EntryFile.id < file.id,
    )


def _give_up(session: Session, now: datetime, file: EntryFile) -> None:
    """The row stays and counts for the day; its objects are deleted once this is committed."""
    session.execute(update(DraftAnswer).where(DraftAnswer.file_id == file.id).values(file_id=None))
    is_handed_in = session.scalar(select(exists().where(VersionAnswer.file_id == file.id)))
    if is_handed_in or file.state is FileState.DISCARDED:
        return
    file.state, file.touched_at = FileState.DISCARDED, now
    enqueue(session, now, CLEAR, {"file_id": file.id})
    session.flush()


def discard_stale_files(session: Session, now: datetime) -> int:
    """Give up a piece of the unfinished files that nobody goes on with, or that can't be finished any more."""
    stale = session.scalars(
        select(EntryFile)
        .join(Entry, Entry.id == EntryFile.entry_id)
        .join(Round, Round.id == Entry.round_id)
        .where(EntryFile.state == FileState.RECEIVING)
        .where(or_(EntryFile.touched_at <= now - IDLE, Round.closes_at <= now))
        .limit(SWEEP_PIECE)
        .with_for_update(of=EntryFile, skip_locked=True)
    ).all()
    for file in stale:
        restore_kept(session, file)
        _give_up(session, now, file)
    return len(stale)


def check_forgotten_files(session: Session, now: datetime) -> int:
    """Queue again what has waited long for its examination, since the work may have been given up."""
    waiting = session.scalars(
        select(EntryFile)
        .where(EntryFile.state == FileState.CHECKING, EntryFile.touched_at <= now - CHECK_AGAIN_AFTER)
        .limit(SWEEP_PIECE)
        .with_for_update(skip_locked=True)
    ).all()
    for file in waiting:
        file.touched_at = now
        enqueue(session, now, CHECK, {"file_id": file.id})
    session.flush()
    return len(waiting)
