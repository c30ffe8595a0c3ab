"""Reading quiz rounds: their page, what may be shown of them, and how many take part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CTE, func, or_, select
from sqlalchemy.orm import Session, aliased

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
    """Whether nobody can answer a question of this round's sets any more, in this round or any other. One statement.

    Until then no right answer may be shown (promise 3): the same bank may serve several rounds, also one that is not
    released yet, copies of a question may stand in banks of any contest, and answers given in time may still arrive
    after a round has closed. A cancelled round shows none: another one may take its place.
    """
    if round_.cancelled_at is not None:
        return False
    still_answered = (
        select(Round.id)
        .where(Round.closes_at >= now - timedelta(seconds=MAX_TOLERANCE_SECONDS), Round.cancelled_at.is_(None))
        .cte("still_answered")
    )
    same = select(_same_questions(round_.id, still_answered).c.question_id)
    drawing = (
        select(QuestionSet.round_id)
        .join(QuestionSetItem, QuestionSetItem.set_id == QuestionSet.id)
        .join(QuestionRevision, QuestionRevision.id == QuestionSetItem.revision_id)
        .where(QuestionRevision.question_id.in_(same))
    )
    to_draw = (
        select(RoundBank.round_id)
        .join(BankQuestion, BankQuestion.bank_id == RoundBank.bank_id)
        .where(BankQuestion.id.in_(same))
    )
    shared = select(still_answered.c.id).where(or_(still_answered.c.id.in_(drawing), still_answered.c.id.in_(to_draw)))
    return session.scalar(shared.limit(1)) is None


def _same_questions(round_id: int, still_answered: CTE) -> CTE:
    """The questions of a round's sets, and those of any bank that ever had the same content as one of them.

    A digest is of everything that a question says, without its code and its bank, so that a copy begins with the digest
    of what it was copied from; whatever either becomes later, and a copy of a copy, stays the same question. They are
    looked for only while some round is still answered.
    """
    asked = (
        select(QuestionRevision.question_id)
        .join(QuestionSetItem, QuestionSetItem.revision_id == QuestionRevision.id)
        .join(QuestionSet, QuestionSet.id == QuestionSetItem.set_id)
        .where(QuestionSet.round_id == round_id, select(still_answered.c.id).exists())
    )
    same = asked.cte("same_question", recursive=True)
    known, like = aliased(QuestionRevision), aliased(QuestionRevision)
    more = (
        select(like.question_id)
        .join(known, known.digest == like.digest)
        .join(same, same.c.question_id == known.question_id)
    )
    return same.union(more)


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
