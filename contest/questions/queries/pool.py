"""What a quiz draws from."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.questions.models import Bank, BankQuestion, QuestionRevision, QuestionState, RoundBank
from question_bank.kinds import kinds
from question_bank.question import Question, from_content

STANDING = BankQuestion.state != QuestionState.RETIRED
IN_USE = (BankQuestion.approved_revision_id.is_not(None)) & STANDING


def bank_of_round(session: Session, round_id: int) -> Bank | None:
    """The bank from which a round draws, once one is assigned."""
    return session.scalar(
        select(Bank).join(RoundBank, RoundBank.bank_id == Bank.id).where(RoundBank.round_id == round_id)
    )


def approved_revisions(session: Session, bank_id: int) -> list[QuestionRevision]:
    """The pool of a bank: the approved revision of each question that is not retired, in order of their ids.

    A kind that no paper draws, such as a prediction, is not in it.
    """
    drawn = [kind.code for kind in kinds() if kind.is_drawn]
    return list(
        session.scalars(
            select(QuestionRevision)
            .join(BankQuestion, BankQuestion.approved_revision_id == QuestionRevision.id)
            .where(BankQuestion.bank_id == bank_id, IN_USE, QuestionRevision.kind.in_(drawn))
            .order_by(QuestionRevision.id)
        )
    )


def revisions(session: Session, ids: Collection[int]) -> dict[int, QuestionRevision]:
    """Revisions by their ids."""
    rows = session.scalars(select(QuestionRevision).where(QuestionRevision.id.in_(ids)))
    return {revision.id: revision for revision in rows}


def in_review_count(session: Session, bank_id: int) -> int:
    """How many questions of a bank wait for a reviewer."""
    waiting = (BankQuestion.bank_id == bank_id) & (BankQuestion.state == QuestionState.IN_REVIEW)
    return session.scalar(select(func.count()).select_from(BankQuestion).where(waiting)) or 0


def question_of(revision: QuestionRevision) -> Question:
    """The question that a revision holds."""
    return from_content(revision.content)
