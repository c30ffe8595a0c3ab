"""Reading units and their headcounts."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from contest.errors import NotFound
from contest.i18n import search_key
from contest.paging import Page, page_of
from contest.units.domain import UnitChoice, UnitRow
from contest.units.models import Headcount, Unit, UnitKind

CHOSEN_KINDS = (UnitKind.COMMUNE, UnitKind.AGENCY, UnitKind.SCHOOL)


def get_unit(session: Session, unit_id: int) -> Unit:
    """The unit with this id. Raises `NotFound`."""
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotFound
    return unit


def find_unit_by_code(session: Session, code: str) -> Unit | None:
    """The unit known by this code."""
    return session.scalar(select(Unit).where(Unit.code == code))


def units_for_choice(session: Session, on: date) -> Mapping[UnitKind, list[UnitChoice]]:
    """What people may belong to on that day, by kind, each kind in Vietnamese order. One statement."""
    rows = session.execute(
        select(Unit.kind, Unit.id, Unit.name)
        .where(Unit.kind.in_(CHOSEN_KINDS), _in_force(on))
        .order_by(Unit.kind, Unit.sort_key, Unit.id)
    )
    found = {kind: [UnitChoice(row.id, row.name) for row in same] for kind, same in groupby(rows, lambda row: row.kind)}
    return {kind: found[kind] for kind in CHOSEN_KINDS if kind in found}


def unit_choices(session: Session, unit_ids: Iterable[int]) -> list[UnitChoice]:
    """These units by name."""
    rows = session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(list(unit_ids))).order_by(Unit.sort_key))
    return [UnitChoice(*row) for row in rows]


def is_unit_open(session: Session, unit_id: int, on: date) -> bool:
    """Whether people may belong to this unit on that day."""
    statement = select(Unit.id).where(Unit.id == unit_id, Unit.kind.in_(CHOSEN_KINDS), _in_force(on))
    return session.scalar(statement) is not None


def headcount_on(session: Session, unit_ids: Iterable[int], on: date) -> dict[int, int]:
    """People per unit by the latest count that holds on that day; a unit never counted is left out."""
    later = aliased(Headcount)
    is_replaced = (
        select(later.id)
        .where(later.unit_id == Headcount.unit_id, later.valid_from > Headcount.valid_from, later.valid_from <= on)
        .exists()
    )
    rows = session.execute(
        select(Headcount.unit_id, Headcount.people).where(
            Headcount.unit_id.in_(list(unit_ids)), Headcount.valid_from <= on, ~is_replaced
        )
    )
    return dict(rows.all())


def headcounts_of(session: Session, unit_id: int) -> list[Headcount]:
    """Every count of a unit, the newest first."""
    return list(
        session.scalars(
            select(Headcount).where(Headcount.unit_id == unit_id).order_by(Headcount.valid_from.desc(), Headcount.id)
        )
    )


def units_page(
    session: Session,
    on: date,
    *,
    words: str = "",
    kind: UnitKind | None = None,
    sort: str = "name",
    is_descending: bool = False,
    number: int = 1,
) -> Page[UnitRow]:
    """Units of that day with the headcount in force: search by name without tones or by code. Two statements."""
    latest = (
        select(func.max(Headcount.valid_from))
        .where(Headcount.unit_id == Unit.id, Headcount.valid_from <= on)
        .correlate(Unit)
        .scalar_subquery()
    )
    statement = (
        select(Unit.id, Unit.code, Unit.kind, Unit.name, Headcount.people, Headcount.valid_from, Headcount.source)
        .outerjoin(Headcount, and_(Headcount.unit_id == Unit.id, Headcount.valid_from == latest))
        .where(_in_force(on))
    )
    if words:
        statement = statement.where(
            or_(
                Unit.search_key.contains(search_key(words), autoescape=True),
                Unit.code.startswith(words.upper(), autoescape=True),
            )
        )
    if kind is not None:
        statement = statement.where(Unit.kind == kind)
    keys = {"name": Unit.sort_key, "code": Unit.code, "people": func.coalesce(Headcount.people, -1)}
    key = keys[sort]
    statement = statement.order_by(key.desc() if is_descending else key.asc(), Unit.sort_key, Unit.id)
    return page_of(session, statement, number, make=lambda row: UnitRow(*row))


def _in_force(on: date) -> ColumnElement[bool]:
    return and_(Unit.valid_from <= on, or_(Unit.valid_until.is_(None), Unit.valid_until > on))
