"""What a paper is made of: how many questions of which topic and difficulty."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from question_bank.problems import Problem

Scope: TypeAlias = tuple[str | None, int | None]
"""Topic and difficulty; None is any."""


@dataclass(frozen=True, slots=True)
class BlueprintRow:
    """So many questions of a topic and a difficulty; None is any."""

    topic: str | None
    difficulty: int | None
    count: int

    @property
    def scope(self) -> Scope:
        """Return what the row draws from."""
        return self.topic, self.difficulty


class InvalidBlueprint(ValueError):
    """Rows that cannot be a blueprint; `problems` says why, each with field `rows.<index>`."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Blueprint:
    """The rows of a paper. Raises InvalidBlueprint: row_count, rows_cross.

    One topic at any difficulty and one difficulty of any topic cross: each could take the
    questions that the other needs, so they may not stand together. Without such a pair, of any
    two scopes one holds the other or they are apart, and filling the narrowest first never
    starves a row.
    """

    rows: tuple[BlueprintRow, ...]

    def __post_init__(self) -> None:
        """Refuse rows that cannot be filled in any sure order."""
        problems = _count_problems(self.rows) + _crossings(self.rows)
        if problems:
            raise InvalidBlueprint(problems)

    @property
    def size(self) -> int:
        """Return the number of questions on a paper."""
        return sum(row.count for row in self.rows)

    def narrowest_first(self) -> Iterator[tuple[int, BlueprintRow]]:
        """Yield the rows with their index as a draw fills them: fewest wildcards first."""
        yield from sorted(enumerate(self.rows), key=lambda pair: pair[1].scope.count(None))


def is_within(inner: Scope, outer: Scope) -> bool:
    """Say whether all that is in one scope is in the other as well."""
    return all(wide is None or wide == narrow for narrow, wide in zip(inner, outer, strict=True))


def _count_problems(rows: tuple[BlueprintRow, ...]) -> list[Problem]:
    return [
        Problem("row_count", f"rows.{index}", {"row": index + 1}) for index, row in enumerate(rows) if row.count < 1
    ]


def _crossings(rows: tuple[BlueprintRow, ...]) -> list[Problem]:
    return [
        Problem("rows_cross", f"rows.{second}", {"row": first + 1, "other": second + 1})
        for (first, row), (second, other) in combinations(enumerate(rows), 2)
        if {_wildcards(row), _wildcards(other)} == {(False, True), (True, False)}
    ]


def _wildcards(row: BlueprintRow) -> tuple[bool, bool]:
    return row.topic is None, row.difficulty is None
