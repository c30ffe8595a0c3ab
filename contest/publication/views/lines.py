"""The lines of published lists as markup.

A list never changes, so a worker keeps each page of it under the list's name. The frame of a line is drawn once for
all that are alike.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

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
from contest.web.frames import Frame, mark, utf8
from contest.web.kept import Kept

PAGES_KEPT = 400
LISTS_KEPT = 1000
MEDALS = 3

LISTED = {RoundKind.QUIZ: ("right_count", "duration_ms"), RoundKind.ENTRY: (JUDGED_SCORE,)}
"""By kind of round, what a list shows before and after the keys of its chain."""

NOT_LISTED = frozenset({"all_right", "submitted_at", "started_at", "manual"})


class Columns(NamedTuple):
    """The keys that a list shows, and how it writes what they are worth."""

    keys: tuple[str, ...]
    zone: str
    is_percent: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page of whose list; `address` makes the link to a page of it, the same for all who want the same."""

    row: RoundShown
    words: str
    number: int
    address: Callable[[str], str]


class Shown(NamedTuple):
    """One page of a list as markup: its lines, and the links to the other pages."""

    lines: bytes
    pager: bytes


class _List(NamedTuple):
    """How many lines a list has, and the frame of the address of its pages."""

    total: int
    address: Frame


@dataclass(frozen=True, slots=True)
class _Pager:
    """What the component `pager` draws."""

    number: int
    pages: int
    total: int
    url: Callable[[int], str]


_pages = Kept[Shown](PAGES_KEPT)
_lists = Kept[_List](LISTS_KEPT)


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
        return _shown(_address(wanted), page, _people_lines(page.rows, columns()) if page.rows else b"")

    def draw(number: int) -> bytes:
        return _people_lines(queries.group_lines(engine, list_id, group_id, number), columns())

    return _kept(wanted, group_id, lambda: queries.group_total(engine, list_id, group_id), draw)


def units_shown(wanted: Wanted, kind: UnitKind, total: int) -> Shown:
    """One page of the `total` units of a kind."""
    engine, list_id = db.engine, wanted.row.publication
    if wanted.words:
        page = queries.units_found(engine, list_id, kind, wanted.words, wanted.number)
        return _shown(_address(wanted), page, _unit_lines(page.rows))
    return _kept(
        wanted, kind, lambda: total, lambda number: _unit_lines(queries.unit_lines(engine, list_id, kind, number))
    )


def own_line(line: Line, columns: Columns, url: str) -> Markup:
    """The reader's own line; `url` tells why it stands there."""
    values = [(key, KEY_NAMES[key], write(line.values)) for key, write in _writers(columns, get_locale().language)]
    drawn: Markup = get_template_attribute("publication/_lines.html", "own_line")(line.rank, url, values, line.prize)
    return drawn


def _kept(wanted: Wanted, part: int | UnitKind, count: Callable[[], int], draw: Callable[[int], bytes]) -> Shown:
    """No page is kept under a number that the list doesn't have."""
    name = (wanted.row, part, get_locale().language)
    total, address = _lists.value(name, lambda: _List(count(), _address(wanted)))
    number = max(1, min(wanted.number, -(-total // BOARD_PAGE) or 1))

    def made() -> Shown:
        return _shown(address, Page((), number, BOARD_PAGE, total), draw(number))

    return _pages.value((name, number), made) if total else Shown(b"", b"")


def _address(wanted: Wanted) -> Frame:
    return Frame(escape(wanted.address(mark("page"))))


def _shown(address: Frame, page: Page[Any], lines: bytes) -> Shown:
    number = page.number
    frame = _pager(number > 1, number < page.pages, page.pages, page.total, get_locale().language)
    previous, following = (address.filled({"page": b"%d" % other}) for other in (number - 1, number + 1))
    return Shown(lines, frame.filled({"number": b"%d" % number, "previous": previous, "next": following}))


class _Number(int):
    """The number of a page that a frame is drawn for: it counts, but writes itself as a mark."""

    def __str__(self) -> str:
        return mark("number")


@lru_cache(256)
def _pager(has_previous: bool, has_next: bool, pages: int, total: int, _language: str) -> Frame:
    """The frame of the links from one page to its neighbours."""
    number = _Number(1 + has_previous if has_next else pages)
    draw = get_template_attribute("components/list.html", "pager")
    return Frame(draw(_Pager(number, pages, total, lambda other: mark("next" if other > number else "previous"))))


_escaped = lru_cache(4096)(utf8)  # units, prizes and results are the same on many lines


@lru_cache(256)
def _writers(columns: Columns, _language: str) -> tuple[tuple[str, Callable[[Values], str]], ...]:
    """By key, what writes its values."""
    keys, zone, is_percent = columns
    return tuple((key, value_writer(key, zone=zone, is_percent=is_percent)) for key in keys)


def _people_lines(lines: Iterable[Line], columns: Columns) -> bytes:
    language = get_locale().language
    writers, filled = _writers(columns, language), []
    for _group_id, rank, name, unit, prize, values in lines:
        frame = _line(columns.keys, rank if rank <= MEDALS else 0, bool(unit), bool(prize), language)
        written = {key: _escaped(write(values)) for key, write in writers}
        own = {"rank": b"%d" % rank, "name": _escaped(name), "unit": _escaped(unit), "prize": _escaped(prize)}
        filled.append(frame.filled(written | own))
    return b"".join(filled)


@lru_cache(256)
def _line(keys: tuple[str, ...], medal: int, has_unit: bool, has_prize: bool, _language: str) -> Frame:
    """The frame of a line with these parts."""
    draw = get_template_attribute("publication/_lines.html", "line")
    values = [(key, KEY_NAMES[key], mark(key)) for key in keys]
    unit, prize = mark("unit") if has_unit else "", mark("prize") if has_prize else ""
    return Frame(draw(medal or mark("rank"), mark("name"), unit, values, prize))


def _unit_lines(lines: Iterable[UnitLine]) -> bytes:
    draw = get_template_attribute("publication/_lines.html", "unit_line")
    drawn = (draw(line, None if line.rate is None else rate_words(line.rate)) for line in lines)
    return Markup("").join(drawn).encode()
