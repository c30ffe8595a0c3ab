"""Marking what was handed in. Idempotent: by the sweep, or by the first reader of the result."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Row, bindparam, select
from sqlalchemy.dialects.postgresql import insert as upsert  # SQLite spells it the same way
from sqlalchemy.orm import Session

from contest.contests.models import RulesVersion
from contest.keys import Keys
from contest.quiz.domain.answers import Given, Save, answers_of, slots_given_in_time
from contest.quiz.domain.marking import AttemptMarks, mark_paper, read_paper
from contest.quiz.domain.prediction import PREDICTION_SLOT, read_prediction_rule
from contest.quiz.domain.rulings import Rulings
from contest.quiz.models import Attempt, AttemptResult, QuestionSet
from contest.quiz.queries import LAST_RULING, SetName, rulings_of, saves_by_attempt, saves_of
from contest.quiz.services.sets import frozen_set
from contest.statements import DirectStep, bound
from question_bank.kinds.prediction import read_prediction
from question_bank.question import Question

_FACTS = (
    select(QuestionSet.id, QuestionSet.commitment, RulesVersion.sections, LAST_RULING, AttemptResult)
    .select_from(Attempt)
    .join(QuestionSet, QuestionSet.id == Attempt.set_id)
    .join(RulesVersion, RulesVersion.id == Attempt.rules_version_id)
    .outerjoin(AttemptResult, AttemptResult.attempt_id == Attempt.id)
    .where(Attempt.id == bindparam("attempt_id"))
    .execution_options(populate_existing=True)
)


def mark_attempt(session: Session, now: datetime, attempt: Attempt, keys: Keys) -> AttemptResult:
    """The result of a closed attempt: the stored one, or made now from the journal. The caller has locked its row."""
    standing: AttemptResult | None
    set_id, commitment, sections, ruling, standing = session.execute(_FACTS, {"attempt_id": attempt.id}).one()
    if standing is not None:
        return standing
    questions = frozen_set(session, SetName(set_id, commitment), keys).questions
    rulings = Rulings() if ruling is None else rulings_of(session, attempt.round_id)
    columns = marked(attempt, saves_of(session, attempt.id), questions, sections, rulings)
    result = AttemptResult(**columns, attempt_id=attempt.id, marked_at=now)
    session.add(result)
    session.flush()
    return result


class Closed(Protocol):
    """A closed attempt as far as marking goes."""

    @property
    def paper(self) -> Any:
        """As stored."""

    @property
    def started_at(self) -> Any:
        """When time began."""

    @property
    def deadline_at(self) -> Any:
        """When time ended."""

    @property
    def submitted_at(self) -> Any:
        """When it was handed in."""


def marked(
    attempt: Closed,
    saves: Iterable[Save],
    questions: Mapping[int, Question],
    sections: Mapping[str, Any],
    rulings: Rulings,
) -> dict[str, Any]:
    """The columns of a result but its name and time: a function of nothing but its arguments."""
    answers = answers_of(saves, attempt.started_at, attempt.deadline_at)
    marks = mark_paper(read_paper(attempt.paper), questions, answers, rulings.by_revision)
    return {
        "marking": rulings.number,
        "right_count": marks.right_count,
        "question_count": marks.question_count,
        "points": marks.points,
        "duration_ms": duration_ms(attempt),
        "prediction": _prediction(sections, answers),
        "marks": _stored(marks),
        "judged_slots": marks.judged_slots,
    }


@dataclass(frozen=True, slots=True)
class MarkedAgain:
    """An attempt with the result that stands and the columns that marking it now would give."""

    standing: AttemptResult
    columns: dict[str, Any]

    @property
    def differs(self) -> bool:
        """Whether anything but the number of the marking would change."""
        return any(getattr(self.standing, name) != value for name, value in self.columns.items() if name != "marking")


def marked_again(
    session: Session, round_id: int, rulings: Rulings, keys: Keys, *, offset: int, limit: int
) -> list[MarkedAgain]:
    """A piece of a round's marked attempts, in a fixed order, marked from the journal by these rulings.

    Four statements, besides those that read a set for the first time.
    """
    rows = session.execute(
        select(Attempt, AttemptResult)
        .join(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .where(Attempt.round_id == round_id)
        .order_by(Attempt.id)
        .limit(limit)
        .offset(offset)
    ).all()
    columns = marked_together(session, [attempt for attempt, _result in rows], {round_id: rulings}, keys)
    return [MarkedAgain(standing, each) for (_attempt, standing), each in zip(rows, columns, strict=True)]


def marked_together(
    session: Session, attempts: Sequence[Attempt | Row[Any]], rulings: Mapping[int, Rulings], keys: Keys
) -> list[dict[str, Any]]:
    """The columns of a result for each of these closed attempts, by the rulings of their rounds.

    Three statements, besides those that read a set for the first time.
    """
    sections = dict(_named(session, RulesVersion.sections, {each.rules_version_id for each in attempts}))
    names = dict(_named(session, QuestionSet.commitment, {each.set_id for each in attempts}))
    saves = saves_by_attempt(session, [each.id for each in attempts])
    questions = {set_id: frozen_set(session, SetName(set_id, name), keys).questions for set_id, name in names.items()}
    return [
        marked(
            each,
            saves.get(each.id, []),
            questions[each.set_id],
            sections[each.rules_version_id],
            rulings[each.round_id],
        )
        for each in attempts
    ]


def _named(session: Session, column: Any, ids: set[int]) -> list[tuple[int, Any]]:
    rows = session.execute(select(column.class_.id, column).where(column.class_.id.in_(ids)))
    return [(row_id, value) for row_id, value in rows]


_STORE = DirectStep(upsert(AttemptResult).values(bound(AttemptResult)).on_conflict_do_nothing())


def store_result(session: Session, now: datetime, attempt_id: int, columns: Mapping[str, Any]) -> None:
    """Keep the result of an attempt that was read as closed. One that stands already says the same, and stays.

    No lock is needed: once handing in is committed, every save that counts is, too.
    """
    _STORE.rows(session, **columns, attempt_id=attempt_id, marked_at=now)


def slots_in_time(session: Session, public_id: str, client: str, seq: int) -> set[str]:
    """Which slots of a stored batch were given before the deadline: the question that only the tolerance raises."""
    attempt = session.scalars(select(Attempt).where(Attempt.public_id == public_id)).one()
    saves = [save for save in saves_of(session, attempt.id) if save.client == client and save.seq <= seq]
    return slots_given_in_time(saves, seq, attempt.started_at, attempt.deadline_at)


def duration_ms(attempt: Closed) -> int:
    """Hand-in received - start, in whole milliseconds; the time allowed when it ran out."""
    end: datetime = min(attempt.submitted_at or attempt.deadline_at, attempt.deadline_at)
    milliseconds: int = (end - attempt.started_at) // timedelta(milliseconds=1)
    return milliseconds


def _prediction(sections: Mapping[str, Any], answers: Mapping[str, Given]) -> int | None:
    given = answers.get(PREDICTION_SLOT)
    if given is None or "prediction" not in sections:
        return None
    rule = read_prediction_rule(sections["prediction"])
    return read_prediction(given.response, is_percent=rule.is_percent)


def _stored(marks: AttemptMarks) -> list[list[object]]:
    return [[slot.revision_id, slot.response, slot.points, slot.is_right] for slot in marks.slots]
