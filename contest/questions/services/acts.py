"""What all acts on questions share: the lock and the record."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.audit.services import record
from contest.errors import DomainError, NotFound
from contest.questions.models import Bank, BankQuestion, QuestionRevision, ReviewNote, Verdict
from contest.questions.policies import DESK, seen_author

Pair = tuple[BankQuestion, QuestionRevision]
"""A question and its current revision."""


def locked_questions(session: Session, actor: Actor, contest_id: int, question_ids: Collection[int]) -> list[Pair]:
    """The questions with their current revisions, locked in one order. Raises `NotFound` for any one may not see."""
    author = seen_author(actor, contest_id)
    statement = (
        select(BankQuestion, QuestionRevision)
        .join(Bank, Bank.id == BankQuestion.bank_id)
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id)
        .where(Bank.contest_id == contest_id, BankQuestion.id.in_(question_ids))
        .order_by(BankQuestion.id)
        .with_for_update(of=BankQuestion)
        .execution_options(populate_existing=True)
    )
    if author is not None:
        statement = statement.where(BankQuestion.created_by == author)
    pairs = [(question, revision) for question, revision in session.execute(statement)]
    if not pairs or len(pairs) < len(set(question_ids)) or not actor.holds(contest_id, *DESK):
        raise NotFound
    return pairs


def locked_question(session: Session, actor: Actor, contest_id: int, question_id: int) -> Pair:
    """One of them."""
    [pair] = locked_questions(session, actor, contest_id, [question_id])
    return pair


def note_questions(
    session: Session,
    actor: Actor,
    now: datetime,
    contest_id: int,
    act: str,
    pairs: Sequence[Pair],
    *,
    verdict: Verdict | None = None,
    note: str = "",
) -> list[ReviewNote]:
    """One record for an act on one or more questions, and with a verdict also the lines that the desk shows.

    A question's digest is a detail: as a fact, without salt, it would confirm a guess at the question.
    """
    said = [_review_note(pair, actor, now, verdict, note) for pair in pairs] if verdict is not None else []
    session.add_all(said)
    first = pairs[0][0]
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        scope=contest_id,
        act=act,
        subject=f"question:{first.id}" if len(pairs) == 1 else f"bank:{first.bank_id}",
        facts={"questions": [{"id": question.id, "revision": revision.number} for question, revision in pairs]},
        detail={
            "digests": {str(question.id): revision.digest for question, revision in pairs},
            **({"note": note} if note else {}),
        },
    )
    return said


def note_bank(
    session: Session,
    actor_id: int,
    now: datetime,
    bank: Bank,
    act: str,
    facts: Mapping[str, object],
    detail: Mapping[str, object] | None = None,
) -> None:
    """One record for an act on a bank as a whole, or on what it holds beside questions."""
    session.flush()
    record(
        session,
        actor_id=actor_id,
        now=now,
        scope=bank.contest_id,
        act=act,
        subject=f"bank:{bank.id}",
        facts=facts,
        detail=detail,
    )


def lock_bank(session: Session, bank_id: int | ScalarSelect[int]) -> None:
    """Whoever changes codes or topics of a bank waits for whoever does so now."""
    session.execute(select(Bank.id).where(Bank.id == bank_id).with_for_update())


def ensure_note(note: str) -> None:
    """Raise `note_missing` where a reason has to be given."""
    if not note.strip():
        raise DomainError("note_missing", field="note")


def _review_note(pair: Pair, actor: Actor, now: datetime, verdict: Verdict, note: str) -> ReviewNote:
    question, revision = pair
    return ReviewNote(
        question_id=question.id,
        revision_id=revision.id,
        person_id=actor.person_id,
        at=now,
        verdict=verdict,
        note=note,
    )
