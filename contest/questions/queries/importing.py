"""Files on their way into a bank: what was uploaded, what the bank has already."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.errors import NotFound
from contest.questions.models import BankQuestion, QuestionImport, QuestionRevision
from contest.work.models import WorkItem, WorkState


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of a file has come, in per cent; `has_failed` when nobody tries any more."""

    percent: int
    has_failed: bool


def get_import(
    session: Session, bank_id: int, import_id: int, person_id: int, since: datetime, *, is_locked: bool = False
) -> QuestionImport:
    """What this person uploaded for this bank since then. Raises `NotFound`."""
    statement = select(QuestionImport).where(
        QuestionImport.id == import_id,
        QuestionImport.bank_id == bank_id,
        QuestionImport.person_id == person_id,
        QuestionImport.uploaded_at > since,
    )
    if is_locked:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def recent_imports(session: Session, bank_id: int, person_id: int, since: datetime) -> list[QuestionImport]:
    """What this person uploaded for this bank since then, the newest first. One statement."""
    return list(
        session.scalars(
            select(QuestionImport)
            .where(
                QuestionImport.bank_id == bank_id,
                QuestionImport.person_id == person_id,
                QuestionImport.uploaded_at > since,
            )
            .order_by(QuestionImport.id.desc())
        )
    )


def progress_of(session: Session, work_id: int | None) -> Progress:
    """How far the reading of a file has come."""
    item = session.get(WorkItem, work_id) if work_id is not None else None
    if item is None:
        return Progress(0, has_failed=True)
    return Progress(min(item.done, item.total), item.state is WorkState.FAILED)


def codes_of_bank(session: Session, bank_id: int) -> list[str]:
    """The codes of all questions of a bank, retired ones as well."""
    return list(session.scalars(select(BankQuestion.code).where(BankQuestion.bank_id == bank_id)))


def digests_of_bank(session: Session, bank_id: int) -> set[str]:
    """The digests of all revisions of all questions of a bank."""
    statement = (
        select(QuestionRevision.digest)
        .join(BankQuestion, BankQuestion.id == QuestionRevision.question_id)
        .where(BankQuestion.bank_id == bank_id)
    )
    return set(session.scalars(statement))


def import_keys(session: Session) -> set[str]:
    """Where the store keeps what was uploaded and not yet decided. One statement."""
    return set(session.scalars(select(QuestionImport.key)))
