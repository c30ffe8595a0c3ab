"""Asking for the statistics of a round, and keeping them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.contests.models import Round, RoundKind
from contest.contests.queries import get_round_of
from contest.errors import DomainError, NotAllowed, NotFound
from contest.questions.policies import may_see_all
from contest.quiz.domain.sample import Sample
from contest.quiz.domain.statistics import closed_before
from contest.quiz.models import ItemStatistic, RoundStatistics
from contest.quiz.queries.statistics import Marked, is_marked, marked_now, rounds_without_statistics
from contest.work.models import WorkItem, WorkState
from contest.work.services import enqueue
from question_bank.question import Question
from question_bank.statistics import ItemFigures, Statistics, flags_of

KIND = "round statistics"
ROUNDS_AT_ONCE = 10


def begin_due_statistics(session: Session, now: datetime) -> int:
    """Queue the statistics of rounds that are over and have none; how many it was."""
    due = rounds_without_statistics(session, now, ROUNDS_AT_ONCE)
    for round_ in due:
        _queue(session, now, round_, Sample.FIRST)
    return len(due)


def request_statistics(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, round_id: int, sample: Sample
) -> None:
    """Queue the statistics of a round, anew where there are some; what stands is shown until they are done.

    Raises NotAllowed, NotFound, and DomainError: statistics_not_closed, statistics_not_marked, statistics_under_way.
    """
    if not may_see_all(actor, contest_id):
        raise NotAllowed
    round_ = get_round_of(session, contest_id, round_id)
    if round_.kind is not RoundKind.QUIZ:
        raise NotFound
    if round_.cancelled_at is not None or round_.closes_at >= closed_before(now):
        raise DomainError("statistics_not_closed")
    if not is_marked(session, round_id):
        raise DomainError("statistics_not_marked")
    _queue(session, now, round_, sample)


def store_statistics(
    session: Session,
    now: datetime,
    *,
    round_id: int,
    sample: Sample,
    marked: Marked,
    found: Statistics[int] | None,
    questions: Mapping[int, Question],
) -> None:
    """Keep what was found in place of what stood; None where no attempt counts."""
    row = session.get_one(RoundStatistics, round_id)
    row.sample, row.computed_at = sample, now
    row.results, row.marked_at = marked.results, marked.marked_at
    row.figures = found.paper.content if found else None
    session.execute(delete(ItemStatistic).where(ItemStatistic.round_id == round_id))
    if found:
        session.add_all(
            _item(round_id, revision_id, questions[revision_id], figures)
            for revision_id, figures in found.items.items()
        )
    session.flush()


def _item(round_id: int, revision_id: int, question: Question, figures: ItemFigures) -> ItemStatistic:
    discrimination = figures.discrimination
    return ItemStatistic(
        round_id=round_id,
        revision_id=revision_id,
        attempts=figures.attempts,
        facility=round(10 * figures.facility),
        discrimination=None if discrimination is None else round(10 * discrimination),
        unanswered=round(10 * figures.unanswered),
        flags=len(flags_of(question, figures)),
        figures=figures.content,
    )


def _queue(session: Session, now: datetime, round_: Round, sample: Sample) -> None:
    session.execute(select(Round.id).where(Round.id == round_.id).with_for_update(key_share=True))
    row = session.get(RoundStatistics, round_.id, populate_existing=True)
    if row is not None and session.get_one(WorkItem, row.work_id).state in {WorkState.WAITING, WorkState.RUNNING}:
        raise DomainError("statistics_under_way")
    steps = 2 * marked_now(session, round_.id).results
    work = enqueue(session, now, KIND, {"round_id": round_.id, "sample": sample.value}, total=steps)
    if row is None:
        session.add(RoundStatistics(round_id=round_.id, sample=sample, work_id=work.id))
    else:
        row.work_id = work.id
    session.flush()
