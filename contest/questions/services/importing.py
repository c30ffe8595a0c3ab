"""Many questions at once: a file of the committee, all of it or nothing; a ready bank for the samples."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.errors import DomainError, NotAllowed
from contest.questions.models import Bank, BankQuestion, QuestionRevision, QuestionState
from contest.questions.policies import may_write
from contest.questions.services.acts import note_bank
from contest.questions.services.writing import Entry, add_questions
from question_bank.formats import Import


def import_questions(session: Session, actor: Actor, now: datetime, bank: Bank, parsed: Import) -> int:
    """Take over every question of a file as a draft of the actor; returns how many.

    Raises `file_faulty` when the file has any fault, and `code_taken`.
    """
    if not may_write(actor, bank.contest_id):
        raise NotAllowed
    if parsed.faults or not parsed.questions:
        raise DomainError("file_faulty", field="file")
    entries = [(item.code, item.question) for item in parsed.questions]
    ids = add_questions(session, now, bank, entries, actor.person_id)
    note_bank(session, actor.person_id, now, bank, "questions.imported", {"questions": ids})
    return len(ids)


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
