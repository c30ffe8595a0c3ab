"""What a contest's rules say about time, and the shape of a section of the rules. Values in, decision out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from contest.errors import DomainError


class Phase(StrEnum):
    """Where a round stands. Never stored: it follows from the timetable and the present instant."""

    DRAFT = "draft"
    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Timetable:
    """The instants of a round. People take part in [opens_at, closes_at) once the round is released."""

    opens_at: datetime
    closes_at: datetime
    released_at: datetime | None = None
    cancelled_at: datetime | None = None


def phase(timetable: Timetable, now: datetime) -> Phase:
    """The phase of a round at `now`: the opening instant belongs to the round, the closing instant doesn't."""
    if timetable.cancelled_at is not None:
        return Phase.CANCELLED
    if timetable.released_at is None:
        return Phase.DRAFT
    if now < timetable.opens_at:
        return Phase.UPCOMING
    return Phase.OPEN if now < timetable.closes_at else Phase.CLOSED


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule as citizens read it: what it is about, the answer, the condition; `items` are a numbered list."""

    icon: str
    term: str
    answer: str
    condition: str = ""
    items: tuple[str, ...] = ()


class RuleSection(Protocol):
    """A part of the rules, read, checked and put into sentences by the feature that executes it.

    The value is what the rules version stores: plain JSON. A section without a value in a version has none in force.
    """

    @property
    def code(self) -> str:
        """Key of the value in a rules version; stable."""

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of round that it concerns."""

    @property
    def position(self) -> int:
        """Order in the editor and in print."""

    @property
    def title(self) -> Any:
        """Lazy string: the name of the section."""

    @property
    def template(self) -> str:
        """Template that draws the fields of `form`."""

    def default(self) -> dict[str, Any]:
        """Value in the rules of a new contest."""

    def problems(self, value: Mapping[str, Any]) -> list[DomainError]:
        """What is wrong with the value; each names the form field at fault."""

    def lines(self, value: Mapping[str, Any]) -> list[RuleLine]:
        """The value in sentences for citizens, in the reader's language."""

    def form(self, value: Mapping[str, Any] | None) -> Any:
        """The form: filled with `value`, or read from the request when it is None."""

    def value(self, form: Any) -> dict[str, Any]:
        """The value that a valid form holds."""


@dataclass(frozen=True, slots=True)
class Lack:
    """What a round still needs before it opens. `fix_endpoint` is the page where it is put right.

    `sentence` says what is missing; a lack that `blocks` keeps the round from being released. The endpoint takes the
    contest's slug and `fix_values`.
    """

    code: str
    sentence: str
    blocks: bool = True
    fix_endpoint: str = ""
    fix_values: Mapping[str, Any] = field(default_factory=dict)


def overlapping(windows: Sequence[tuple[datetime, datetime]]) -> list[tuple[int, int]]:
    """Pairs of indexes of windows that share an instant. Rounds may overlap; people are warned."""
    return [
        (first, second)
        for first in range(len(windows))
        for second in range(first + 1, len(windows))
        if windows[first][0] < windows[second][1] and windows[second][0] < windows[first][1]
    ]
