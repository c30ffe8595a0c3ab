"""The section "panel" of the rules: how many judges score a case, by which rubric, and what settles the score.

Points are integers of 1/1000 point throughout. The rule that is modelled first is that of Quyết định 612/QĐ-UBND of
22 April 2023 (Lạng Sơn): scale 100, arithmetic mean of the members rounded to one decimal, official while the members'
raw scores lie less than 10 points apart; from 10 on the chair agrees the score with them and records it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contest.errors import DomainError, Written
from contest.i18n import show_scaled

POINT = 1000
STEPS = (250, 500, 1000)
MAX_JUDGES, MAX_DECIMALS, MAX_WEIGHT = 5, 2, 100
LEASE_MINUTES = (5, 24 * 60)
MAX_SCALE = 1000 * POINT


@dataclass(frozen=True, slots=True)
class Criterion:
    """A line of the rubric: `max_points` in 1/1000 point before its `weight`, which is in 1/10."""

    code: str
    name: str
    max_points: int
    weight: int

    @property
    def max_weighted(self) -> int:
        """The most it adds to the total, in 1/1000 point."""
        return self.max_points * self.weight // 10


@dataclass(frozen=True, slots=True)
class Panel:
    """The panel rule. `scale`, `agree_from` (a spread) and `step` (of a mark) are in 1/1000 point.

    `decimals` is what the mean is rounded to, half up; a lease keeps a case for one judge that long after each save.
    """

    criteria: tuple[Criterion, ...]
    judges: int
    scale: int
    decimals: int
    agree_from: int
    step: int
    lease_minutes: int

    @property
    def max_total(self) -> int:
        """The total of a sheet with every mark full, in 1/1000 point: it has to be the scale."""
        return sum(criterion.max_weighted for criterion in self.criteria)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the panel rule says of the members' raw totals: a score, or that the chair has to agree one."""

    score: int | None
    mean: int | None
    spread: int | None
    is_missing: bool
    needs_agreement: bool


def total(panel: Panel, marks: Mapping[str, int]) -> int:
    """The raw total of a sheet in 1/1000 point, unrounded; a criterion without a mark adds nothing.

    Exact: marks come in hundredths of a point and weights in tenths.
    """
    return sum(marks.get(criterion.code, 0) * criterion.weight for criterion in panel.criteria) // 10


def points(thousandths: int) -> str:
    """Points as people read them: 12,5."""
    return show_scaled(thousandths, 3)


def check_marks(panel: Panel, marks: Mapping[str, int]) -> None:
    """Raise `mark_out_of_range`, `mark_step` or `mark_unknown` unless the marks are marks of this rubric.

    A criterion may be without one. The field at fault is named `mark-<code>`; its values are as people read points.
    """
    criteria = {criterion.code: criterion for criterion in panel.criteria}
    for code, mark in marks.items():
        criterion = criteria.get(code)
        if criterion is None:
            raise DomainError("mark_unknown")
        if not 0 <= mark <= criterion.max_points:
            raise DomainError(
                "mark_out_of_range",
                field=f"mark-{code}",
                name=Written(criterion.name),
                max=points(criterion.max_points),
            )
        if mark % panel.step:
            raise DomainError("mark_step", field=f"mark-{code}", name=Written(criterion.name), step=points(panel.step))


def check_complete(panel: Panel, marks: Mapping[str, int]) -> None:
    """Raise `marks_missing` at the first criterion without a mark."""
    missing = [criterion for criterion in panel.criteria if criterion.code not in marks]
    if missing:
        names = ", ".join(criterion.name for criterion in missing)
        raise DomainError("marks_missing", field=f"mark-{missing[0].code}", names=Written(names))


def check_agreed(panel: Panel, score: int) -> None:
    """Raise `agreed_out_of_range` or `agreed_decimals` unless the score can be one of this panel."""
    if not 0 <= score <= panel.scale:
        raise DomainError("agreed_out_of_range", field="score", max=points(panel.scale))
    if score % 10 ** (3 - panel.decimals):
        raise DomainError("agreed_decimals", field="score", decimals=panel.decimals)


def rounded_mean(totals: Sequence[int], decimals: int) -> int:
    """The arithmetic mean rounded half up to so many decimals of a point, in 1/1000 point."""
    return mean_of_sum(sum(totals), len(totals), decimals)


def mean_of_sum(total_sum: int, count: int, decimals: int) -> int:
    """The mean of so many totals that add up to `total_sum`, rounded like `rounded_mean`."""
    unit: int = 10 ** (3 - decimals)
    return (2 * total_sum + unit * count) // (2 * unit * count) * unit


def verdict(panel: Panel, totals: Sequence[int], agreed: int | None = None) -> Verdict:
    """Settle a case from the locked sheets' raw totals; `agreed` is what the chair recorded, if anything.

    The spread is taken of raw totals, before any rounding; exactly `agree_from` already needs agreement.
    """
    if len(totals) < panel.judges:
        return Verdict(None, None, None, is_missing=True, needs_agreement=False)
    mean, spread = rounded_mean(totals, panel.decimals), max(totals) - min(totals)
    needs_agreement = spread >= panel.agree_from
    return Verdict(agreed if needs_agreement else mean, mean, spread, is_missing=False, needs_agreement=needs_agreement)


def default_panel() -> dict[str, Any]:
    """Two judges, the scale of 100 and the rule of QĐ 612; a rubric of one line until the committee writes its own."""
    return {
        "criteria": [{"code": "c1", "name": "", "max": 100_000, "weight": 10}],
        "judges": 2,
        "scale": 100_000,
        "decimals": 1,
        "agree_from": 10_000,
        "step": 500,
        "lease_minutes": 45,
    }


def read_panel(value: Mapping[str, Any]) -> Panel:
    """The panel that a stored section says."""
    return Panel(
        criteria=tuple(
            Criterion(each["code"], each["name"], each["max"], each["weight"]) for each in value["criteria"]
        ),
        judges=value["judges"],
        scale=value["scale"],
        decimals=value["decimals"],
        agree_from=value["agree_from"],
        step=value["step"],
        lease_minutes=value["lease_minutes"],
    )
