"""Units: how many of theirs took part, at what rate, and their places among units of the same kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from typing import Any


class Formula(StrEnum):
    """What units are ranked by."""

    NONE = "none"
    PARTICIPANTS = "participants"
    RATE = "rate"
    RATE_AND_PRIZES = "rate_and_prizes"


@dataclass(frozen=True, slots=True)
class UnitRule:
    """The section "units" of the rules. `points` are whole points per prize, by the name of its tier."""

    formula: Formula
    points: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class UnitResult:
    """A unit's numbers: `people` is its headcount, None when it was never counted; `prizes` its winners' tiers."""

    unit_id: int
    kind: str
    participants: int
    people: int | None
    prizes: tuple[str, ...] = ()

    @property
    def rate(self) -> int | None:
        """Participants of a hundred people, in 1/1000 %, rounded half up."""
        if not self.people:
            return None
        return (200_000 * self.participants + self.people) // (2 * self.people)

    @property
    def is_over(self) -> bool:
        """Whether more took part than the unit has people, so that the headcount must be wrong."""
        return self.people is not None and self.participants > self.people

    def prize_points(self, rule: UnitRule) -> int:
        """Whole points for the prizes of its people."""
        return sum(rule.points.get(prize, 0) for prize in self.prizes)

    def score(self, rule: UnitRule) -> Fraction | None:
        """What the formula makes of it, exactly; None when a rate is asked for and there is no headcount."""
        if rule.formula is Formula.PARTICIPANTS:
            return Fraction(self.participants)
        if not self.people:
            return None
        points = self.prize_points(rule) if rule.formula is Formula.RATE_AND_PRIZES else 0
        return Fraction(100 * self.participants, self.people) + points


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A unit in its place among its kind; without a place when its rate is unknown."""

    rank: int | None
    unit: UnitResult
    points: int


def rank_units(units: Iterable[UnitResult], rule: UnitRule) -> list[RankedUnit]:
    """Each kind on its own, equals sharing a place (1, 1, 3), those without a rate last. Empty by `Formula.NONE`."""
    if rule.formula is Formula.NONE:
        return []
    by_kind = groupby(sorted(units, key=lambda unit: (unit.kind, unit.unit_id)), key=lambda unit: unit.kind)
    return [ranked for _kind, same in by_kind for ranked in _ranked(list(same), rule)]


def _ranked(units: list[UnitResult], rule: UnitRule) -> list[RankedUnit]:
    scored = [(score, unit) for unit in units if (score := unit.score(rule)) is not None]
    scored.sort(key=lambda pair: (-pair[0], pair[1].unit_id))
    scores = [score for score, _unit in scored]
    placed = [RankedUnit(scores.index(score) + 1, unit, unit.prize_points(rule)) for score, unit in scored]
    unknown = [unit for unit in units if unit.score(rule) is None]
    return placed + [RankedUnit(None, unit, unit.prize_points(rule)) for unit in unknown]


def default_units() -> dict[str, Any]:
    """Units are not ranked."""
    return {"formula": Formula.NONE.value, "points": []}


def read_unit_rule(value: Mapping[str, Any]) -> UnitRule:
    """The rule that a stored section says."""
    return UnitRule(Formula(value["formula"]), {row["tier"]: row["points"] for row in value["points"]})
