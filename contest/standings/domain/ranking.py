"""The ranking chain: keys in an order that the rules say. Equal on every key is a true tie and shares a place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Any

Values = Mapping[str, int | None]
Weight = tuple[tuple[bool, int], ...]

MS = timedelta(milliseconds=1)
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
"""Instants are compared in whole milliseconds since then."""


class Direction(StrEnum):
    """Which end of a key stands first."""

    ASC = "asc"
    DESC = "desc"


class Gate(StrEnum):
    """What happens to those who did not answer everything right: nothing, they come after, or they have no place."""

    NONE = "none"
    LAST = "last"
    DROP = "drop"


class Measure(StrEnum):
    """What a key's integer counts: how it is shown, never how it is compared."""

    COUNT = "count"
    YES_NO = "yes_no"
    RIGHT = "right"
    POINTS = "points"
    SCORE = "score"
    PREDICTION = "prediction"
    DURATION = "duration"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class Key:
    """Something that results are compared by; `direction` is the usual one."""

    code: str
    direction: Direction
    measure: Measure


ALL_RIGHT, DEVIATION, JUDGED_SCORE, MANUAL = "all_right", "deviation", "judged_score", "manual"

KEYS = {
    key.code: key
    for key in (
        Key(ALL_RIGHT, Direction.DESC, Measure.YES_NO),
        Key("right_count", Direction.DESC, Measure.RIGHT),
        Key("points", Direction.DESC, Measure.POINTS),
        Key(DEVIATION, Direction.ASC, Measure.PREDICTION),
        Key("duration_ms", Direction.ASC, Measure.DURATION),
        Key("submitted_at", Direction.ASC, Measure.INSTANT),
        Key("started_at", Direction.ASC, Measure.INSTANT),
        Key("since_opening_ms", Direction.ASC, Measure.DURATION),
        Key("perfect_count", Direction.DESC, Measure.COUNT),
        Key("attempt_count", Direction.ASC, Measure.COUNT),
        Key(JUDGED_SCORE, Direction.DESC, Measure.SCORE),
        Key(MANUAL, Direction.ASC, Measure.COUNT),
    )
}
ENTRY_KEYS = (JUDGED_SCORE, MANUAL)
QUIZ_KEYS = tuple(code for code in KEYS if code != JUDGED_SCORE)


@dataclass(frozen=True, slots=True)
class Step:
    """One key of a chain and the end of it that stands first."""

    key: str
    direction: Direction

    def weight(self, values: Values) -> tuple[bool, int]:
        """What is sorted by: smaller stands before, a missing value after every other."""
        value = values.get(self.key)
        if value is None:
            return True, 0
        return False, value if self.direction is Direction.ASC else -value


@dataclass(frozen=True, slots=True)
class Chain:
    """The section "ranking" of the rules, or "entry_ranking"."""

    steps: tuple[Step, ...]
    gate: Gate = Gate.NONE

    @property
    def compared(self) -> tuple[Step, ...]:
        """Every comparison in order, that of the gate first."""
        gate = () if self.gate is Gate.NONE else (Step(ALL_RIGHT, Direction.DESC),)
        return (*gate, *self.steps)

    def admits(self, values: Values) -> bool:
        """Whether this result gets a place at all."""
        return self.gate is not Gate.DROP or bool(values.get(ALL_RIGHT))

    def weight(self, values: Values) -> Weight:
        """What results are sorted by; equal weights are a tie."""
        return tuple([step.weight(values) for step in self.compared])

    def deciding_key(self, first: Weight, second: Weight) -> str | None:
        """The first key on which these two differ; None when they are tied."""
        pairs = zip(self.compared, first, second, strict=True)
        return next((step.key for step, one, other in pairs if one != other), None)


@dataclass(frozen=True, slots=True)
class Result:
    """What one participation brings into a round: an integer per key, in the key's unit; None is missing.

    Whatever kind of round it comes from fills the keys that it knows.
    """

    participation_id: int
    group_id: int
    unit_id: int
    values: Values


@dataclass(frozen=True, slots=True)
class Ranked:
    """A result in its place. `deciding_key` set it apart from those before it; `tied_with` counts those beside it."""

    rank: int
    result: Result
    deciding_key: str | None
    tied_with: int


def rank(results: Iterable[Result], chain: Chain) -> list[Ranked]:
    """Places from 1 with shared ones skipped (1, 1, 3). Those tied are listed in the order of their ids."""
    admitted = [result for result in results if chain.admits(result.values)]
    weighed = [(chain.weight(each.values), each.participation_id, each) for each in admitted]
    weighed.sort(key=itemgetter(0, 1))
    ranked: list[Ranked] = []
    before: Weight | None = None
    for weight, block in groupby(weighed, key=itemgetter(0)):
        tied = [result for _weight, _id, result in block]
        deciding = chain.deciding_key(before, weight) if before else None
        place, before = len(ranked) + 1, weight
        ranked += [Ranked(place, result, deciding, len(tied) - 1) for result in tied]
    return ranked


def default_ranking() -> dict[str, Any]:
    """Right answers, then time, then who handed in first."""
    return _usual_chain("right_count", "duration_ms", "submitted_at")


def default_entry_ranking() -> dict[str, Any]:
    """The judges' score."""
    return _usual_chain(JUDGED_SCORE)


def read_chain(value: Mapping[str, Any]) -> Chain:
    """The chain that a stored section says."""
    return Chain(
        tuple(Step(step["key"], Direction(step["direction"])) for step in value["steps"]),
        Gate(value["gate"]),
    )


def stored_chain(chain: Chain) -> dict[str, Any]:
    """The chain as the rules and a publication keep it."""
    return {
        "gate": chain.gate.value,
        "steps": [{"key": step.key, "direction": step.direction.value} for step in chain.steps],
    }


def _usual_chain(*codes: str) -> dict[str, Any]:
    return stored_chain(Chain(tuple(Step(code, KEYS[code].direction) for code in codes)))
