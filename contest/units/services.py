"""Loading the province's units, adding agencies and schools, entering headcounts."""

import csv
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.audit.services import record
from contest.errors import DomainError, NotAllowed
from contest.i18n import local, nfc, search_key, text_sort_key
from contest.units.domain import is_agency_code, is_school_code
from contest.units.models import Headcount, Unit, UnitKind
from contest.units.policies import may_keep_units
from contest.units.queries import find_unit_by_code, get_unit

COMMUNES_FILE = Path(__file__).parent / "data" / "langson_communes_2025.csv"
COMMUNES_SINCE = date(2025, 7, 1)
PROVINCE_CODE = "20"
PROVINCE_NAME = "Tỉnh Lạng Sơn"
MOST_PEOPLE = 10_000_000


def load_communes(session: Session) -> int:
    """Put the province and its communes into the database; those already there stay. Returns how many were added."""
    known = set(session.scalars(select(Unit.code)))
    if PROVINCE_CODE not in known:
        session.add(_unit(PROVINCE_CODE, UnitKind.PROVINCE, PROVINCE_NAME, COMMUNES_SINCE))
        session.flush()
    province = find_unit_by_code(session, PROVINCE_CODE)
    assert province is not None
    with COMMUNES_FILE.open(encoding="utf-8", newline="") as file:
        added = [
            _unit(row["code"], UnitKind.COMMUNE, f"{row['type'].capitalize()} {row['name']}", COMMUNES_SINCE, province)
            for row in csv.DictReader(file)
            if row["code"] not in known
        ]
    session.add_all(added)
    session.flush()
    return len(added) + (PROVINCE_CODE not in known)


def add_unit(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, kind: UnitKind, code: str, name: str
) -> Unit:
    """Add an agency or a school, from today on.

    Raises `NotAllowed`, `unit_kind_fixed`, `unit_code_agency`, `unit_code_school`, `unit_code_taken`.
    """
    _ensure_keeper(actor, contest_id)
    code = nfc(code).upper()
    _ensure_code(session, kind, code)
    unit = _unit(code, kind, nfc(name), local(now).date(), find_unit_by_code(session, PROVINCE_CODE))
    session.add(unit)
    session.flush()
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        act="unit.added",
        subject=f"unit:{unit.id}",
        scope=contest_id,
        facts={"code": code, "kind": kind.value},
        detail={"name": unit.name},
    )
    return unit


def set_headcount(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    unit_id: int,
    valid_from: date,
    people: int,
    source: str,
) -> Headcount:
    """Enter how many people a unit has from a day on; the same day again puts the number right.

    Raises `NotAllowed`, `NotFound`, `headcount_range`, `headcount_source_missing`.
    """
    _ensure_keeper(actor, contest_id)
    unit = get_unit(session, unit_id)
    if not 1 <= people <= MOST_PEOPLE:
        raise DomainError("headcount_range", field="people", most=MOST_PEOPLE)
    if not source.strip():
        raise DomainError("headcount_source_missing", field="source")
    count = session.scalar(select(Headcount).where(Headcount.unit_id == unit.id, Headcount.valid_from == valid_from))
    before = {"people": count.people, "source": count.source} if count else None
    if count is None:
        count = Headcount(unit_id=unit.id, valid_from=valid_from)
        session.add(count)
    count.people, count.source = people, nfc(source)
    session.flush()
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        act="headcount.set",
        subject=f"unit:{unit.id}",
        scope=contest_id,
        facts={"valid_from": valid_from.isoformat(), "people": people},
        detail={"before": before, "source": count.source},
    )
    return count


def _ensure_keeper(actor: Actor, contest_id: int) -> None:
    if not may_keep_units(actor, contest_id):
        raise NotAllowed


def _ensure_code(session: Session, kind: UnitKind, code: str) -> None:
    if kind not in {UnitKind.AGENCY, UnitKind.SCHOOL}:
        raise DomainError("unit_kind_fixed", field="kind")
    if kind is UnitKind.AGENCY and not is_agency_code(code):
        raise DomainError("unit_code_agency", field="code")
    if kind is UnitKind.SCHOOL and not is_school_code(code):
        raise DomainError("unit_code_school", field="code")
    if find_unit_by_code(session, code) is not None:
        raise DomainError("unit_code_taken", field="code", taken=code)


def _unit(code: str, kind: UnitKind, name: str, valid_from: date, parent: Unit | None = None) -> Unit:
    return Unit(
        code=code,
        kind=kind,
        name=name,
        sort_key=text_sort_key(name),
        search_key=search_key(name),
        parent_id=parent.id if parent else None,
        valid_from=valid_from,
    )
