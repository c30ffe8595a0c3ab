from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.accounts.models import Consent, Credential, Login, Person
from contest.accounts.services import GivenPassword
from contest.actors import Actor
from contest.audit.models import AuditRecord
from contest.contests.models import Contest, ContestState, Group, Role
from contest.errors import DomainError, NotAllowed
from contest.participation.domain.class_list import ClassList, Pupil
from contest.participation.models import Enrolment, Participation
from contest.participation.services import Enrolled, check_class_list, enrol_pupils
from contest.units.models import Unit, UnitKind
from tests.factories import NOW, actor_of, make_contest, make_group, make_person, make_unit

COLUMNS = {"family": 0, "given": 1, "birth_date": 2, "class_name": 3}
CHILD = Pupil(2, "Hoàng Thị Bích Ngọc", date(2013, 9, 5), "7A")
GROWN = Pupil(3, "Lương Văn Páo", date(2009, 1, 2), "12B")


def class_list(*pupils: Pupil) -> ClassList:
    return ClassList(pupils, (), COLUMNS)


def school_of(session: Session) -> tuple[Contest, Group, Unit, Actor]:
    contest = make_contest(session)
    school = make_unit(session, "Trường THCS Bình Gia", kind=UnitKind.SCHOOL, code="20164501")
    person = make_person(session)
    return contest, make_group(session, contest), school, actor_of(person, contest, Role.COORDINATOR, unit_id=school.id)


def enrol(
    session: Session, actor: Actor, contest: Contest, found: ClassList, group: Group, unit: Unit
) -> list[Enrolled]:
    passwords = [GivenPassword(f"plain-{number}", f"hash-{number}") for number in range(len(found.pupils))]
    return enrol_pupils(session, actor, NOW, contest, found, passwords, group_id=group.id, unit_id=unit.id)


def test_a_class_gets_accounts_enrolments_participations_and_slips(session: Session) -> None:
    contest, group, school, actor = school_of(session)
    enrolled = enrol(session, actor, contest, class_list(CHILD, GROWN), group, school)
    assert [(pupil.full_name, pupil.class_name, pupil.password) for pupil in enrolled] == [
        ("Hoàng Thị Bích Ngọc", "7A", "plain-0"),
        ("Lương Văn Páo", "12B", "plain-1"),
    ]
    first = session.scalars(select(Login).where(Login.value == enrolled[0].login.lower())).one()
    credential = session.get_one(Credential, first.person_id)
    assert (credential.password_hash, credential.must_change) == ("hash-0", True)
    enrolment = session.get_one(Enrolment, first.person_id)
    assert (enrolment.unit_id, enrolment.class_name, enrolment.enrolled_by) == (school.id, "7A", actor.person_id)
    rows = session.scalars(select(Participation).where(Participation.contest_id == contest.id)).all()
    assert {(row.group_id, row.unit_id) for row in rows} == {(group.id, school.id)}
    assert len({row.draw_id for row in rows}) == 2
    assert session.scalars(select(AuditRecord.act)).all() == ["pupils.enrolled"]


def test_the_guardians_paper_is_noted_below_16_only(session: Session) -> None:
    contest, group, school, actor = school_of(session)
    enrol(session, actor, contest, class_list(CHILD, GROWN), group, school)
    assert session.scalars(select(Consent.proof)).all() == ["paper:20164501, 7A"]


def test_a_list_sent_twice_enrols_nobody_twice(session: Session) -> None:
    contest, group, school, actor = school_of(session)
    enrol(session, actor, contest, class_list(CHILD), group, school)
    people = session.scalar(select(func.count(Person.id)))
    faults = check_class_list(session, actor, contest, class_list(CHILD), group_id=group.id, unit_id=school.id)
    assert [(fault.cell, fault.error.code) for fault in faults] == [("B2", "list_pupil_known")]
    with pytest.raises(DomainError, match="list_faulty"):
        enrol(session, actor, contest, class_list(CHILD), group, school)
    assert session.scalar(select(func.count(Person.id))) == people


def test_another_schools_pupils_are_not_given_away(session: Session) -> None:
    contest, group, school, actor = school_of(session)
    enrol(session, actor, contest, class_list(CHILD), group, school)
    other = make_unit(session, "Trường THCS Văn Quan", kind=UnitKind.SCHOOL)
    neighbour = actor_of(make_person(session), contest, Role.COORDINATOR, unit_id=other.id)
    assert check_class_list(session, neighbour, contest, class_list(CHILD), group_id=group.id, unit_id=other.id) == []


def test_ages_outside_the_group_are_faults_of_their_cell(session: Session) -> None:
    contest, _group, school, actor = school_of(session)
    group = make_group(session, contest, "THCS", position=2, age_from=11, age_to=15)
    faults = check_class_list(session, actor, contest, class_list(CHILD, GROWN), group_id=group.id, unit_id=school.id)
    assert [(fault.cell, fault.error.code) for fault in faults] == [("C3", "list_age")]


@pytest.mark.parametrize("case", ["other unit", "other contest", "other seat"])
def test_only_the_coordinator_of_the_school_enrols(session: Session, case: str) -> None:
    contest, group, school, _actor = school_of(session)
    person = make_person(session)
    actor = {
        "other unit": actor_of(person, contest, Role.COORDINATOR, unit_id=make_unit(session).id),
        "other contest": actor_of(person, make_contest(session), Role.COORDINATOR, unit_id=school.id),
        "other seat": actor_of(person, contest, Role.ORGANIZER, unit_id=school.id),
    }[case]
    with pytest.raises(NotAllowed, match="unit_not_yours"):
        enrol(session, actor, contest, class_list(CHILD), group, school)
    assert session.scalar(select(func.count(Enrolment.person_id))) == 0


def test_a_contest_that_is_not_announced_takes_no_class(session: Session) -> None:
    contest, group, school, actor = school_of(session)
    contest.state = ContestState.DRAFT
    with pytest.raises(DomainError, match="contest_not_joinable"):
        enrol(session, actor, contest, class_list(CHILD), group, school)
