from collections.abc import Mapping
from typing import Any

import pytest

from contest.standings.domain.ranking import (
    KEYS,
    Chain,
    Direction,
    Gate,
    Ranked,
    Result,
    Step,
    default_ranking,
    rank,
    read_chain,
    stored_chain,
)

ASC, DESC = Direction.ASC, Direction.DESC


def result(number: int, **values: int | None) -> Result:
    return Result(number, group_id=1, unit_id=1, values=values)


def chain(*keys: str, gate: Gate = Gate.NONE) -> Chain:
    return Chain(tuple(Step(key, KEYS[key].direction) for key in keys), gate)


def places(ranked: list[Ranked]) -> list[tuple[int, int]]:
    return [(each.rank, each.result.participation_id) for each in ranked]


def test_nobody_has_no_place() -> None:
    assert rank([], chain("right_count")) == []


def test_one_person_stands_first_and_nothing_decided() -> None:
    [only] = rank([result(7, right_count=3)], chain("right_count"))
    assert (only.rank, only.deciding_key, only.tied_with) == (1, None, 0)


def test_true_ties_share_a_place_and_the_next_is_skipped() -> None:
    people = [result(1, right_count=9), result(2, right_count=9), result(3, right_count=8), result(4, right_count=8)]
    ranked = rank([*people, result(5, right_count=0)], chain("right_count"))
    assert places(ranked) == [(1, 1), (1, 2), (3, 3), (3, 4), (5, 5)]
    assert [each.tied_with for each in ranked] == [1, 1, 1, 1, 0]


@pytest.mark.parametrize(
    ("first", "second", "decided_by"),
    [
        ({"right_count": 20, "deviation": 9, "duration_ms": 9}, {"right_count": 19, "deviation": 0}, "right_count"),
        ({"right_count": 20, "deviation": 0, "duration_ms": 9}, {"right_count": 20, "deviation": 1}, "deviation"),
        (
            {"right_count": 20, "deviation": 1, "duration_ms": 41_207},
            {"right_count": 20, "deviation": 1, "duration_ms": 41_208},
            "duration_ms",
        ),
    ],
)
def test_each_key_decides_only_between_equals_before_it(
    first: Mapping[str, int], second: Mapping[str, int], decided_by: str
) -> None:
    ranked = rank([result(1, **second), result(2, **first)], chain("right_count", "deviation", "duration_ms"))
    assert places(ranked) == [(1, 2), (2, 1)]
    assert ranked[1].deciding_key == decided_by


def test_missing_prediction_stands_after_the_worst_one() -> None:
    ranked = rank([result(1, deviation=None), result(2, deviation=1_000_000)], chain("deviation"))
    assert places(ranked) == [(1, 2), (2, 1)]


def test_two_missing_predictions_are_tied() -> None:
    assert places(rank([result(1, deviation=None), result(2, deviation=None)], chain("deviation"))) == [(1, 1), (1, 2)]


@pytest.mark.parametrize(("direction", "order"), [(ASC, [2, 1]), (DESC, [1, 2])])
def test_direction_is_data(direction: Direction, order: list[int]) -> None:
    ranked = rank([result(1, points=5), result(2, points=4)], Chain((Step("points", direction),)))
    assert [each.result.participation_id for each in ranked] == order


@pytest.mark.parametrize(
    ("gate", "expected"),
    [
        (Gate.NONE, [(1, 2), (2, 1), (2, 3)]),
        (Gate.LAST, [(1, 1), (1, 3), (3, 2)]),
        (Gate.DROP, [(1, 1), (1, 3)]),
    ],
)
def test_gate_parts_those_with_everything_right(gate: Gate, expected: list[tuple[int, int]]) -> None:
    people = [
        result(1, all_right=1, duration_ms=900),
        result(2, all_right=0, duration_ms=100),
        result(3, all_right=1, duration_ms=900),
    ]
    ranked = rank(people, chain("duration_ms", gate=gate))
    assert places(ranked) == expected


def test_gate_is_named_as_what_decided() -> None:
    ranked = rank([result(1, all_right=1, points=1), result(2, all_right=0, points=9)], chain("points", gate=Gate.LAST))
    assert ranked[1].deciding_key == "all_right"


def test_order_does_not_depend_on_how_results_come_in() -> None:
    people = [result(number, right_count=number % 3, duration_ms=number % 2) for number in range(12)]
    forwards = rank(people, chain("right_count", "duration_ms"))
    assert rank(people[::-1], chain("right_count", "duration_ms")) == forwards


def test_a_stored_chain_reads_back_equal() -> None:
    stored: dict[str, Any] = default_ranking()
    assert stored_chain(read_chain(stored)) == stored
    assert [step.key for step in read_chain(stored).steps] == ["right_count", "duration_ms", "submitted_at"]
