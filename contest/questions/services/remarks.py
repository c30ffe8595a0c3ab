"""What is said about a question: remarks, answers, and that a remark is dealt with."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.errors import DomainError, NotAllowed, NotFound
from contest.questions.models import BankQuestion, ReviewNote, Verdict
from contest.questions.policies import may_remark, may_settle
from contest.questions.queries import OPEN
from contest.questions.services.acts import ensure_note, locked_question, note_questions


def add_remark(session: Session, actor: Actor, now: datetime, *, contest_id: int, question_id: int, note: str) -> None:
    """Say something about the current revision without deciding: its author or a reviewer. Raises `note_missing`.

    What somebody else says stays open until it is settled; the author's own word asks for nothing.
    """
    question, revision = locked_question(session, actor, contest_id, question_id)
    if not may_remark(actor, contest_id, question):
        raise NotAllowed
    ensure_note(note)
    pairs = [(question, revision)]
    [said] = note_questions(
        session, actor, now, contest_id, "question.remarked", pairs, verdict=Verdict.REMARK, note=note
    )
    if question.created_by == actor.person_id:
        said.settled_by, said.settled_at = actor.person_id, now


def answer_remark(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, question_id: int, note_id: int, answer: str
) -> None:
    """Answer what was remarked; it stays open until a reviewer settles it. Raises `note_missing`, `remark_settled`."""
    question, revision = locked_question(session, actor, contest_id, question_id)
    if not may_remark(actor, contest_id, question):
        raise NotAllowed
    remark = _open_remark(session, question, note_id)
    ensure_note(answer)
    pairs = [(question, revision)]
    [said] = note_questions(
        session, actor, now, contest_id, "question.answered", pairs, verdict=Verdict.ANSWER, note=answer
    )
    said.answers_id = remark.id


def settle_remark(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, question_id: int, note_id: int
) -> None:
    """Say that a remark is dealt with. Raises `remark_settled`."""
    question, revision = locked_question(session, actor, contest_id, question_id)
    if not may_settle(actor, contest_id, question):
        raise NotAllowed
    remark = _open_remark(session, question, note_id)
    remark.settled_by, remark.settled_at = actor.person_id, now
    note_questions(session, actor, now, contest_id, "question.settled", [(question, revision)])


def settle_own_remarks(session: Session, actor: Actor, now: datetime, questions: Sequence[BankQuestion]) -> None:
    """Settle what this reviewer remarked on questions that they approve. Raises `remarks_open` for others' remarks."""
    codes = {question.id: question.code for question in questions}
    for remark in session.scalars(select(ReviewNote).where(ReviewNote.question_id.in_(codes), OPEN)):
        if remark.person_id != actor.person_id:
            raise DomainError("remarks_open", question=codes[remark.question_id])
        remark.settled_by, remark.settled_at = actor.person_id, now


def _open_remark(session: Session, question: BankQuestion, note_id: int) -> ReviewNote:
    remark = session.get(ReviewNote, note_id, populate_existing=True)
    if remark is None or remark.question_id != question.id or remark.verdict not in {Verdict.REMARK, Verdict.RETURNED}:
        raise NotFound
    if remark.settled_at is not None:
        raise DomainError("remark_settled")
    return remark
