"""Where results come from: by kind of round, what keeps it from being ranked and what people brought into it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.contests.models import Round, RoundKind
from contest.contests.queries import rules_at_closing
from contest.judging.queries import find_panel, judged_results, panel_of, pending_cases
from contest.participation.models import Participation
from contest.quiz.domain.policy import read_policy
from contest.quiz.models import Attempt, AttemptResult, AttemptState
from contest.standings.domain.attempts import Counts, Finished, Frame, by_person, counts_of, results_of, target_value
from contest.standings.domain.judged import EssayMark, judged_values
from contest.standings.domain.ranking import MANUAL, Result
from contest.standings.models import RoundTarget
from contest.standings.queries.essays import HAS_ESSAYS, essays_of
from contest.standings.queries.rules import RankingRules


@dataclass(frozen=True, slots=True)
class Pending:
    """What keeps a round from being ranked: it has not closed, or something of it is not over yet.

    `running` attempts are open and `unmarked` ones not marked; `unjudged` entries or essays lack score sheets, and of
    `to_agree` the chair has to agree the score.
    """

    is_closed: bool
    running: int = 0
    unmarked: int = 0
    unjudged: int = 0
    to_agree: int = 0

    @property
    def is_marked(self) -> bool:
        """Whether nothing keeps it any more but judges: who has every answer right is known."""
        return self.is_closed and not (self.running or self.unmarked)

    @property
    def is_over(self) -> bool:
        """Whether nothing keeps it any more."""
        return self.is_marked and not (self.unjudged or self.to_agree)


@dataclass(frozen=True, slots=True)
class Marked:
    """What a machine's marking of an attempt gives; points in 1/1000."""

    right_count: int
    question_count: int
    points: int


@dataclass(frozen=True, slots=True)
class Assumed:
    """What a ranking takes in place of what is stored: other marks by attempt, and people whose decided place is void.

    The number that predictions are held against, once fixed, moves only where these marks move it.
    """

    marks: Mapping[int, Marked] = field(default_factory=dict)
    undone: frozenset[int] = frozenset()


AS_STORED = Assumed()


@dataclass(frozen=True, slots=True)
class Taken:
    """One result per person who took part; `target` is what predictions are held against, fixed or following."""

    results: Sequence[Result]
    counts: Counts
    target: int | None = None
    is_target_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """What people brought into a round as it is stored, a row each, in a fixed order.

    Of a quiz also the essays by attempt, and the number that predictions are held against once that is fixed.
    """

    opens_at: datetime
    rows: Sequence[Any]
    essays: Mapping[int, tuple[EssayMark, ...]] = field(default_factory=dict)
    fixed: tuple[int | None] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """How a kind of round is read, and what becomes of what was read.

    `taken` reads nothing. It gets the recorded places of those who were tied, and marks to assume.
    """

    pending: Callable[[Session, Round, bool], Pending]
    brought: Callable[[Session, Round, RankingRules], Brought]
    taken: Callable[[Brought, RankingRules, Mapping[int, int], Mapping[int, Marked]], Taken]


def _pending_attempts(session: Session, round_: Round, is_closed: bool) -> Pending:
    """An open attempt may save until its tolerance is over. Essays are judged once everything else is marked."""
    running, unmarked, essays = session.execute(
        select(
            func.count().filter(Attempt.state == AttemptState.OPEN),
            func.count().filter(Attempt.state == AttemptState.SUBMITTED, AttemptResult.attempt_id.is_(None)),
            func.count().filter(HAS_ESSAYS),
        )
        .select_from(Attempt)
        .outerjoin(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .where(Attempt.round_id == round_.id)
    ).one()
    if running or unmarked or not (essays and is_closed):
        return Pending(is_closed, running=running, unmarked=unmarked)
    rules = rules_at_closing(session, round_)
    if rules is None or find_panel(rules, round_.kind) is None:
        return Pending(is_closed, unjudged=essays)
    return _pending_cases(session, round_)


def _taken_attempts(
    brought: Brought, rules: RankingRules, places: Mapping[int, int], marks: Mapping[int, Marked]
) -> Taken:
    policy = read_policy(rules.version.sections["attempts"])
    stored = {row[0]: _finished(row, brought.essays) for row in brought.rows}
    people = by_person(_with_marks(each, marks.get(attempt_id)) for attempt_id, each in stored.items())
    counts = counts_of(people, policy.counted)
    before = counts_of(by_person(stored.values()), policy.counted) if marks else counts
    target = _target(rules, brought.fixed, before, counts)
    frame = Frame(policy.counted, rules.chain, brought.opens_at, target, places)
    return Taken(results_of(people, frame), counts, target, brought.fixed is not None)


def _with_marks(attempt: Finished, marked: Marked | None) -> Finished:
    if marked is None:
        return attempt
    return replace(attempt, right_count=marked.right_count, question_count=marked.question_count, points=marked.points)


def _target(rules: RankingRules, fixed: tuple[int | None] | None, before: Counts, counts: Counts) -> int | None:
    """A number that is fixed stays, whatever happened since, unless the counts differ by marks that are assumed."""
    asked = rules.prediction.target if rules.prediction else None
    following = target_value(asked, counts) if asked else None
    is_moved = asked is not None and following != target_value(asked, before)
    return following if fixed is None or is_moved else fixed[0]


def _brought_attempts(session: Session, round_: Round, rules: RankingRules) -> Brought:
    rows = session.execute(
        select(
            Attempt.id,
            HAS_ESSAYS,
            Attempt.deadline_at,
            Attempt.submitted_at,
            Attempt.participation_id,
            Participation.group_id,
            Participation.unit_id,
            Attempt.number,
            AttemptResult.right_count,
            AttemptResult.question_count,
            AttemptResult.points,
            AttemptResult.prediction,
            AttemptResult.duration_ms,
            Attempt.started_at,
        )
        .join(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .join(Participation, Participation.id == Attempt.participation_id)
        .where(Attempt.round_id == round_.id, Participation.excluded_at.is_(None))
        .order_by(Attempt.id)
    ).all()
    essays = essays_of(session, round_, rules.version) if any(row[1] for row in rows) else {}
    fixed = session.execute(select(RoundTarget.value).where(RoundTarget.round_id == round_.id)).first()
    return Brought(round_.opens_at, rows, essays, (fixed[0],) if fixed else None)


def _finished(row: Sequence[Any], essays: Mapping[int, tuple[EssayMark, ...]]) -> Finished:
    attempt_id, _has_essays, deadline, handed_in, *facts = row
    return Finished(*[*facts, min(handed_in or deadline, deadline), essays.get(attempt_id, ())])


def _pending_entries(session: Session, round_: Round, is_closed: bool) -> Pending:
    """Until the round closes nothing is judged. Files that were refused keep nobody else waiting."""
    return _pending_cases(session, round_) if is_closed else Pending(is_closed)


def _pending_cases(session: Session, round_: Round) -> Pending:
    found = pending_cases(session, round_.id)
    return Pending(is_closed=True, unjudged=found.unscored, to_agree=found.to_agree)


def _brought_entries(session: Session, round_: Round, _rules: RankingRules) -> Brought:
    panel = panel_of(session, round_)
    rows = [
        Result(
            each.participation_id,
            each.group_id,
            each.unit_id,
            judged_values(panel, each.verdict, each.totals, each.handed_in_at, None),
        )
        for each in judged_results(session, round_)
    ]
    return Brought(round_.opens_at, rows)


def _taken_entries(
    brought: Brought, _rules: RankingRules, places: Mapping[int, int], _marks: Mapping[int, Marked]
) -> Taken:
    results = [
        replace(each, values={**each.values, MANUAL: places.get(each.participation_id)}) for each in brought.rows
    ]
    return Taken(results, Counts(len(results), len(results), 0))


SOURCES = {
    RoundKind.QUIZ: Source(_pending_attempts, _brought_attempts, _taken_attempts),
    RoundKind.ENTRY: Source(_pending_entries, _brought_entries, _taken_entries),
}
