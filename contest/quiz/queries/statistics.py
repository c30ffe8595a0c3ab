"""Reading what a round's statistics are made of, and the statistics that stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from contest.contests.models import Round, RoundKind
from contest.errors import NotFound
from contest.i18n import search_key
from contest.paging import Page, page_of
from contest.participation.models import Participation
from contest.questions.models import BankQuestion, QuestionRevision
from contest.questions.queries import question_of
from contest.quiz.domain.sample import Sample
from contest.quiz.domain.statistics import Counted, closed_before, questions_counted
from contest.quiz.models import (
    Attempt,
    AttemptResult,
    ItemStatistic,
    QuestionSet,
    QuestionSetItem,
    RoundStatistics,
)
from contest.quiz.queries.rulings import rulings_of
from contest.work.models import WorkItem, WorkState
from question_bank.question import Question, from_content
from question_bank.statistics import item_figures
from question_bank.statistics.workbook import Line

SORTS = ("-flags", "code", "facility", "discrimination", "unanswered", "attempts")
_COLUMNS = {
    "flags": ItemStatistic.flags,
    "code": BankQuestion.code,
    "facility": ItemStatistic.facility,
    "discrimination": ItemStatistic.discrimination,
    "unanswered": ItemStatistic.unanswered,
    "attempts": ItemStatistic.attempts,
}


@dataclass(frozen=True, slots=True)
class Marked:
    """How many results of a round count for statistics, and when the last of them was marked."""

    results: int
    marked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A closed quiz round with its statistics, and the work on them."""

    round: Round
    statistics: RoundStatistics | None
    work: WorkItem | None
    flagged: int

    @property
    def is_under_way(self) -> bool:
        """Whether the work waits or runs."""
        return self.work is not None and self.work.state in {WorkState.WAITING, WorkState.RUNNING}

    @property
    def has_failed(self) -> bool:
        """Whether the work was given up."""
        return self.work is not None and self.work.state is WorkState.FAILED


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One question of a round with its statistics."""

    item: ItemStatistic
    revision: QuestionRevision
    code: str

    def question(self, counted: Mapping[int, Question]) -> Question:
        """The question by the key that counts now; one that was called off meanwhile by its own."""
        return counted.get(self.item.revision_id) or question_of(self.revision)


def is_marked_wholly(round_id: ColumnElement[int] | int) -> ColumnElement[bool]:
    """Whether every attempt of a round has a result."""
    unmarked = (
        select(Attempt.id)
        .outerjoin(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .where(Attempt.round_id == round_id, AttemptResult.attempt_id.is_(None))
    )
    return ~exists(unmarked)


def rounds_without_statistics(session: Session, now: datetime, most: int) -> list[Round]:
    """Closed and marked quiz rounds that somebody took and nobody has drawn up statistics of."""
    answered = exists(select(Attempt.id).where(Attempt.round_id == Round.id))
    statement = (
        select(Round)
        .outerjoin(RoundStatistics, RoundStatistics.round_id == Round.id)
        .where(
            Round.kind == RoundKind.QUIZ,
            Round.closes_at < closed_before(now),
            Round.cancelled_at.is_(None),
            RoundStatistics.round_id.is_(None),
            answered,
            is_marked_wholly(Round.id.expression),
        )
        .order_by(Round.closes_at)
        .limit(most)
    )
    return list(session.scalars(statement))


def is_marked(session: Session, round_id: int) -> bool:
    """Whether every attempt of the round has a result."""
    return bool(session.scalar(select(is_marked_wholly(round_id))))


def marked_now(session: Session, round_id: int) -> Marked:
    """What there is to draw statistics up from: the results of everybody who is not excluded. One statement."""
    row = session.execute(
        select(func.count(), func.max(AttemptResult.marked_at))
        .select_from(Attempt)
        .join(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .join(Participation, Participation.id == Attempt.participation_id)
        .where(Attempt.round_id == round_id, Participation.excluded_at.is_(None))
    ).one()
    return Marked(*row)


def counted_questions(session: Session, round_id: int) -> Counted:
    """The questions of the round's sets that a machine marks, by revision and by the keys that count now."""
    rows = session.execute(
        select(QuestionRevision.id, QuestionRevision.content)
        .join(QuestionSetItem, QuestionSetItem.revision_id == QuestionRevision.id)
        .join(QuestionSet, QuestionSet.id == QuestionSetItem.set_id)
        .where(QuestionSet.round_id == round_id)
    )
    questions = {revision_id: from_content(content) for revision_id, content in rows}
    return questions_counted(questions, rulings_of(session, round_id).by_revision)


def sampled_attempts(
    session: Session, round_id: int, sample: Sample, after: int, most: int
) -> Sequence[tuple[int, Any, Any]]:
    """Id, paper and marks of the next attempts that count, in order of their ids. One statement."""
    statement = (
        select(Attempt.id, Attempt.paper, AttemptResult.marks)
        .join(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .join(Participation, Participation.id == Attempt.participation_id)
        .where(Attempt.round_id == round_id, Participation.excluded_at.is_(None), Attempt.id > after)
        .order_by(Attempt.id)
        .limit(most)
    )
    if sample is not Sample.ALL:
        statement = statement.where(~_preferred(sample))
    return [(attempt_id, paper, marks) for attempt_id, paper, marks in session.execute(statement)]


def _preferred(sample: Sample) -> ColumnElement[bool]:
    """Whether the same person has another attempt in the round that counts instead: an earlier one, or a better."""
    other, result = aliased(Attempt), aliased(AttemptResult)
    is_earlier = other.number < Attempt.number
    is_better = or_(result.points > AttemptResult.points, and_(result.points == AttemptResult.points, is_earlier))
    statement = (
        select(other.id)
        .join(result, result.attempt_id == other.id)
        .where(
            other.round_id == Attempt.round_id,
            other.participation_id == Attempt.participation_id,
            is_earlier if sample is Sample.FIRST else is_better,
        )
    )
    return exists(statement)


def standing_page(
    session: Session, contest_id: int, now: datetime, words: str, number: int, *, is_descending: bool
) -> Page[Standing]:
    """The contest's quiz rounds that are over, with how far their statistics are."""
    order = Round.closes_at.desc() if is_descending else Round.closes_at.asc()
    statement = (
        _standings(now)
        .where(Round.contest_id == contest_id, Round.name.icontains(words, autoescape=True))
        .order_by(order, Round.id)
    )
    return page_of(session, statement, number, make=lambda row: Standing(*row))


def get_standing(session: Session, contest_id: int, round_id: int, now: datetime) -> Standing:
    """One of these rounds. Raises `NotFound`, also for one that is not over."""
    row = session.execute(_standings(now).where(Round.contest_id == contest_id, Round.id == round_id)).first()
    if row is None:
        raise NotFound
    return Standing(*row)


def _standings(now: datetime) -> Select[*tuple[Any, ...]]:
    flagged = (
        select(func.count())
        .select_from(ItemStatistic)
        .where(ItemStatistic.round_id == Round.id, ItemStatistic.flags > 0)
        .scalar_subquery()
    )
    return (
        select(Round, RoundStatistics, WorkItem, flagged)
        .outerjoin(RoundStatistics, RoundStatistics.round_id == Round.id)
        .outerjoin(WorkItem, WorkItem.id == RoundStatistics.work_id)
        .where(Round.kind == RoundKind.QUIZ, Round.cancelled_at.is_(None), Round.closes_at < closed_before(now))
    )


def item_page(
    session: Session, round_id: int, *, words: str, is_flagged_only: bool, sort: str, is_descending: bool, number: int
) -> Page[ItemRow]:
    """The questions of a round. Those without a value in the column that orders them come last."""
    column = _COLUMNS[sort]
    statement = _items(round_id).order_by(
        (column.desc() if is_descending else column.asc()).nulls_last(), BankQuestion.code
    )
    if words:
        statement = statement.where(BankQuestion.search_key.contains(search_key(words), autoescape=True))
    if is_flagged_only:
        statement = statement.where(ItemStatistic.flags > 0)
    return page_of(session, statement, number, make=lambda row: ItemRow(*row))


def all_items(session: Session, round_id: int) -> list[ItemRow]:
    """All questions of a round in the order of their codes."""
    return [ItemRow(*row) for row in session.execute(_items(round_id).order_by(BankQuestion.code))]


def statistics_lines(session: Session, round_id: int) -> dict[int, Line]:
    """What a report says of the questions of a round, by revision and in the order of their codes."""
    questions = counted_questions(session, round_id).questions
    return {
        row.item.revision_id: Line(row.code, row.question(questions), item_figures(row.item.figures))
        for row in all_items(session, round_id)
    }


def get_item(session: Session, round_id: int, revision_id: int) -> ItemRow:
    """One question of a round. Raises `NotFound`."""
    row = session.execute(_items(round_id).where(ItemStatistic.revision_id == revision_id)).first()
    if row is None:
        raise NotFound
    return ItemRow(*row)


def _items(round_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(ItemStatistic, QuestionRevision, BankQuestion.code)
        .join(QuestionRevision, QuestionRevision.id == ItemStatistic.revision_id)
        .join(BankQuestion, BankQuestion.id == QuestionRevision.question_id)
        .where(ItemStatistic.round_id == round_id)
    )
