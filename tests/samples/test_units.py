from datetime import date

from sqlalchemy.orm import Session

from contest.samples.units import AGENCIES, FIRST_SCHOOL, SCHOOLS
from contest.units.models import UnitKind
from contest.units.queries import find_unit_by_code, headcount_on, units_for_choice

TODAY = date(2026, 7, 15)


def test_every_unit_is_open_and_has_people_to_be_counted(session: Session, ids: dict[str, int]) -> None:
    offered = units_for_choice(session, TODAY)
    assert {kind: len(units) for kind, units in offered.items()} == {
        UnitKind.COMMUNE: 65,
        UnitKind.AGENCY: len(AGENCIES),
        UnitKind.SCHOOL: len(SCHOOLS),
    }
    unit_ids = [unit.id for units in offered.values() for unit in units]
    counts = headcount_on(session, unit_ids, TODAY)
    assert set(counts) == set(unit_ids)
    assert min(counts.values()) > 0


def test_invented_units_say_so_in_their_names(session: Session, ids: dict[str, int]) -> None:
    assert all("mẫu" in name for _code, name, _people in (*AGENCIES, *SCHOOLS))
    school = find_unit_by_code(session, FIRST_SCHOOL)
    assert school is not None
    assert school.kind is UnitKind.SCHOOL
