"""What judges gave for the essays of a quiz, as points of its questions."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, String, cast, select
from sqlalchemy.orm import Session

from contest.contests.models import Round, RulesVersion
from contest.judging.queries import essay_scores, find_panel
from contest.questions.queries import question_of, revisions
from contest.quiz.domain.marking import read_paper
from contest.quiz.models import Attempt, AttemptResult
from contest.standings.domain.judged import EssayMark, essay_points
from question_bank.question import Question

HAS_ESSAYS: ColumnElement[bool] = cast(AttemptResult.judged_slots, String) != "[]"
"""Whether there is something of an attempt that judges score."""


def essays_of(session: Session, round_: Round, rules: RulesVersion) -> dict[int, tuple[EssayMark, ...]]:
    """The essays of each attempt that has some, by its id; without a score where the case was set aside.

    Nothing where these rules have no rubric. Five statements.
    """
    panel = find_panel(rules, round_.kind)
    if panel is None:
        return {}
    scores = essay_scores(session, round_)
    written = session.execute(
        select(Attempt.id, Attempt.paper, AttemptResult.judged_slots)
        .join(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .where(Attempt.round_id == round_.id, HAS_ESSAYS)
    ).all()
    asked = {
        attempt_id: {slot: place for slot, place in enumerate(read_paper(paper), start=1) if slot in slots}
        for attempt_id, paper, slots in written
    }
    questions = _questions(session, (place.revision_id for places in asked.values() for place in places.values()))

    def mark(attempt_id: int, slot: int, most: int) -> EssayMark:
        score = scores.get(attempt_id, {}).get(slot)
        earned = essay_points(score, panel.scale, most) if score is not None else 0
        return EssayMark(slot, score, panel.scale, panel.decimals, earned, most)

    return {
        attempt_id: tuple(mark(attempt_id, slot, place.worth(questions)) for slot, place in places.items())
        for attempt_id, places in asked.items()
    }


def _questions(session: Session, revision_ids: Iterable[int]) -> dict[int, Question]:
    return {revision_id: question_of(each) for revision_id, each in revisions(session, set(revision_ids)).items()}
