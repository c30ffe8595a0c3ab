"""What happened to a question: its revisions and what was said about them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import PersonDetails
from contest.errors import NotFound
from contest.questions.models import QuestionRevision, ReviewNote, Verdict


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that was done or said, about which revision."""

    verdict: Verdict
    note: str
    at: datetime
    person: str
    number: int


def history(session: Session, question_id: int) -> list[HistoryLine]:
    """Everything that was done and said, the latest first. One statement."""
    rows = session.execute(
        select(ReviewNote.verdict, ReviewNote.note, ReviewNote.at, PersonDetails.full_name, QuestionRevision.number)
        .join(PersonDetails, PersonDetails.person_id == ReviewNote.person_id)
        .join(QuestionRevision, QuestionRevision.id == ReviewNote.revision_id)
        .where(ReviewNote.question_id == question_id)
        .order_by(ReviewNote.at.desc(), ReviewNote.id.desc())
    )
    return [HistoryLine(*row) for row in rows]


def revision_list(session: Session, question_id: int) -> list[QuestionRevision]:
    """The revisions of a question, the newest first."""
    return list(
        session.scalars(
            select(QuestionRevision)
            .where(QuestionRevision.question_id == question_id)
            .order_by(QuestionRevision.number.desc())
        )
    )


def get_revision(session: Session, question_id: int, number: int) -> QuestionRevision:
    """One revision of a question by its number. Raises `NotFound`."""
    revision = session.scalar(
        select(QuestionRevision).where(QuestionRevision.question_id == question_id, QuestionRevision.number == number)
    )
    if revision is None:
        raise NotFound
    return revision
