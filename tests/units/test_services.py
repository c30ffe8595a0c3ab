from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.audit.models import AuditDetail, AuditRecord
from contest.contests.models import Role
from contest.errors import DomainError, NotAllowed, NotFound
from contest.units.models import Headcount, Unit, UnitKind
from contest.units.queries import find_unit_by_code
from contest.units.services import add_unit, load_communes, set_headcount
from tests.factories import NOW, actor_of, make_contest, make_person, make_unit

DAY = date(2026, 9, 5)


def test_the_communes_are_the_65_in_force_and_loading_again_adds_nothing(session: Session) -> None:
    assert load_communes(session) == 66
    assert load_communes(session) == 0
    kinds = dict(session.execute(select(Unit.kind, func.count()).group_by(Unit.kind)).all())
    assert kinds == {UnitKind.PROVINCE: 1, UnitKind.COMMUNE: 65}
    ward = find_unit_by_code(session, "05986")
    assert ward is not None
    assert (ward.name, ward.search_key, ward.valid_from) == ("Phường Tam Thanh", "phuong tam thanh", date(2025, 7, 1))
    province = find_unit_by_code(session, "20")
    assert province is not None
    assert ward.parent_id == province.id


def test_loading_fills_what_is_missing_only(session: Session) -> None:
    load_communes(session)
    session.delete(session.scalars(select(Unit).where(Unit.code == "06040")).one())
    session.flush()
    assert load_communes(session) == 1


@pytest.mark.parametrize("role", list(Role))
def test_only_organizer_and_secretary_keep_units(session: Session, role: Role) -> None:
    contest, person = make_contest(session), make_person(session)
    actor = actor_of(person, contest, role)
    new: dict[str, Any] = {"contest_id": contest.id, "kind": UnitKind.AGENCY, "code": "H37.01", "name": "Sở Nội vụ"}
    if role in {Role.ORGANIZER, Role.SECRETARY}:
        assert add_unit(session, actor, NOW, **new).name == "Sở Nội vụ"
        return
    with pytest.raises(NotAllowed):
        add_unit(session, actor, NOW, **new)
    count = {"contest_id": contest.id, "unit_id": make_unit(session).id, "people": 1, "valid_from": DAY, "source": "x"}
    with pytest.raises(NotAllowed):
        set_headcount(session, actor, NOW, **count)
    assert session.scalar(select(func.count(AuditRecord.id))) == 0


@pytest.mark.parametrize(
    ("kind", "code", "fault"),
    [
        (UnitKind.AGENCY, "20164501", "unit_code_agency"),
        (UnitKind.SCHOOL, "Trường 1", "unit_code_school"),
        (UnitKind.AGENCY, "H37.99", "unit_code_taken"),
        (UnitKind.AGENCY, "h37.99", "unit_code_taken"),
        (UnitKind.COMMUNE, "06040", "unit_kind_fixed"),
    ],
)
def test_a_wrong_unit_is_refused_at_its_field(session: Session, kind: UnitKind, code: str, fault: str) -> None:
    contest = make_contest(session)
    actor = actor_of(make_person(session), contest, Role.ORGANIZER)
    make_unit(session, "Sở Tài chính", code="H37.99", kind=UnitKind.AGENCY)
    with pytest.raises(DomainError) as error:
        add_unit(session, actor, NOW, contest_id=contest.id, kind=kind, code=code, name="Sở Nội vụ")
    assert error.value.code == fault
    assert error.value.field == ("kind" if fault == "unit_kind_fixed" else "code")


def test_a_headcount_of_the_same_day_is_put_right_and_the_record_keeps_both(session: Session) -> None:
    contest, unit = make_contest(session), make_unit(session)
    actor = actor_of(make_person(session), contest, Role.SECRETARY)
    for people in (40, 42):
        set_headcount(
            session,
            actor,
            NOW,
            contest_id=contest.id,
            unit_id=unit.id,
            valid_from=DAY,
            people=people,
            source=f"báo cáo {people}",
        )
    assert [(row.people, row.source) for row in session.scalars(select(Headcount))] == [(42, "báo cáo 42")]
    details = session.scalars(select(AuditDetail.detail).order_by(AuditDetail.record_id)).all()
    assert details[1]["before"] == {"people": 40, "source": "báo cáo 40"}


@pytest.mark.parametrize(
    ("people", "source", "fault"),
    [
        (0, "x", "headcount_range"),
        (10_000_001, "x", "headcount_range"),
        (1, " ", "headcount_source_missing"),
        (1, "x", None),
        (10_000_000, "x", None),
    ],
)
def test_headcounts_have_bounds_and_a_source(session: Session, people: int, source: str, fault: str | None) -> None:
    contest, unit = make_contest(session), make_unit(session)
    actor = actor_of(make_person(session), contest, Role.ORGANIZER)
    values: dict[str, Any] = {"unit_id": unit.id, "valid_from": DAY, "people": people, "source": source}
    if fault is None:
        assert set_headcount(session, actor, NOW, contest_id=contest.id, **values).people == people
        return
    with pytest.raises(DomainError) as error:
        set_headcount(session, actor, NOW, contest_id=contest.id, **values)
    assert error.value.code == fault


def test_no_headcount_for_a_unit_that_is_not_there(session: Session) -> None:
    contest = make_contest(session)
    actor = actor_of(make_person(session), contest, Role.ORGANIZER)
    with pytest.raises(NotFound):
        set_headcount(session, actor, NOW, contest_id=contest.id, unit_id=0, valid_from=DAY, people=1, source="x")
