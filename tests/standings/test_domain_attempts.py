from datetime import timedelta
from typing import Any

import pytest

from contest.quiz.domain.policy import Counted
from contest.quiz.domain.prediction import Target
from contest.standings.domain.attempts import Counts, Finished, Frame, by_person, counts_of, results_of, target_value
from contest.standings.domain.ranking import Chain, Direction, Step
from tests.factories import NOW

RIGHT_THEN_TIME = Chain((Step("right_count", Direction.DESC), Step("duration_ms", Direction.ASC)))
TIME_ONLY = Chain((Step("duration_ms", Direction.ASC),))
CLOSENESS = Chain((Step("deviation", Direction.ASC),))


def finished(number: int = 1, right: int = 20, *, person: int = 1, **values: Any) -> Finished:
    started = NOW + timedelta(hours=number)
    defaults = {
        "group_id": 1,
        "unit_id": 1,
        "question_count": 20,
        "points": right * 1000,
        "prediction": None,
        "duration_ms": 60_000,
        "started_at": started,
        "ended_at": started + timedelta(minutes=1),
    }
    return Finished(participation_id=person, number=number, right_count=right, **{**defaults, **values})


def values_of(attempts: list[Finished], counted: Counted, chain: Chain, target: int | None = None) -> Any:
    [result] = results_of(by_person(attempts), Frame(counted, chain, NOW, target, {}))
    return result.values


@pytest.mark.parametrize(
    ("counted", "chain", "right"),
    [
        (Counted.BEST, RIGHT_THEN_TIME, 19),
        (Counted.BEST, TIME_ONLY, 12),
        (Counted.FIRST, RIGHT_THEN_TIME, 15),
        (Counted.LAST, RIGHT_THEN_TIME, 12),
    ],
)
def test_attempt_that_counts(counted: Counted, chain: Chain, right: int) -> None:
    mine = [finished(1, 15), finished(2, 19, duration_ms=70_000), finished(3, 12, duration_ms=10_000)]
    assert values_of(mine, counted, chain)["right_count"] == right


def test_best_among_equal_scores_is_the_faster_one() -> None:
    mine = [finished(1, duration_ms=60_001), finished(2, duration_ms=60_000), finished(3, duration_ms=60_002)]
    assert values_of(mine, Counted.BEST, RIGHT_THEN_TIME)["duration_ms"] == 60_000


def test_counts_of_attempts_cover_all_of_them_whichever_counts() -> None:
    found = values_of([finished(1), finished(2, 19), finished(3)], Counted.LAST, RIGHT_THEN_TIME)
    assert (found["perfect_count"], found["attempt_count"]) == (2, 3)


def test_time_since_opening_is_taken_to_the_millisecond() -> None:
    ended = NOW + timedelta(hours=2, milliseconds=7)
    assert values_of([finished(ended_at=ended)], Counted.BEST, TIME_ONLY)["since_opening_ms"] == 7_200_007


@pytest.mark.parametrize(
    ("prediction", "target", "deviation"),
    [(1046, 1046, 0), (1032, 1046, 14), (1060, 1046, 14), (None, 1046, None), (5, None, None), (0, 0, 0)],
)
def test_distance_of_a_prediction(prediction: int | None, target: int | None, deviation: int | None) -> None:
    mine = [finished(prediction=prediction)]
    assert values_of(mine, Counted.BEST, CLOSENESS, target)["deviation"] == deviation


@pytest.mark.parametrize(("counted", "all_right"), [(Counted.BEST, 1), (Counted.FIRST, 0), (Counted.LAST, 1)])
def test_people_all_right_by_an_attempt_that_may_count(counted: Counted, all_right: int) -> None:
    people = by_person([finished(1, 19), finished(2, 20), finished(1, 0, person=2)])
    assert counts_of(people, counted) == Counts(participants=2, attempts=3, all_right=all_right)


@pytest.mark.parametrize(
    ("target", "counts", "value"),
    [
        (Target.ALL_RIGHT, Counts(9, 12, 4), 4),
        (Target.PARTICIPANTS, Counts(9, 12, 4), 9),
        (Target.ATTEMPTS, Counts(9, 12, 4), 12),
        (Target.ALL_RIGHT_PERCENT, Counts(3, 3, 2), 6_666_667),
        (Target.ALL_RIGHT_PERCENT, Counts(3, 3, 1), 3_333_333),
        (Target.ALL_RIGHT_PERCENT, Counts(4, 4, 4), 10_000_000),
        (Target.ALL_RIGHT_PERCENT, Counts(4, 4, 0), 0),
        (Target.ALL_RIGHT_PERCENT, Counts(0, 0, 0), None),
        (Target.PARTICIPANTS, Counts(0, 0, 0), 0),
    ],
)
def test_target(target: Target, counts: Counts, value: int | None) -> None:
    assert target_value(target, counts) == value
