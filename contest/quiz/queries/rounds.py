"""Reading quiz rounds: their page, what may be shown of them, and how many take part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from contest.contests.models import Contest, Round, RoundKind, RulesVersion
from contest.errors import NotFound
from contest.questions.models import BankQuestion, QuestionRevision, RoundBank
from contest.quiz.domain.policy import MAX_TOLERANCE_SECONDS
from contest.quiz.models import Attempt, AttemptState, QuestionSet, QuestionSetItem


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A quiz round with its contest, the rules in force and the commitment of its frozen set."""

    round: Round
    contest: Contest
    rules: RulesVersion | None
    commitment: str | None


def get_round_page(session: Session, public_id: str) -> RoundPage:
    """A quiz round for its page. Raises `NotFound`."""
    row = session.execute(
        select(Round, Contest, RulesVersion, QuestionSet.commitment)
        .join(Contest, Contest.id == Round.contest_id)
        .outerjoin(RulesVersion, (RulesVersion.contest_id == Contest.id) & (RulesVersion.state == "in_force"))
        .outerjoin(QuestionSet, QuestionSet.round_id == Round.id)
        .where(Round.public_id == public_id, Round.kind == RoundKind.QUIZ)
        .order_by(QuestionSet.number.desc())
        .limit(1)
    ).first()
    if row is None:
        raise NotFound
    return RoundPage(*row)


def may_key_show(session: Session, round_: Round, now: datetime) -> bool:
    """Whether nobody can answer a question of this round's sets any more, in this round or any other.

    Until then no right answer may be shown (promise 3): the same bank may serve several rounds, also one that is not
    released yet, and answers given in time may still arrive after a round has closed. A cancelled round shows none:
    another one may take its place.
    """
    if round_.cancelled_at is not None:
        return False
    mine = (
        select(QuestionSetItem.revision_id)
        .join(QuestionSet, QuestionSet.id == QuestionSetItem.set_id)
        .where(QuestionSet.round_id == round_.id)
    )
    drawing = (
        select(QuestionSet.round_id)
        .join(QuestionSetItem, QuestionSetItem.set_id == QuestionSet.id)
        .where(QuestionSetItem.revision_id.in_(mine))
    )
    to_draw = (
        select(RoundBank.round_id)
        .join(BankQuestion, BankQuestion.bank_id == RoundBank.bank_id)
        .join(QuestionRevision, QuestionRevision.question_id == BankQuestion.id)
        .where(QuestionRevision.id.in_(mine))
    )
    still_answered = (
        select(Round.id)
        .where(
            or_(Round.id.in_(drawing), Round.id.in_(to_draw)),
            Round.closes_at >= now - timedelta(seconds=MAX_TOLERANCE_SECONDS),
            Round.cancelled_at.is_(None),
        )
        .limit(1)
    )
    return session.scalar(still_answered) is None


def attempts_before(session: Session, version: RulesVersion) -> int:
    """How many attempts of the contest were begun under other rules than this version."""
    begun = (
        select(func.count())
        .select_from(Attempt)
        .join(Round, Round.id == Attempt.round_id)
        .where(Round.contest_id == version.contest_id, Attempt.rules_version_id != version.id)
    )
    return session.scalar(begun) or 0


@dataclass(frozen=True, slots=True)
class RoundCounts:
    """How many attempts of a round are open and handed in, by how many people."""

    running: int
    submitted: int
    people: int


def round_counts(session: Session, contest_id: int) -> dict[int, RoundCounts]:
    """Counts per quiz round of a contest. One statement."""
    rows = session.execute(
        select(
            Attempt.round_id,
            func.count().filter(Attempt.state == AttemptState.OPEN),
            func.count().filter(Attempt.state == AttemptState.SUBMITTED),
            func.count(func.distinct(Attempt.participation_id)),
        )
        .join(Round, Round.id == Attempt.round_id)
        .where(Round.contest_id == contest_id)
        .group_by(Attempt.round_id)
    )
    return {round_id: RoundCounts(running, submitted, people) for round_id, running, submitted, people in rows}


def attempts_by_hour(session: Session, contest_id: int, starts: Sequence[datetime]) -> list[tuple[int, int]]:
    """How many attempts of a contest were started and handed in within the hour from each instant. One statement."""
    columns = [
        func.count().filter(instant >= since, instant < since + timedelta(hours=1))
        for since in starts
        for instant in (Attempt.started_at, Attempt.submitted_at)
    ]
    row = session.execute(
        select(*columns)
        .join(Round, Round.id == Attempt.round_id)
        .where(Round.contest_id == contest_id, or_(Attempt.started_at >= starts[0], Attempt.submitted_at >= starts[0]))
    ).one()
    return list(zip(row[::2], row[1::2], strict=True))
