"""Which cases a judge may take."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.contests.models import Role, Round, Seat
from contest.judging.domain.panel import Panel
from contest.judging.models import JudgeConflict, JudgingCase, ScoreSheet
from contest.judging.queries.panel import COUNTS
from contest.participation.models import Participation

_OPEN: ColumnElement[bool] = and_(ScoreSheet.released_at.is_(None), ScoreSheet.locked_at.is_(None))


def own_open_sheets(actor: Actor, round_id: int) -> Select[ScoreSheet]:
    """The judge's sheets that can be filled now, the earliest first, also when their lease is over."""
    return (
        select(ScoreSheet)
        .join(JudgingCase, JudgingCase.id == ScoreSheet.case_id)
        .join(Participation, Participation.id == JudgingCase.participation_id)
        .where(JudgingCase.round_id == round_id, ScoreSheet.judge_id == actor.person_id, _OPEN, COUNTS)
        .order_by(ScoreSheet.taken_at, ScoreSheet.id)
    )


def takeable_cases(actor: Actor, now: datetime, round_: Round, panel: Panel) -> Select[JudgingCase]:
    """Cases with a free seat that this judge may have, in the random order of the round.

    Never one that the judge scores already or has given back, nor one whose author shares a noted conflict; and never,
    for somebody who is or was a chief, one whose sheets were already complete once: a chief may have seen them.
    """
    person_id, contest_id = actor.person_id, round_.contest_id
    has_seen = and_(_was_unlocked(), exists().where(Seat.person_id == person_id, was_chief(contest_id)))
    barred = (_has_own_sheet(person_id), _has_conflict(contest_id, person_id), has_seen)
    return (
        select(JudgingCase)
        .join(Participation, Participation.id == JudgingCase.participation_id)
        .where(JudgingCase.round_id == round_.id, COUNTS, _held_seats(now) < panel.judges, *(~each for each in barred))
        .order_by(JudgingCase.position, JudgingCase.id)
    )


def takeable_count(session: Session, actor: Actor, now: datetime, round_: Round, panel: Panel) -> int:
    """How many cases this judge could take now, besides those already taken."""
    statement = takeable_cases(actor, now, round_, panel).order_by(None)
    return session.scalar(select(func.count()).select_from(statement.subquery())) or 0


def _held_seats(now: datetime) -> ColumnElement[int]:
    is_held = or_(ScoreSheet.locked_at.is_not(None), ScoreSheet.leased_until > now)
    return (
        select(func.count())
        .where(ScoreSheet.case_id == JudgingCase.id, ScoreSheet.released_at.is_(None), is_held)
        .correlate(JudgingCase)
        .scalar_subquery()
    )


def _has_own_sheet(judge_id: int) -> ColumnElement[bool]:
    bars = or_(ScoreSheet.released_at.is_(None), ScoreSheet.return_reason != "")
    return exists().where(ScoreSheet.case_id == JudgingCase.id, ScoreSheet.judge_id == judge_id, bars)


def _has_conflict(contest_id: int, judge_id: int) -> ColumnElement[bool]:
    touches = or_(
        JudgeConflict.unit_id == Participation.unit_id,
        JudgeConflict.participation_id == JudgingCase.participation_id,
    )
    return exists().where(JudgeConflict.contest_id == contest_id, JudgeConflict.judge_id == judge_id, touches)


def was_chief(contest_id: int) -> ColumnElement[bool]:
    """Whether a seat is or was a chief judge's of this contest."""
    return and_(Seat.contest_id == contest_id, Seat.role == Role.CHIEF_JUDGE)


def _was_unlocked() -> ColumnElement[bool]:
    return exists().where(ScoreSheet.case_id == JudgingCase.id, ScoreSheet.reopened_at.is_not(None))
