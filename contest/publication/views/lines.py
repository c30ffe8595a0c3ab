"""The lines of published lists as markup.

A list never changes, so a worker keeps each page of it under the list's name. The frame of a line is drawn once for
all that are alike.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import get_template_attribute
from flask_babel import get_locale
from markupsafe import Markup, escape

from contest.contests.models import RoundKind
from contest.db import db
from contest.paging import Page
from contest.publication import queries
from contest.publication.queries import BOARD_PAGE, Line, RoundShown, UnitLine
from contest.standings.domain.ranking import JUDGED_SCORE, Chain, Values
from contest.standings.labels import KEY_NAMES, rate_words, value_writer
from contest.units.models import UnitKind
from contest.web.frames import frame_of, mark
from contest.web.kept import Kept

PAGES_KEPT = 400
TOTALS_KEPT = 1000
MEDALS = 3

LISTED = {RoundKind.QUIZ: ("right_count", "duration_ms"), RoundKind.ENTRY: (JUDGED_SCORE,)}
"""By kind of round, what a list shows before and after the keys of its chain."""

NOT_LISTED = frozenset({"all_right", "submitted_at", "started_at", "manual"})


@dataclass(frozen=True, slots=True)
class Columns:
    """The keys that a list shows, and how it writes what they are worth."""

    keys: tuple[str, ...]
    zone: str
    is_percent: bool

    @property
    def writers(self) -> dict[str, Callable[[Values], str]]:
        """By key, what writes its values."""
        return {key: value_writer(key, zone=self.zone, is_percent=self.is_percent) for key in self.keys}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page of whose list; `address` makes the link to another page of it, the same for all who want the same."""

    row: RoundShown
    words: str
    number: int
    address: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of a list as markup: its lines, and the links to the other pages."""

    lines: Markup
    pager: Markup


@dataclass(frozen=True, slots=True)
class _Pager:
    """What the component `pager` draws."""

    number: int
    pages: int
    total: int
    url: Callable[[int], str]


_pages = Kept[Shown](PAGES_KEPT)
_totals = Kept[int](TOTALS_KEPT)


def keys_listed(kind: RoundKind, chain: Chain) -> tuple[str, ...]:
    """What counts most, then what the chain compares, then the time."""
    first, *last = LISTED[kind]
    keys = [first, *(step.key for step in chain.steps), *last]
    return tuple(key for key in dict.fromkeys(keys) if key not in NOT_LISTED)


def people_shown(wanted: Wanted, group_id: int, columns: Callable[[], Columns]) -> Shown:
    """One page of a group; `columns` is asked only when there is something to draw."""
    engine, list_id = db.engine, wanted.row.publication
    if wanted.words:
        page = queries.lines_found(engine, list_id, group_id, wanted.words, wanted.number)
        return _shown(wanted, page, _people_lines(page.rows, columns()) if page.rows else Markup())

    def draw(number: int) -> Markup:
        return _people_lines(queries.group_lines(engine, list_id, group_id, number), columns())

    return _kept(wanted, group_id, lambda: queries.group_total(engine, list_id, group_id), draw)


def units_shown(wanted: Wanted, kind: UnitKind, total: int) -> Shown:
    """One page of the `total` units of a kind."""
    engine, list_id = db.engine, wanted.row.publication
    if wanted.words:
        page = queries.units_found(engine, list_id, kind, wanted.words, wanted.number)
        return _shown(wanted, page, _unit_lines(page.rows))
    return _kept(
        wanted, kind, lambda: total, lambda number: _unit_lines(queries.unit_lines(engine, list_id, kind, number))
    )


def own_line(line: Line, columns: Columns, url: str) -> Markup:
    """The reader's own line; `url` tells why it stands there."""
    values = [(key, KEY_NAMES[key], write(line.values)) for key, write in columns.writers.items()]
    drawn: Markup = get_template_attribute("publication/_lines.html", "own_line")(line.rank, url, values, line.prize)
    return drawn


def _kept(wanted: Wanted, part: int | UnitKind, count: Callable[[], int], draw: Callable[[int], Markup]) -> Shown:
    """No page is kept under a number that the list doesn't have."""
    name = (wanted.row, part, get_locale().language)
    total = _totals.value(name, count)
    number = max(1, min(wanted.number, -(-total // BOARD_PAGE) or 1))

    def made() -> Shown:
        return _shown(wanted, Page((), number, BOARD_PAGE, total), draw(number))

    return _pages.value((name, number), made) if total else Shown(Markup(), Markup())


def _shown(wanted: Wanted, page: Page[Any], lines: Markup) -> Shown:
    frame = _pager(page.number > 1, page.number < page.pages, page.pages, page.total, get_locale().language)
    moves = {"previous": page.number - 1, "next": page.number + 1}
    addresses = {name: escape(wanted.address(number)) for name, number in moves.items() if f"%({name})" in frame}
    return Shown(lines, Markup(frame % {"number": page.number, **addresses}))  # noqa: S704 - drawn by a template


class _Number(int):
    """The number of a page that a frame is drawn for: it counts, but writes itself as a mark."""

    def __str__(self) -> str:
        return mark("number")


@lru_cache(256)
def _pager(has_previous: bool, has_next: bool, pages: int, total: int, _language: str) -> str:
    """The frame of the links from one page to its neighbours."""
    number = _Number(1 + has_previous if has_next else pages)
    draw = get_template_attribute("components/list.html", "pager")
    return frame_of(draw(_Pager(number, pages, total, lambda other: mark("next" if other > number else "previous"))))


_escaped = lru_cache(4096)(escape)  # units, prizes and results are the same on many lines


def _people_lines(lines: Iterable[Line], columns: Columns) -> Markup:
    writers, language = columns.writers, get_locale().language
    filled = []
    for line in lines:
        medal = line.rank if line.rank <= MEDALS else 0
        frame = _line(columns.keys, medal, bool(line.unit_name), bool(line.prize), language)
        values: dict[str, object] = {key: _escaped(write(line.values)) for key, write in writers.items()}
        values["rank"], values["name"] = line.rank, _escaped(line.shown_name)
        values["unit"], values["prize"] = _escaped(line.unit_name), _escaped(line.prize)
        filled.append(frame % values)
    return Markup("".join(filled))  # noqa: S704 - drawn by a template, and filled in with escaped texts


@lru_cache(256)
def _line(keys: tuple[str, ...], medal: int, has_unit: bool, has_prize: bool, _language: str) -> str:
    """The frame of a line with these parts."""
    draw = get_template_attribute("publication/_lines.html", "line")
    values = [(key, KEY_NAMES[key], mark(key)) for key in keys]
    unit, prize = mark("unit") if has_unit else "", mark("prize") if has_prize else ""
    return frame_of(draw(medal or mark("rank"), mark("name"), unit, values, prize))


def _unit_lines(lines: Iterable[UnitLine]) -> Markup:
    draw = get_template_attribute("publication/_lines.html", "unit_line")
    return Markup("").join(draw(line, None if line.rate is None else rate_words(line.rate)) for line in lines)
