"""What a paper is made of: how many questions of which topic, difficulty and kind, in which sections."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from question_bank.problems import Problem
from question_bank.question import FULL_POINTS

Scope: TypeAlias = tuple[str | None, int | None, str | None]
"""Topic, difficulty and code of the kind; None is any."""

MOST_ROW_POINTS = 100 * FULL_POINTS
BRANCH_MARK = " / "
"""Between the names of a topic: "A / B" is in the branch "A"."""


class Repeats(StrEnum):
    """What the draw does with questions that the person met on an earlier paper."""

    ALLOWED = "allowed"
    FEWEST = "fewest"
    """A question that was met comes again only where nothing else fills the paper."""


@dataclass(frozen=True, slots=True)
class BlueprintRow:
    """So many questions of a topic, a difficulty and a kind; None is any.

    `points` (1/1000) is what each of them counts, None what it says itself; `section` counts from 0.
    """

    topic: str | None
    difficulty: int | None
    count: int
    kind: str | None = None
    points: int | None = None
    section: int | None = None

    @property
    def scope(self) -> Scope:
        """Return what the row draws from."""
        return self.topic, self.difficulty, self.kind


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the paper, under its own title."""

    title: str
    instructions: str = ""


class InvalidBlueprint(ValueError):
    """Rows that cannot be a blueprint; `problems` says why, each with field `rows.<index>` or `sections.<index>`."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Blueprint:
    """The rows of a paper. Raises InvalidBlueprint: row_count, row_points, row_section, section_empty, section_title.

    With sections, each row is in one of them. `version` says how the draw reads it (`docs/paper-draw.md`): in the
    first, a topic is that topic alone; from the second on it is its whole branch.
    """

    rows: tuple[BlueprintRow, ...]
    sections: tuple[Section, ...] = ()
    repeats: Repeats = Repeats.ALLOWED
    version: int = 2

    def __post_init__(self) -> None:
        """Refuse what no paper could be."""
        problems = [*_row_problems(self), *_section_problems(self)]
        if problems:
            raise InvalidBlueprint(problems)

    @property
    def size(self) -> int:
        """Return the number of questions on a paper."""
        return sum(row.count for row in self.rows)

    @property
    def is_plain(self) -> bool:
        """Say whether the first version of the draw can read it: topics and difficulties that never cross."""
        has_more = any((row.kind, row.points, row.section) != (None, None, None) for row in self.rows)
        return not (has_more or self.sections or self.repeats is not Repeats.ALLOWED or _has_crossing(self.rows))

    def narrowest_first(self) -> Iterator[tuple[int, BlueprintRow]]:
        """Yield the rows with their index as a draw fills them: fewest wildcards, then deepest topics, first."""
        yield from sorted(enumerate(self.rows), key=lambda pair: (pair[1].scope.count(None), -self._depth(pair[1])))

    def _depth(self, row: BlueprintRow) -> int:
        return row.topic.count(BRANCH_MARK) if row.topic and self.version > 1 else 0


def blueprint_of(value: Mapping[str, Any]) -> Blueprint:
    """Return the blueprint from its JSON form: `rows`, and `sections` and `repeats` where there are some.

    Raises InvalidBlueprint, and KeyError, TypeError, ValueError or AttributeError for what has another form.
    """
    return Blueprint(
        tuple(BlueprintRow(**{"topic": None, "difficulty": None, **row}) for row in value["rows"]),
        tuple(Section(**section) for section in value.get("sections", ())),
        Repeats(value.get("repeats", Repeats.ALLOWED)),
    )


def is_within(inner: Scope, outer: Scope) -> bool:
    """Say whether all that is in one scope is in the other as well; a topic holds its branch."""
    topic, *rest = outer
    holds = topic is None or (inner[0] is not None and is_in_branch(inner[0], topic))
    return holds and all(wide is None or wide == narrow for narrow, wide in zip(inner[1:], rest, strict=True))


def is_in_branch(topic: str, branch: str) -> bool:
    """Say whether a topic is this one or stands below it."""
    return topic == branch or topic.startswith(branch + BRANCH_MARK)


def _row_problems(blueprint: Blueprint) -> Iterator[Problem]:
    for index, row in enumerate(blueprint.rows):
        field, number = f"rows.{index}", index + 1
        if row.count < 1:
            yield Problem("row_count", field, {"row": number})
        if row.points is not None and not 0 < row.points <= MOST_ROW_POINTS:
            yield Problem("row_points", field, {"row": number, "most": MOST_ROW_POINTS // FULL_POINTS})
        wanted = range(len(blueprint.sections)) if blueprint.sections else (None,)
        if row.section not in wanted:
            yield Problem("row_section", field, {"row": number})


def _section_problems(blueprint: Blueprint) -> Iterator[Problem]:
    used = {row.section for row in blueprint.rows}
    for index, section in enumerate(blueprint.sections):
        field, values = f"sections.{index}", {"section": index + 1}
        if not section.title.strip():
            yield Problem("section_title", field, values)
        if index not in used:
            yield Problem("section_empty", field, values)


def _has_crossing(rows: tuple[BlueprintRow, ...]) -> bool:
    wildcards = {(row.topic is None, row.difficulty is None) for row in rows}
    return {(False, True), (True, False)} <= wildcards
