from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.accounts.models import Login, LoginKind, Person, ResetCode
from contest.audit.models import AuditDetail, AuditRecord
from contest.contests.models import Contest, Role
from contest.errors import DomainError, NotAllowed, NotFound
from contest.participation import events
from contest.participation.models import Enrolment
from contest.participation.services import reset_citizen, reset_pupils
from contest.units.models import Unit
from tests.factories import NOW, actor_of, add, make_contest, make_participation, make_person, make_seat, make_unit


@pytest.fixture
def busy() -> Iterator[set[int]]:
    """People who are in the middle of an attempt."""
    people: set[int] = set()
    before = events.has_open_attempt[:]
    events.has_open_attempt[:] = [lambda _session, person_id: person_id in people]
    yield people
    events.has_open_attempt[:] = before


def pupil_of(session: Session, school: Unit, name: str = "Lương Văn Páo") -> Person:
    person = make_person(session, name)
    login = session.scalars(select(Login).where(Login.person_id == person.id)).one()
    login.kind, login.value = LoginKind.CODE, f"em{person.id}ab"
    add(
        session,
        Enrolment(person_id=person.id, unit_id=school.id, class_name="7A", enrolled_by=person.id, enrolled_at=NOW),
    )
    return person


def citizen_of(session: Session, contest: Contest, login: str = "+84912345678") -> tuple[Person, int]:
    person = make_person(session, login=login)
    return person, make_participation(session, contest, person).id


def codes(session: Session) -> int:
    return session.scalar(select(func.count(ResetCode.id))) or 0


def test_a_school_resets_its_own_pupils_together(session: Session, busy: set[int]) -> None:
    contest, school = make_contest(session), make_unit(session)
    coordinator = actor_of(make_person(session), contest, Role.COORDINATOR, unit_id=school.id)
    pupils = [pupil_of(session, school), pupil_of(session, school, "Vi Thị Ánh")]
    slips = reset_pupils(session, coordinator, NOW, contest_id=contest.id, person_ids=[pupil.id for pupil in pupils])
    assert [slip.full_name for slip in slips] == ["Vi Thị Ánh", "Lương Văn Páo"]
    assert len({slip.code for slip in slips}) == 2
    assert session.scalars(select(AuditRecord.act)).all() == ["pupils.reset"]


def test_one_strange_pupil_among_them_refuses_all(session: Session, busy: set[int]) -> None:
    contest, school = make_contest(session), make_unit(session)
    coordinator = actor_of(make_person(session), contest, Role.COORDINATOR, unit_id=school.id)
    own, foreign = pupil_of(session, school), pupil_of(session, make_unit(session))
    never_enrolled = make_person(session)
    for strange in (foreign.id, never_enrolled.id, 0):
        with pytest.raises(NotFound):
            reset_pupils(session, coordinator, NOW, contest_id=contest.id, person_ids=[own.id, strange])
    with pytest.raises(NotFound):
        reset_pupils(session, coordinator, NOW, contest_id=contest.id, person_ids=[])
    with pytest.raises(NotFound):
        reset_pupils(session, coordinator, NOW, contest_id=make_contest(session).id, person_ids=[own.id])
    assert codes(session) == 0


def test_never_while_an_attempt_is_open(session: Session, busy: set[int]) -> None:
    contest, school = make_contest(session), make_unit(session)
    coordinator = actor_of(make_person(session), contest, Role.COORDINATOR, unit_id=school.id)
    secretary = actor_of(make_person(session), contest, Role.SECRETARY)
    pupil = pupil_of(session, school)
    person, participation_id = citizen_of(session, contest)
    busy.update({pupil.id, person.id})
    with pytest.raises(DomainError, match="reset_while_open"):
        reset_pupils(session, coordinator, NOW, contest_id=contest.id, person_ids=[pupil.id])
    with pytest.raises(DomainError, match="reset_while_open"):
        reset_citizen(
            session, secretary, NOW, contest_id=contest.id, participation_id=participation_id, check_note="đã gặp"
        )
    assert codes(session) == 0


def test_the_secretary_resets_a_phone_only_citizen_after_a_written_check(session: Session, busy: set[int]) -> None:
    contest = make_contest(session)
    secretary = actor_of(make_person(session), contest, Role.SECRETARY)
    _person, participation_id = citizen_of(session, contest)
    names = {"contest_id": contest.id, "participation_id": participation_id}
    with pytest.raises(DomainError, match="check_note_missing"):
        reset_citizen(session, secretary, NOW, **names, check_note=" ")
    slip = reset_citizen(session, secretary, NOW, **names, check_note="Xuất trình căn cước")
    assert slip.login == "0912 345 678"
    assert session.scalars(select(AuditDetail.detail)).all() == [{"check": "Xuất trình căn cước"}]


@pytest.mark.parametrize("case", ["mail", "admin", "seat"])
def test_who_has_another_way_in_or_rights_over_others_gets_no_code(session: Session, busy: set[int], case: str) -> None:
    contest = make_contest(session)
    secretary = actor_of(make_person(session), contest, Role.SECRETARY)
    person, participation_id = citizen_of(session, contest, "a@b.vn" if case == "mail" else "+84912345678")
    if case == "admin":
        person.is_admin = True
    if case == "seat":
        make_seat(session, make_contest(session), person, Role.JUDGE)
    session.flush()
    with pytest.raises(DomainError, match="reset_not_here"):
        reset_citizen(
            session, secretary, NOW, contest_id=contest.id, participation_id=participation_id, check_note="đã gặp"
        )
    assert codes(session) == 0


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARY])
def test_no_other_seat_resets_citizens(session: Session, busy: set[int], role: Role) -> None:
    contest = make_contest(session)
    _person, participation_id = citizen_of(session, contest)
    actor = actor_of(make_person(session), contest, role)
    with pytest.raises(NotAllowed):
        reset_citizen(session, actor, NOW, contest_id=contest.id, participation_id=participation_id, check_note="x")


def test_only_participants_of_the_own_contest(session: Session, busy: set[int]) -> None:
    contest, other = make_contest(session), make_contest(session)
    _person, participation_id = citizen_of(session, other)
    secretary = actor_of(make_person(session), contest, Role.SECRETARY)
    with pytest.raises(NotFound):
        reset_citizen(session, secretary, NOW, contest_id=contest.id, participation_id=participation_id, check_note="x")
