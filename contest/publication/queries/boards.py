"""What boards show, asked directly. A published list never changes: who knows its name may keep what was read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Engine, Text, bindparam, cast, func, select
from sqlalchemy.orm import aliased

from contest.contests.domain import Phase, Timetable, phase
from contest.contests.models import Contest, ContestState, Group, Round, RoundKind
from contest.contests.queries import PUBLIC_STATES, is_round_public
from contest.errors import NotFound
from contest.i18n import search_key
from contest.paging import Page
from contest.participation.models import Participation
from contest.publication.models import Publication, PublicationRow, PublicationUnit
from contest.statements import DirectRead, Rows
from contest.units.models import UnitKind

BOARD_PAGE = 50
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RoundShown:
    """A round that the public may see. `publication` is the id of its list, `digest` pins the rows; 0 without one."""

    id: int
    public_id: str
    name: str
    kind: RoundKind
    publication: int
    digest: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Boards:
    """A contest with its public rounds, in order of time, as read from `rows`; phases stay the same before `until`."""

    contest_id: int
    slug: str
    title: str
    state: ContestState
    time_zone: str
    rounds: tuple[RoundShown, ...]
    rows: Rows = field(repr=False, compare=False)
    until: datetime = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Published:
    """What a board says of a list beside its rows, as in `Publication`."""

    version: int
    decision_number: str
    decision_date: date
    note: str
    chain: dict[str, Any]
    target: int | None
    is_percent: bool
    participants: int
    attempts: int


class Line(NamedTuple):
    """A person's line as shown."""

    group_id: int
    rank: int
    shown_name: str
    unit_name: str
    prize: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit's line as shown."""

    rank: int | None
    unit_name: str
    participants: int
    people: int | None
    rate: int | None


_NEWER = aliased(Publication)
_IS_REPLACED = select(_NEWER.id).where(_NEWER.round_id == Publication.round_id, _NEWER.version > Publication.version)
_BOARDS = DirectRead(
    select(
        Contest.id,
        Contest.slug,
        Contest.title,
        Contest.state,
        Contest.time_zone,
        Round.id,
        Round.public_id,
        Round.name,
        Round.kind,
        Round.opens_at,
        Round.closes_at,
        Round.released_at,
        Round.cancelled_at,
        Publication.id,
        Publication.shown_digest,
        Publication.published_at,
    )
    .join(Round, Round.contest_id == Contest.id)
    .outerjoin(
        Publication,
        (Publication.round_id == Round.id) & Publication.withdrawn_at.is_(None) & ~_IS_REPLACED.exists(),
    )
    .where(Contest.slug == bindparam("slug"))
    .order_by(Round.opens_at, Round.position)
)
_GROUPS = DirectRead(
    select(Group.id, Group.name).where(Group.contest_id == bindparam("contest_id")).order_by(Group.position)
)
_PUBLISHED = DirectRead(
    select(
        Publication.version,
        Publication.decision_number,
        Publication.decision_date,
        Publication.note,
        Publication.chain,
        Publication.target,
        Publication.is_percent,
        Publication.participants,
        Publication.attempts,
    ).where(Publication.id == bindparam("publication_id"))
)
_LINES = select(
    PublicationRow.group_id,
    PublicationRow.rank,
    PublicationRow.shown_name,
    PublicationRow.unit_name,
    PublicationRow.prize,
    cast(PublicationRow.values, Text),
).where(PublicationRow.publication_id == bindparam("publication_id"))
_IN_GROUP = (
    PublicationRow.publication_id == bindparam("publication_id"),
    PublicationRow.group_id == bindparam("group_id"),
)
_GROUP_TOTAL = DirectRead(select(func.coalesce(func.max(PublicationRow.position), 0)).where(*_IN_GROUP))
_GROUP_LINES = DirectRead(
    _LINES.where(_IN_GROUP[1], PublicationRow.position > bindparam("after"))
    .order_by(PublicationRow.position)
    .limit(BOARD_PAGE)
)
_OWN_LINE = DirectRead(
    _LINES.join(Participation, Participation.id == PublicationRow.participation_id).where(
        Participation.person_id == bindparam("person_id")
    )
)
_KINDS = DirectRead(
    select(PublicationUnit.kind, func.count())
    .where(PublicationUnit.publication_id == bindparam("publication_id"))
    .group_by(PublicationUnit.kind)
    .order_by(PublicationUnit.kind)
)
_OF_KIND = (
    PublicationUnit.publication_id == bindparam("publication_id"),
    PublicationUnit.kind == bindparam("unit_kind"),
)
_UNIT_LINES = (
    select(
        PublicationUnit.rank,
        PublicationUnit.unit_name,
        PublicationUnit.participants,
        PublicationUnit.people,
        PublicationUnit.rate,
    )
    .where(*_OF_KIND)
    .order_by(PublicationUnit.position)
    .limit(BOARD_PAGE)
)
_UNITS = DirectRead(_UNIT_LINES.where(PublicationUnit.position > bindparam("after")))


def _like(column: Any) -> ColumnElement[bool]:
    matches: ColumnElement[bool] = column.like(bindparam("pattern"), escape="/")
    return matches


_LINES_COUNTED = DirectRead(select(func.count()).where(*_IN_GROUP, _like(PublicationRow.search_key)))
_LINES_FOUND = DirectRead(
    _LINES.where(_IN_GROUP[1], _like(PublicationRow.search_key))
    .order_by(PublicationRow.position)
    .limit(BOARD_PAGE)
    .offset(bindparam("after"))
)
_UNITS_COUNTED = DirectRead(select(func.count()).where(*_OF_KIND, _like(PublicationUnit.search_key)))
_UNITS_FOUND = DirectRead(_UNIT_LINES.where(_like(PublicationUnit.search_key)).offset(bindparam("after")))


def find_boards(engine: Engine, slug: str, now: datetime) -> Boards | None:
    """A contest's rounds and what is published of them at `now`, if the public sees it. One statement."""
    raw = _BOARDS.raw(engine, slug=slug)
    rows = _BOARDS.read(engine, raw)
    if not rows or rows[0][3] not in PUBLIC_STATES:
        return None
    rounds = []
    for *facts, publication, digest, published_at in (row[5:] for row in rows):
        standing = phase(Timetable(*facts[4:]), now)
        if is_round_public(standing, facts[6], rows[0][3]):
            shown = (publication, digest, published_at) if publication and standing is Phase.CLOSED else (0, "", None)
            rounds.append(RoundShown(*facts[:4], *shown))
    contest_id, slug, title, state, zone = rows[0][:5]
    until = min((instant for row in rows for instant in row[9:13] if instant and instant > now), default=NEVER)
    return Boards(contest_id, slug, title, state, zone, tuple(rounds), raw, until)


def do_boards_hold(engine: Engine, boards: Boards, now: datetime) -> bool:
    """Whether reading them again would say the same. One statement."""
    return now < boards.until and _BOARDS.raw(engine, slug=boards.slug) == boards.rows


def shown_groups(engine: Engine, contest_id: int) -> tuple[tuple[int, str], ...]:
    """Id and name of the contest's groups, in their order."""
    return tuple((group_id, name) for group_id, name in _GROUPS.rows(engine, contest_id=contest_id))


def get_published(engine: Engine, publication_id: int) -> Published:
    """What is said of this list. Raises `NotFound`."""
    row = _PUBLISHED.find(engine, publication_id=publication_id)
    if row is None:
        raise NotFound
    return Published(*row)


def group_total(engine: Engine, publication_id: int, group_id: int) -> int:
    """How many people have a place in this group: positions count from 1."""
    row = _GROUP_TOTAL.find(engine, publication_id=publication_id, group_id=group_id)
    return row[0] if row else 0


def group_lines(engine: Engine, publication_id: int, group_id: int, number: int) -> list[Line]:
    """The lines of page `number` of a group."""
    after = (number - 1) * BOARD_PAGE
    return _lines(_GROUP_LINES.rows(engine, publication_id=publication_id, group_id=group_id, after=after))


def lines_found(engine: Engine, publication_id: int, group_id: int, words: str, number: int) -> Page[Line]:
    """One page of the lines of a group in which these words are shown. Two statements."""
    wanted = {"publication_id": publication_id, "group_id": group_id, "pattern": _pattern(words)}
    page = _page(engine, _LINES_COUNTED, _LINES_FOUND, number, wanted)
    return Page(_lines(page.rows), page.number, page.size, page.total)


def find_own_line(engine: Engine, publication_id: int, person_id: int) -> Line | None:
    """This person's line of the list."""
    return next(iter(_lines(_OWN_LINE.rows(engine, publication_id=publication_id, person_id=person_id))), None)


def unit_kinds(engine: Engine, publication_id: int) -> dict[UnitKind, int]:
    """How many units of each kind the list ranks."""
    return dict(_KINDS.rows(engine, publication_id=publication_id))


def unit_lines(engine: Engine, publication_id: int, kind: UnitKind, number: int) -> list[UnitLine]:
    """The lines of page `number` of a kind of unit."""
    after = (number - 1) * BOARD_PAGE
    return [UnitLine(*row) for row in _UNITS.rows(engine, publication_id=publication_id, unit_kind=kind, after=after)]


def units_found(engine: Engine, publication_id: int, kind: UnitKind, words: str, number: int) -> Page[UnitLine]:
    """One page of the units of a kind that have these words in their name. Two statements."""
    wanted = {"publication_id": publication_id, "unit_kind": kind, "pattern": _pattern(words)}
    page = _page(engine, _UNITS_COUNTED, _UNITS_FOUND, number, wanted)
    return Page([UnitLine(*row) for row in page.rows], page.number, page.size, page.total)


def _lines(rows: Sequence[tuple[Any, ...]]) -> list[Line]:
    """Read with the values of all of them at once: a page has fifty."""
    values = json.loads(f"[{','.join([row[-1] for row in rows])}]")
    return [Line._make((*row[:-1], each)) for row, each in zip(rows, values, strict=True)]


def _pattern(words: str) -> str:
    """What is looked for, as a pattern in which nothing that was typed stands for anything else."""
    plain = search_key(words)
    for sign in "/%_":
        plain = plain.replace(sign, f"/{sign}")
    return f"%{plain}%"


def _page(
    engine: Engine, counted: DirectRead, found: DirectRead, number: int, wanted: dict[str, Any]
) -> Page[tuple[Any, ...]]:
    row = counted.find(engine, **wanted)
    total = row[0] if row else 0
    number = max(1, min(number, -(-total // BOARD_PAGE) or 1))
    return Page(found.rows(engine, after=(number - 1) * BOARD_PAGE, **wanted), number, BOARD_PAGE, total)
