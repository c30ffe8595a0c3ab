"""Many questions at once: a file of the committee in two steps, and a ready bank for the samples.

First the file is uploaded and read in the background; then the person who uploaded it decides on what was found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.errors import DomainError, NotAllowed
from contest.questions.domain import Sound, sort_out
from contest.questions.models import (
    Bank,
    BankQuestion,
    ImportState,
    QuestionBand,
    QuestionFinding,
    QuestionImport,
    QuestionLook,
    QuestionMedium,
    QuestionRevision,
    QuestionState,
    ReviewNote,
)
from contest.questions.policies import may_see_all, may_write, seen_author
from contest.questions.queries.importing import codes_of_bank, digests_of_bank, get_import, recent_imports
from contest.questions.queries.media import media_of_bank
from contest.questions.services.acts import lock_bank, note_bank
from contest.questions.services.limits import limit_new
from contest.questions.services.media import NewMedium
from contest.questions.services.writing import Entry, add_questions, add_sound
from contest.work.services import enqueue
from question_bank.media import media_of
from question_bank.question import from_content

READ = "questions.read"
"""The kind of work."""

PERCENT = 100
MOST_UPLOADS = 50
"""Of one person for one bank that are kept at the same time."""

SETTLED = frozenset({ImportState.TAKEN, ImportState.UNDONE})
"""Nothing is left of the upload itself then."""

LIFE = timedelta(hours=24)
"""So long an upload waits for a decision, and what came of it may be taken back as a whole."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the questions of a file: ids of the new ones, how many were known, how many codes were taken."""

    ids: list[int]
    known: int
    clashing: int


@dataclass(frozen=True, slots=True)
class Task:
    """An uploaded file that is to be read: for which bank, and whose questions its uploader may see (None: all)."""

    contest_id: int
    bank_id: int
    author_id: int | None
    name: str
    key: str


def begin_import(session: Session, actor: Actor, now: datetime, *, bank: Bank, name: str, key: str) -> QuestionImport:
    """A file was uploaded and stored: it is going to be read. Raises `imports_many`."""
    if not may_write(actor, bank.contest_id):
        raise NotAllowed
    if len(recent_imports(session, bank.id, actor.person_id, now - LIFE)) >= MOST_UPLOADS:
        raise DomainError("imports_many", field="file", most=MOST_UPLOADS)
    row = QuestionImport(
        bank_id=bank.id, person_id=actor.person_id, name=name, key=key, state=ImportState.READING, uploaded_at=now
    )
    session.add(row)
    session.flush()
    facts = {"import_id": row.id, "author_id": seen_author(actor, bank.contest_id)}
    row.work_id = enqueue(session, now, READ, facts, PERCENT).id
    session.flush()
    return row


def find_task(session: Session, import_id: int, author_id: int | None) -> Task | None:
    """What is to be read; None when it was read, given up or has expired meanwhile."""
    row = session.get(QuestionImport, import_id)
    if row is None or row.state is not ImportState.READING:
        return None
    bank = session.get_one(Bank, row.bank_id)
    return Task(bank.contest_id, bank.id, author_id, row.name, row.key)


def settle_import(session: Session, import_id: int, state: ImportState, report: Mapping[str, Any], key: str) -> None:
    """The file was read, or can't be."""
    row = session.get(QuestionImport, import_id, with_for_update=True)
    if row is not None and row.state is ImportState.READING:
        row.state, row.report, row.key = state, dict(report), key
        session.flush()


def discard_import(session: Session, actor: Actor, now: datetime, *, bank: Bank, import_id: int) -> str:
    """Nothing of it is wanted: the key of what is stored, for the caller to delete. Raises `import_settled`."""
    row = get_import(session, bank.id, import_id, actor.person_id, now - LIFE, is_locked=True)
    if row.state in SETTLED:
        raise DomainError("import_settled")
    session.delete(row)
    session.flush()
    return row.key


def take_import(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    bank: Bank,
    import_id: int,
    items: Sequence[Sound],
    media: Sequence[NewMedium],
    has_to_be_faultless: bool,
    renames: bool,
) -> Imported:
    """Take over the good questions of an upload as drafts of the actor. Raises `import_settled` and `file_faulty`."""
    row = get_import(session, bank.id, import_id, actor.person_id, now - LIFE, is_locked=True)
    if row.state is not ImportState.READ or row.report is None:
        raise DomainError("import_settled")
    if has_to_be_faultless and row.report["fault_count"]:
        raise DomainError("file_faulty", field="file")
    imported = import_questions(session, actor, now, bank, items, media=media, renames=renames, name=row.name)
    row.state, row.taken = ImportState.TAKEN, imported.ids
    session.flush()
    return imported


def import_questions(
    session: Session,
    actor: Actor,
    now: datetime,
    bank: Bank,
    items: Sequence[Sound],
    *,
    media: Sequence[NewMedium] = (),
    renames: bool = False,
    name: str = "",
) -> Imported:
    """Take over questions as drafts of the actor, with the media that they show.

    What the bank has already is left out, and so is, without `renames`, what has a code that other content has there.
    What papers owe them is taken from whoever may say so.
    """
    if not may_write(actor, bank.contest_id):
        raise NotAllowed
    lock_bank(session, bank.id)
    found = sort_out(items, codes_of_bank(session, bank.id), digests_of_bank(session, bank.id), renames=renames)
    ids: list[int] = []
    if found.new:
        ids = add_sound(session, now, bank, found.new, actor.person_id)
        added = _add_media(session, actor, now, bank, found.new, media)
        wanted = {item.code: item.limits for item in found.new} if may_see_all(actor, bank.contest_id) else {}
        facts = {"questions": ids, "media": [medium.id for medium in added]} | limit_new(session, bank.id, wanted)
        note_bank(session, actor.person_id, now, bank, "questions.imported", facts, {"file": name} if name else None)
    return Imported(ids, len(found.known), len(found.clashing))


def undo_import(session: Session, actor: Actor, now: datetime, *, bank: Bank, import_id: int) -> int:
    """Delete the drafts of an import, all of them; returns how many. Raises `import_touched`, `import_settled`.

    Somebody else has seen or said something, or they were changed: then each of them has a history that stays.
    """
    if not may_write(actor, bank.contest_id):
        raise NotAllowed
    row = get_import(session, bank.id, import_id, actor.person_id, now - LIFE, is_locked=True)
    lock_bank(session, bank.id)
    if not row.taken:
        raise DomainError("import_settled")
    _lock_questions(session, row.taken)
    if not is_untouched(session, row.taken):
        raise DomainError("import_touched")
    of_import = QuestionRevision.question_id.in_(row.taken)
    revisions = select(QuestionRevision.id).where(of_import)
    about = QuestionFinding.revision_id.in_(revisions) | QuestionFinding.other_id.in_(revisions)
    session.execute(delete(QuestionFinding).where(about))
    session.execute(delete(QuestionBand).where(QuestionBand.revision_id.in_(revisions)))
    session.execute(delete(QuestionRevision).where(of_import))
    session.execute(delete(BankQuestion).where(BankQuestion.id.in_(row.taken)))
    note_bank(session, actor.person_id, now, bank, "questions.import_undone", {"questions": row.taken})
    number = len(row.taken)
    row.state, row.taken = ImportState.UNDONE, []
    session.flush()
    return number


def _lock_questions(session: Session, question_ids: Sequence[int]) -> None:
    """With their revisions: nobody sends them to review, or finds something about them, until they are gone."""
    current = BankQuestion.current_revision_id == QuestionRevision.id
    pairs = select(BankQuestion.id, QuestionRevision.id).join(QuestionRevision, current)
    session.execute(pairs.where(BankQuestion.id.in_(question_ids)).order_by(BankQuestion.id).with_for_update())


def is_untouched(session: Session, question_ids: Sequence[int]) -> bool:
    """Whether all are drafts as they were imported, of which nobody said or saw anything. One statement."""
    wanted: list[ColumnElement[bool]] = [
        BankQuestion.id.in_(question_ids),
        BankQuestion.state == QuestionState.DRAFT,
        QuestionRevision.number == 1,
        QuestionRevision.sent_at.is_(None),
        ~select(ReviewNote.id).where(ReviewNote.question_id == BankQuestion.id).exists(),
        ~select(QuestionLook.revision_id).where(QuestionLook.question_id == BankQuestion.id).exists(),
    ]
    current = BankQuestion.current_revision_id == QuestionRevision.id
    same = session.scalar(select(func.count()).select_from(BankQuestion).join(QuestionRevision, current).where(*wanted))
    return same == len(question_ids)


def forget_imports(session: Session, now: datetime) -> int:
    """Give up uploads nobody decided on; their bytes go with what else the store keeps for nobody."""
    old = select(QuestionImport).where(QuestionImport.uploaded_at <= now - LIFE).limit(100)
    rows = list(session.scalars(old))
    for row in rows:
        session.delete(row)
    return len(rows)


def _add_media(
    session: Session, actor: Actor, now: datetime, bank: Bank, items: Sequence[Sound], media: Sequence[NewMedium]
) -> list[QuestionMedium]:
    """The pictures and sounds that these questions show and the bank does not have; the record of the import counts."""
    shown = media_of(from_content(item.content) for item in items) if media else frozenset()
    present = media_of_bank(session, bank.id, shown)
    rows = [
        QuestionMedium(bank_id=bank.id, uploaded_by=actor.person_id, uploaded_at=now, **asdict(new))
        for new in media
        if new.digest in shown and new.digest not in present
    ]
    session.add_all(rows)
    session.flush()
    return rows


def load_bank(
    session: Session,
    now: datetime,
    *,
    contest_id: int,
    name: str,
    entries: Sequence[Entry],
    written_by: int,
    approved_by: int,
) -> Bank:
    """A bank of approved questions, as two people would have made it. Raises `NotAllowed("own_question")`."""
    if written_by == approved_by:
        raise NotAllowed("own_question", question=name)
    bank = Bank(contest_id=contest_id, name=name, created_at=now)
    session.add(bank)
    session.flush()
    ids = add_questions(session, now, bank, entries, written_by)
    session.execute(
        update(QuestionRevision)
        .where(QuestionRevision.question_id.in_(ids))
        .values(sent_at=now, approved_at=now, approved_by=approved_by)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(BankQuestion)
        .where(BankQuestion.bank_id == bank.id)
        .values(state=QuestionState.APPROVED, approved_revision_id=BankQuestion.current_revision_id)
        .execution_options(synchronize_session=False)
    )
    note_bank(session, approved_by, now, bank, "bank.loaded", {"questions": ids, "written_by": written_by})
    return bank
