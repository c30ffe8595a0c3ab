"""What happened to a question: its revisions and what was said about them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from contest.accounts.models import PersonDetails
from contest.errors import NotFound
from contest.questions.models import QuestionRevision, ReviewNote, Verdict

OPEN = and_(ReviewNote.verdict.in_((Verdict.REMARK, Verdict.RETURNED)), ReviewNote.settled_at.is_(None))
"""What was remarked, or why a question was returned, until it is settled."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that was done or said, about which revision. An answer names what it answers."""

    id: int
    verdict: Verdict
    note: str
    at: datetime
    person: str
    number: int
    answers_id: int | None
    settled_at: datetime | None
    settled_by: str | None

    @property
    def is_open(self) -> bool:
        """Whether it still asks for something."""
        return self.verdict in {Verdict.REMARK, Verdict.RETURNED} and self.settled_at is None


def history(session: Session, question_id: int) -> list[HistoryLine]:
    """Everything that was done and said, the latest first. One statement."""
    settler = aliased(PersonDetails)
    rows = session.execute(
        select(
            ReviewNote.id,
            ReviewNote.verdict,
            ReviewNote.note,
            ReviewNote.at,
            PersonDetails.full_name,
            QuestionRevision.number,
            ReviewNote.answers_id,
            ReviewNote.settled_at,
            settler.full_name,
        )
        .join(PersonDetails, PersonDetails.person_id == ReviewNote.person_id)
        .join(QuestionRevision, QuestionRevision.id == ReviewNote.revision_id)
        .outerjoin(settler, settler.person_id == ReviewNote.settled_by)
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


def revision_ids(session: Session, question_ids: Collection[int]) -> dict[int, int]:
    """The revisions of these questions, each with its question."""
    rows = session.execute(
        select(QuestionRevision.id, QuestionRevision.question_id).where(QuestionRevision.question_id.in_(question_ids))
    )
    return dict(rows.all())


def questions_worded_by(session: Session, person_id: int, question_ids: Collection[int]) -> set[int]:
    """Which of these questions have, or once had, words that somebody wrote in whatever question. One statement.

    Copies go to other contests and other authors, and a comma changed there makes nobody else of who wrote the rest.
    """
    own = aliased(QuestionRevision)
    worded = (
        select(QuestionRevision.question_id)
        .join(own, own.digest == QuestionRevision.digest)
        .where(QuestionRevision.question_id.in_(question_ids), own.written_by == person_id)
    )
    return set(session.scalars(worded))
