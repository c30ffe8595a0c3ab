"""Reading what was ruled about questions after they were answered, and the results before it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.quiz.domain.rulings import Ruling, Rulings, read_answers
from contest.quiz.models import KeyRuling, OldResult


def rulings_of(session: Session, round_id: int) -> Rulings:
    """What marking this round has to honour now. One statement."""
    rows = session.scalars(select(KeyRuling).where(KeyRuling.round_id == round_id).order_by(KeyRuling.number))
    rulings = Rulings()
    for row in rows:
        ruling = Ruling(row.act, read_answers(row.answers), row.number, row.note)
        rulings = rulings.with_ruling(row.revision_id, ruling)
    return rulings


def first_result(session: Session, attempt_id: int) -> OldResult | None:
    """What an attempt was given before anything was marked again; None where that never happened. One statement."""
    oldest = select(OldResult).where(OldResult.attempt_id == attempt_id).order_by(OldResult.marking).limit(1)
    return session.scalar(oldest)
