"""Essay answers of a quiz as subjects of judging: those of every attempt that may stand for its person."""

from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.models import Round, RoundKind
from contest.contests.queries import rules_at_closing
from contest.errors import NotFound
from contest.judging.hooks import BlindAnswer, CaseSource, Content, Readiness, Subject
from contest.judging.models import CaseKind
from contest.judging.queries.panel import judged_results
from contest.participation.models import Participation
from contest.questions.models import QuestionRevision
from contest.questions.queries import question_of, revisions
from contest.quiz.domain.policy import candidates, read_policy
from contest.quiz.models import Attempt, AttemptResult, QuestionSet, QuestionSetItem
from question_bank.kinds import judged_kinds, kind_of
from question_bank.paper import from_paper
from question_bank.text import count_words

SLOTS = 1000
"""More than any paper has: an essay answer is named by its attempt's id times this, plus its slot."""


def essay_answers(session: Session, round_: Round) -> list[Subject]:
    """What judges score of a quiz round, without those excluded. Two statements.

    Where the best attempt counts, that is the essays of all attempts: which is best depends on their scores.
    """
    rules = rules_at_closing(session, round_)
    if round_.kind is not RoundKind.QUIZ or rules is None or "attempts" not in rules.sections:
        return []
    counted = read_policy(rules.sections["attempts"]).counted
    attempts = session.execute(
        select(
            Attempt.id, Attempt.participation_id, Attempt.submitted_at, Attempt.deadline_at, AttemptResult.judged_slots
        )
        .join(Participation, Participation.id == Attempt.participation_id)
        .outerjoin(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .where(Attempt.round_id == round_.id, Participation.excluded_at.is_(None))
        .order_by(Attempt.participation_id, Attempt.started_at, Attempt.number)
    )
    return [
        subject
        for _participation, mine in groupby(attempts, key=lambda row: row.participation_id)
        for attempt in candidates(list(mine), counted)
        for subject in _subjects(attempt)
    ]


def _subjects(attempt: Any) -> list[Subject]:
    """An attempt that isn't marked yet stands for whatever it holds."""
    is_marked = attempt.judged_slots is not None
    readiness = Readiness.READY if is_marked else Readiness.CHECKING
    handed_in_at = attempt.submitted_at or attempt.deadline_at
    return [
        Subject(attempt.id * SLOTS + slot, attempt.participation_id, handed_in_at, readiness)
        for slot in (attempt.judged_slots if is_marked else [0])
    ]


def essay_content(session: Session, subject_id: int) -> Content:
    """The question with its guide, and the text. Raises `NotFound`. Two statements."""
    attempt_id, slot = divmod(subject_id, SLOTS)
    marks = session.scalar(select(AttemptResult.marks).where(AttemptResult.attempt_id == attempt_id))
    if marks is None:
        raise NotFound
    revision_id, raw = marks[slot - 1][:2]
    question = question_of(revisions(session, {revision_id})[revision_id])
    text = str(from_paper(question, (), raw))
    guide = str(kind_of(question.kind).setting(question, "guide"))
    answer = BlindAnswer(1, question.text, "text", text, count_words(text), guide=guide, is_marked_up=True)
    return Content(question.topic, (answer,))


def essay_scores(session: Session, round_: Round) -> dict[int, dict[int, int]]:
    """The official scores (1/1000 point of the panel's scale) by attempt and slot; a case set aside has none.

    Three statements. Raises `panel_missing`.
    """
    found: dict[int, dict[int, int]] = {}
    for judged in judged_results(session, round_):
        if judged.kind is CaseKind.RESPONSE and judged.score is not None:
            attempt_id, slot = divmod(judged.subject_id, SLOTS)
            found.setdefault(attempt_id, {})[slot] = judged.score
    return found


def rounds_with_essays(session: Session, contest_id: int) -> list[Round]:
    """The quiz rounds from whose sets judges' work may be drawn. One statement."""
    drawing = (
        select(QuestionSet.round_id)
        .join(QuestionSetItem, QuestionSetItem.set_id == QuestionSet.id)
        .join(QuestionRevision, QuestionRevision.id == QuestionSetItem.revision_id)
        .where(QuestionRevision.kind.in_(judged_kinds()))
    )
    rounds = select(Round).where(Round.contest_id == contest_id, Round.kind == RoundKind.QUIZ, Round.id.in_(drawing))
    return list(session.scalars(rounds.order_by(Round.opens_at, Round.id)))


ESSAY_SOURCE = CaseSource(essay_answers, essay_content)
