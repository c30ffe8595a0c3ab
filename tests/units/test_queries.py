from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from contest.units.models import Headcount, UnitKind
from contest.units.queries import headcount_on, is_unit_open, units_for_choice, units_page
from contest.units.services import load_communes
from tests.factories import add, make_unit

DAY = date(2026, 7, 15)


def count(session: Session, unit_id: int, since: date, people: int) -> None:
    add(session, Headcount(unit_id=unit_id, valid_from=since, people=people, source="báo cáo"))


def test_units_are_offered_by_kind_in_vietnamese_order_without_the_province(session: Session) -> None:
    load_communes(session)
    for name in ("Sở Y tế", "Sở Nội vụ", "Sở Ấn loát"):
        make_unit(session, name, kind=UnitKind.AGENCY)
    offered = units_for_choice(session, DAY)
    assert list(offered) == [UnitKind.COMMUNE, UnitKind.AGENCY]
    assert [unit.name for unit in offered[UnitKind.AGENCY]] == ["Sở Ấn loát", "Sở Nội vụ", "Sở Y tế"]
    assert [unit.name for unit in offered[UnitKind.COMMUNE]][:5] == [
        "Phường Đông Kinh",
        "Phường Kỳ Lừa",
        "Phường Lương Văn Tri",
        "Phường Tam Thanh",
        "Xã Ba Sơn",
    ]


@pytest.mark.parametrize(("days", "is_open"), [(-1, False), (0, True), (9, True), (10, False)])
def test_a_unit_is_open_from_its_first_day_until_the_day_it_ends(session: Session, days: int, is_open: bool) -> None:
    unit = make_unit(session, valid_from=DAY, valid_until=DAY + timedelta(days=10))
    on = DAY + timedelta(days=days)
    assert is_unit_open(session, unit.id, on) is is_open
    assert bool(units_for_choice(session, on)) is is_open


def test_the_province_itself_is_nobodys_unit(session: Session) -> None:
    assert not is_unit_open(session, make_unit(session, kind=UnitKind.PROVINCE).id, DAY)


@pytest.mark.parametrize(("days", "people"), [(-1, None), (0, 40), (29, 40), (30, 50)])
def test_the_headcount_in_force_is_the_latest_that_has_begun(session: Session, days: int, people: int | None) -> None:
    unit, other = make_unit(session), make_unit(session)
    count(session, unit.id, DAY, 40)
    count(session, unit.id, DAY + timedelta(days=30), 50)
    count(session, other.id, DAY - timedelta(days=90), 7)
    on = DAY + timedelta(days=days)
    assert headcount_on(session, [unit.id], on) == ({} if people is None else {unit.id: people})
    (row,) = [row for row in units_page(session, on).rows if row.id == unit.id]
    assert row.people == people


def test_units_are_found_without_tones_or_by_code_and_sorted(session: Session) -> None:
    load_communes(session)
    school = make_unit(session, "Trường Tiểu học Đồng Đăng", kind=UnitKind.SCHOOL, code="H37.9")
    count(session, school.id, DAY, 300)
    assert [row.name for row in units_page(session, DAY, words="dong dang").rows] == [
        "Trường Tiểu học Đồng Đăng",
        "Xã Đồng Đăng",
    ]
    assert [row.name for row in units_page(session, DAY, words="h37").rows] == ["Trường Tiểu học Đồng Đăng"]
    assert [row.name for row in units_page(session, DAY, words="0597").rows] == ["Phường Đông Kinh"]
    assert units_page(session, DAY, kind=UnitKind.COMMUNE).total == 65
    assert units_page(session, DAY, sort="people", is_descending=True).rows[0].id == school.id
    assert units_page(session, DAY, words="100%").total == 0
