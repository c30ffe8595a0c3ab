"""What a contest's rules say about time, and the shape of a section of the rules. Values in, decision out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from markupsafe import Markup

from contest.errors import DomainError
from contest.i18n import search_key

MINUTES_A_DAY = 24 * 60
SLUG_LENGTH = 80


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

    @property
    def text(self) -> str:
        """Answer, items and condition in one string, for comparing and for pages without pictures."""
        numbered = (Markup("{}. {}").format(number, item) for number, item in enumerate(self.items, start=1))
        return Markup(" · ").join(part for part in (self.answer, *numbered, self.condition) if part)


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
        """The form, a `BaseForm`: filled with `value`, or read from the request when it is None."""

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


def minutes_of(text: str, field_name: str) -> int:
    """Minutes from midnight of a typed time such as `9:05`, `09h05`, `17h` or `24:00`. Raises `time_unreadable`."""
    match = re.fullmatch(r"(\d{1,2})\s*[:hg.]\s*(\d{2})?", text.strip().lower())
    if match is None:
        raise DomainError("time_unreadable", field=field_name)
    minutes = int(match[1]) * 60 + int(match[2] or 0)
    if int(match[2] or 0) > 59 or minutes > MINUTES_A_DAY:
        raise DomainError("time_unreadable", field=field_name)
    return minutes


def opening_instant(day: date, text: str, zone: str) -> datetime:
    """The instant at which the clocks of `zone` show what was typed; 24:00 is midnight at the end of the day."""
    return _instant(day, minutes_of(text, "opens_time"), zone)


def closing_instant(day: date, text: str, zone: str) -> datetime:
    """Like `opening_instant`, but "until 23:59" (or any hh:59) lets the whole of that minute count."""
    minutes = minutes_of(text, "closes_time")
    return _instant(day, minutes + 1 if minutes % 60 == 59 else minutes, zone)


def _instant(day: date, minutes: int, zone: str) -> datetime:
    days, rest = divmod(minutes, MINUTES_A_DAY)
    clock_time = time(rest // 60, rest % 60, tzinfo=ZoneInfo(zone))
    return datetime.combine(day + timedelta(days=days), clock_time).astimezone(UTC)


def moved(instant: datetime, days: int, zone: str) -> datetime:
    """The same time on the clocks of `zone`, `days` later."""
    return (instant.astimezone(ZoneInfo(zone)) + timedelta(days=days)).astimezone(UTC)


def check_window(opens_at: datetime, closes_at: datetime) -> None:
    """Raise `window_reversed` when the end doesn't come after the start."""
    if closes_at <= opens_at:
        raise DomainError("window_reversed", field="closes_time")


def check_postponement(old: Timetable, new: Timetable, now: datetime) -> None:
    """Raise unless `new` moves the window of a round that has not closed only forward.

    Codes: `round_closed`, `round_cancelled`, `moved_back`, `already_open` (the start of an open round stays),
    `nothing_moved`, `window_reversed`.
    """
    if old.cancelled_at is not None:
        raise DomainError("round_cancelled")
    if now >= old.closes_at:
        raise DomainError("round_closed")
    if new.opens_at != old.opens_at and now >= old.opens_at:
        raise DomainError("already_open", field="opens_time")
    if new.opens_at < old.opens_at:
        raise DomainError("moved_back", field="opens_time")
    if new.closes_at < old.closes_at:
        raise DomainError("moved_back", field="closes_time")
    if (new.opens_at, new.closes_at) == (old.opens_at, old.closes_at):
        raise DomainError("nothing_moved", field="closes_time")
    check_window(new.opens_at, new.closes_at)


def slug_of(title: str) -> str:
    """An address made of a title: lower case, no marks, words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", search_key(title)).strip("-")[:SLUG_LENGTH].rstrip("-")


@dataclass(frozen=True, slots=True)
class LineChange:
    """A printed rule beside what stood in its place before; an empty side means there was or is none."""

    term: str
    now: str
    before: str


def line_changes(now: Sequence[RuleLine], before: Sequence[RuleLine]) -> list[LineChange]:
    """The lines of two versions side by side, matched by their term, those that fell away last."""
    old = {line.term: line.text for line in before}
    new = {line.term: line.text for line in now}
    return [LineChange(term, new.get(term, ""), old.get(term, "")) for term in {**new, **old}]
