"""The rows of a score sheet as a page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale, gettext

from contest.i18n import show_scaled
from contest.judging.domain.panel import Criterion, Panel
from contest.judging.forms.desk import SheetForm
from contest.judging.labels import LEVELS


@dataclass(frozen=True, slots=True)
class Level:
    """One of the buttons: it gives the most points of its fifth of the criterion."""

    name: Any
    points: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion with what is marked; `field` where it can still be changed."""

    criterion: Criterion
    points: int | None
    levels: tuple[Level, ...]
    limit: str
    field: Any = None


def rubric_rows(panel: Panel, marks: Mapping[str, int], form: SheetForm | None = None) -> list[Row]:
    """The panel's criteria in order."""
    return [
        Row(
            criterion=each,
            points=marks.get(each.code),
            levels=_levels(each, panel.step, marks.get(each.code)),
            limit=_limit(each),
            field=form.mark(each.code) if form else None,
        )
        for each in panel.criteria
    ]


def _levels(criterion: Criterion, step: int, points: int | None) -> tuple[Level, ...]:
    upper = [criterion.max_points * number // len(LEVELS) // step * step for number in range(1, len(LEVELS))]
    upper.append(criterion.max_points)
    chosen = next((number for number, most in enumerate(upper) if points is not None and points <= most), None)
    return tuple(
        Level(name, most, number == chosen) for number, (name, most) in enumerate(zip(LEVELS, upper, strict=True))
    )


def _limit(criterion: Criterion) -> str:
    locale = get_locale().language
    most = show_scaled(criterion.max_points, 3, locale)
    if criterion.weight == 10:
        return str(gettext("at most %(points)s", points=most))
    weight = show_scaled(criterion.weight, 1, locale)
    return str(gettext("at most %(points)s, counted %(weight)s times", points=most, weight=weight))


def missing_words(panel: Panel, marks: Mapping[str, int]) -> str:
    """What the foot of the sheet says above the total."""
    open_ones = [str(number) for number, each in enumerate(panel.criteria, start=1) if each.code not in marks]
    if not open_ones:
        return str(gettext("Total"))
    return str(gettext("Total, criterion {numbers} not marked yet")).replace("{numbers}", ", ".join(open_ones))
