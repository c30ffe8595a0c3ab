"""Reading whom an applied correction gives another result, and what to tell them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from contest.accounts.models import Person
from contest.contests.models import Contest, Round
from contest.corrections.models import Correction, CorrectionState, Move, NewMark
from contest.quiz.models import Attempt, OldResult


@dataclass(frozen=True, slots=True)
class RoundNamed:
    """A round as somebody who is told about it needs it."""

    contest_id: int
    contest_slug: str
    contest_title: str
    organizer_name: str
    round_name: str
    round_public_id: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What an attempt counts: questions answered rightly of how many, and points in 1/1000."""

    right: int
    questions: int
    points: int


@dataclass(frozen=True, slots=True)
class Rescored:
    """An attempt whose result a correction changed."""

    public_id: str
    number: int
    before: Counted
    after: Counted


@dataclass(frozen=True, slots=True)
class Affected:
    """Somebody with those of their attempts whose result a correction changed, in order."""

    person_id: int
    locale: str
    attempts: tuple[Rescored, ...]


def round_named(session: Session, round_id: int) -> RoundNamed:
    """The round with its contest, for what is told about it."""
    statement = select(Contest.id, Contest.slug, Contest.title, Contest.organizer_name, Round.name, Round.public_id)
    return RoundNamed(*session.execute(statement.join(Round).where(Round.id == round_id)).one())


def people_affected(session: Session, correction: Correction) -> list[Affected]:
    """Everybody who has an attempt with another result by an applied correction. One statement.

    They may all read it: nothing is corrected before its round is closed, and a closed one is never opened again.
    """
    old = aliased(OldResult)
    replaced = select(func.max(old.marking)).where(
        old.attempt_id == NewMark.attempt_id, old.marking <= correction.basis
    )
    columns = ("right_count", "question_count", "points")
    rows = session.execute(
        select(
            Attempt.person_id,
            Person.locale,
            Attempt.public_id,
            Attempt.number,
            *(getattr(OldResult, name) for name in columns),
            *(getattr(NewMark, name) for name in columns),
        )
        .select_from(NewMark)
        .join(Attempt, Attempt.id == NewMark.attempt_id)
        .join(Person, Person.id == Attempt.person_id)
        .join(OldResult, OldResult.attempt_id == NewMark.attempt_id)
        .where(
            NewMark.correction_id == correction.id,
            OldResult.marking == replaced.correlate(NewMark).scalar_subquery(),
            or_(*(getattr(OldResult, name) != getattr(NewMark, name) for name in columns)),
        )
        .order_by(Attempt.person_id, Attempt.number)
    )
    return [
        Affected(*person, tuple(Rescored(row[2], row[3], Counted(*row[4:7]), Counted(*row[7:])) for row in own))
        for person, own in groupby(rows, key=lambda row: (row[0], row[1]))
    ]


def moved_in_rank(session: Session, round_id: int, since: datetime, until: datetime) -> dict[int, int]:
    """The last correction applied in this time that gave each participation another rank or prize. One statement."""
    rows = session.execute(
        select(Move.participation_id, func.max(Move.correction_id).label("last"))
        .join(Correction, Correction.id == Move.correction_id)
        .where(
            Correction.round_id == round_id,
            Correction.state == CorrectionState.APPLIED,
            Correction.applied_at > since,
            Correction.applied_at <= until,
            or_(Move.rank_before.is_distinct_from(Move.rank_after), Move.prize_before != Move.prize_after),
        )
        .group_by(Move.participation_id)
    )
    return {row.participation_id: row.last for row in rows}


def applied_ids(session: Session, round_id: int) -> Collection[int]:
    """The corrections that were applied to a round."""
    applied = (Correction.round_id == round_id, Correction.state == CorrectionState.APPLIED)
    return session.scalars(select(Correction.id).where(*applied)).all()
