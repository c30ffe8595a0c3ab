"""Reading what a question counts on the papers of a round."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.quiz.models import QuestionSet, QuestionSetItem
from contest.quiz.services.sets import read_blueprint
from question_bank.drawing import PreparedPool
from question_bank.pool import pool_item
from question_bank.question import Question


def points_on_papers(session: Session, round_id: int, revision_id: int, question: Question) -> list[int]:
    """The points (1/1000) by each line of the round's papers that draws this question, smallest first. One statement.

    A line without points of its own leaves the question those that it says itself.
    """
    holding = (
        select(QuestionSet.blueprint)
        .join(QuestionSetItem, QuestionSetItem.set_id == QuestionSet.id)
        .where(QuestionSet.round_id == round_id, QuestionSetItem.revision_id == revision_id)
    )
    pool = PreparedPool([pool_item(revision_id, question)])
    blueprints = [read_blueprint(stored) for stored in session.scalars(holding)]
    return sorted(
        {
            question.points if row.points is None else row.points
            for blueprint in blueprints
            for row in blueprint.rows
            if pool.candidates(row, blueprint.version)
        }
    )
