"""From attempts at a quiz to one result per person, and the number that predictions are held against."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from contest.quiz.domain.policy import Counted, candidates
from contest.quiz.domain.prediction import Target
from contest.standings.domain.judged import EssayMark, essay_values
from contest.standings.domain.ranking import ALL_RIGHT, DEVIATION, EPOCH, MANUAL, MS, Chain, Result
from question_bank.kinds.prediction import PERCENT_DIGITS

WHOLE_PERCENT: int = 100 * 10**PERCENT_DIGITS


@dataclass(frozen=True, slots=True)
class Finished:
    """A marked attempt of somebody who is not excluded. `ended_at` is never after the deadline.

    `points` (1/1000) are those of the machine.
    """

    participation_id: int
    group_id: int
    unit_id: int
    number: int
    right_count: int
    question_count: int
    points: int
    prediction: int | None
    duration_ms: int
    started_at: datetime
    ended_at: datetime
    essays: tuple[EssayMark, ...] = ()

    @property
    def total(self) -> int:
        """What a machine marked and what judges gave, in 1/1000 point."""
        return self.points + sum(essay.earned for essay in self.essays)

    @property
    def is_all_right(self) -> bool:
        """Whether every question was answered wholly right."""
        return self.question_count > 0 and self.right_count == self.question_count


@dataclass(frozen=True, slots=True)
class Counts:
    """People and attempts of a round, without those excluded. Somebody is all right by an attempt that may count."""

    participants: int
    attempts: int
    all_right: int


def by_person(attempts: Iterable[Finished]) -> dict[int, list[Finished]]:
    """The attempts of each participation in the order in which they were started."""
    found: dict[int, list[Finished]] = {}
    for attempt in sorted(attempts, key=lambda attempt: (attempt.started_at, attempt.number)):
        found.setdefault(attempt.participation_id, []).append(attempt)
    return found


def counts_of(people: Mapping[int, Sequence[Finished]], counted: Counted) -> Counts:
    """How many people, attempts and people with every answer right."""
    return Counts(
        participants=len(people),
        attempts=sum(len(mine) for mine in people.values()),
        all_right=sum(any(each.is_all_right for each in candidates(mine, counted)) for mine in people.values()),
    )


def target_value(target: Target, counts: Counts) -> int | None:
    """The number that predictions are held against; a percentage is in 10⁻⁵ %, rounded half up, of people.

    None when there is nobody of whom a percentage could be taken.
    """
    if target is Target.ALL_RIGHT:
        return counts.all_right
    if target is Target.PARTICIPANTS:
        return counts.participants
    if target is Target.ATTEMPTS:
        return counts.attempts
    if not counts.participants:
        return None
    return (2 * WHOLE_PERCENT * counts.all_right + counts.participants) // (2 * counts.participants)


@dataclass(frozen=True, slots=True)
class Frame:
    """What results of a round depend on besides the attempts: `places` are recorded decisions about ties."""

    counted: Counted
    chain: Chain
    opens_at: datetime
    target: int | None
    places: Mapping[int, int]


def results_of(people: Mapping[int, Sequence[Finished]], frame: Frame) -> list[Result]:
    """One result per person: of the attempt that counts, which for "best" the ranking chain itself picks."""
    return [_result(mine, frame) for mine in people.values()]


def _result(mine: Sequence[Finished], frame: Frame) -> Result:
    perfect = sum(each.is_all_right for each in mine)
    offered = [_values(each, perfect, len(mine), frame) for each in candidates(mine, frame.counted)]
    best = min(offered, key=frame.chain.weight) if len(offered) > 1 else offered[0]
    return Result(mine[0].participation_id, mine[0].group_id, mine[0].unit_id, best)


def _values(attempt: Finished, perfect: int, attempts: int, frame: Frame) -> dict[str, int | None]:
    is_comparable = attempt.prediction is not None and frame.target is not None
    return {
        ALL_RIGHT: int(attempt.is_all_right),
        "right_count": attempt.right_count,
        "question_count": attempt.question_count,
        "points": attempt.total,
        "prediction": attempt.prediction,
        DEVIATION: abs((attempt.prediction or 0) - (frame.target or 0)) if is_comparable else None,
        "duration_ms": attempt.duration_ms,
        "submitted_at": (attempt.ended_at - EPOCH) // MS,
        "started_at": (attempt.started_at - EPOCH) // MS,
        "since_opening_ms": (attempt.ended_at - frame.opens_at) // MS,
        "perfect_count": perfect,
        "attempt_count": attempts,
        MANUAL: frame.places.get(attempt.participation_id),
        **essay_values(attempt.essays, attempt.number),
    }
