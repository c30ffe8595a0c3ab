"""Whom a correction moves: two lists of a round compared, line by line and in numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody's line of a list: points in 1/1000; without a place there is no rank, without a prize an empty name."""

    group_id: int
    points: int
    right_count: int
    rank: int | None
    prize: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit's line of a list: its rank among its kind, and the whole points that prizes bring it."""

    rank: int | None
    points: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as far as a correction can change it: people by participation, units by id.

    `target` is what predictions are held against; `undecided` people are tied where a prize runs out.
    """

    people: Mapping[int, Line]
    units: Mapping[int, UnitLine]
    target: int | None
    all_right: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody before and after."""

    participation_id: int
    before: Line
    after: Line


@dataclass(frozen=True, slots=True)
class Figures:
    """The effects of a correction in numbers: attempts marked again and those whose marks change, then people.

    `won` and `lost` are people without a prize before or after, `other` those with another one. `units` are `[unit,
    rank before, rank after, points before, points after]` of those that change; `undone` the people whose decided place
    no longer fits, each with the number of the decision.
    """

    attempts: int
    changed: int
    people: int
    up: int
    down: int
    ranks: int
    won: int
    lost: int
    other: int
    all_right: tuple[int, int]
    target: tuple[int | None, int | None]
    undecided: tuple[int, int]
    is_percent: bool
    units: list[list[int | None]]
    undone: list[tuple[int, str]]

    @property
    def stored(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}


def moved(before: Listed, after: Listed) -> list[Moved]:
    """Everybody whose line is another one, in the order of the new list. Both lists hold the same people."""
    changed = [Moved(key, line, after.people[key]) for key, line in before.people.items() if line != after.people[key]]
    last = len(before.people) + 1
    return sorted(changed, key=lambda each: (each.after.group_id, each.after.rank or last, each.participation_id))


def moved_units(before: Listed, after: Listed) -> list[list[int | None]]:
    """The units whose line is another one."""
    return [
        [unit_id, line.rank, after.units[unit_id].rank, line.points, after.units[unit_id].points]
        for unit_id, line in sorted(before.units.items())
        if line != after.units[unit_id]
    ]


def figures(
    before: Listed,
    after: Listed,
    *,
    attempts: int,
    changed: int,
    is_percent: bool,
    undone: Mapping[int, str],
) -> Figures:
    """The effects in numbers. `undone` are the numbers of decisions that no longer fit, by participation."""
    moves = moved(before, after)
    return Figures(
        attempts=attempts,
        changed=changed,
        people=len(before.people),
        up=sum(each.after.points > each.before.points for each in moves),
        down=sum(each.after.points < each.before.points for each in moves),
        ranks=sum(each.after.rank != each.before.rank for each in moves),
        won=sum(bool(each.after.prize) and not each.before.prize for each in moves),
        lost=sum(bool(each.before.prize) and not each.after.prize for each in moves),
        other=sum(
            "" not in {each.before.prize, each.after.prize} and each.after.prize != each.before.prize for each in moves
        ),
        all_right=(before.all_right, after.all_right),
        target=(before.target, after.target),
        undecided=(before.undecided, after.undecided),
        is_percent=is_percent,
        units=moved_units(before, after),
        undone=sorted(undone.items()),
    )


def unfit(decided: Iterable[tuple[int, str]], tied: Mapping[int, frozenset[int]]) -> dict[int, str]:
    """Who has a decided place that no longer fits, with the number of the decision, of all `(person, decision)`.

    An order of people says nothing about somebody who is tied with them now and was not then. `tied` are those who
    share the place of each, themselves included.
    """
    decisions: dict[tuple[str, frozenset[int]], set[int]] = {}
    pairs = list(decided)
    for person, number in pairs:
        decisions.setdefault((number, tied.get(person, frozenset({person}))), set()).add(person)
    fits = {person for (_number, block), people in decisions.items() if people == block for person in people}
    return {person: number for person, number in pairs if person not in fits}


def source_of_result(correction_id: int) -> str:
    """The name of the news that somebody's attempt has another result by a correction."""
    return f"correction:{correction_id}"


def source_of_place(correction_id: int) -> str:
    """The name of the news that somebody's published rank or prize is another one since a correction."""
    return f"correction:{correction_id}/list"
