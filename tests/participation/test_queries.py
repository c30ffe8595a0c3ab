from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from contest.accounts.models import PersonDetails
from contest.contests.models import Contest, Group
from contest.errors import NotFound
from contest.participation.models import Enrolment, Participation
from contest.participation.queries import (
    Wanted,
    class_names,
    contest_groups,
    enrolled_pupils,
    find_own_facts,
    find_participation,
    get_participant,
    known_pupils,
    locked_participation,
    participants_page,
    pupils_page,
)
from contest.units.models import Unit
from tests.factories import NOW, add, make_contest, make_group, make_participation, make_person, make_unit


@pytest.fixture
def contest(session: Session) -> Contest:
    return make_contest(session)


@pytest.fixture
def groups(session: Session, contest: Contest) -> list[Group]:
    return [make_group(session, contest, name, position=place) for place, name in enumerate(("Người lớn", "Học sinh"))]


@pytest.fixture
def people(session: Session, contest: Contest, groups: list[Group]) -> dict[str, Participation]:
    """Ánh is counted, Bình has begun, Chi is excluded; somebody else takes part in another contest."""
    first, second = make_unit(session, "Xã Thất Khê"), make_unit(session, "Xã Ba Sơn")
    facts: dict[str, Any] = {
        "Vi Văn Ánh": (groups[0], first, {}),
        "Nông Thị Bình": (groups[0], second, {"frozen_at": NOW}),
        "Lý Thị Chi": (groups[1], first, {"frozen_at": NOW, "excluded_at": NOW, "exclusion_reason": "Thi hộ"}),
    }
    rows = {}
    for minutes, (name, (group, unit, values)) in enumerate(facts.items()):
        row = make_participation(
            session, contest, make_person(session, name), group_id=group.id, unit_id=unit.id, **values
        )
        row.joined_at = NOW - timedelta(minutes=minutes)
        rows[name.split()[-1]] = row
    make_participation(session, make_contest(session), make_person(session, "Vi Văn Xa"))
    session.flush()
    return rows


def names(session: Session, contest: Contest, wanted: Wanted | None = None, **options: Any) -> list[str]:
    found = participants_page(session, contest.id, wanted or Wanted(), **options)
    assert found.total == len(found.rows)
    return [row.full_name.split()[-1] for row in found.rows]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, ["Ánh", "Bình", "Chi"]),
        ({"is_descending": True}, ["Chi", "Bình", "Ánh"]),
        ({"sort": "joined"}, ["Chi", "Bình", "Ánh"]),
        ({"sort": "unit"}, ["Bình", "Ánh", "Chi"]),
        ({"words": "anh"}, ["Ánh"]),
        ({"words": "THI"}, ["Bình", "Chi"]),
        ({"words": "%"}, []),
        ({"wanted": Wanted(state="counted")}, ["Ánh", "Bình"]),
        ({"wanted": Wanted(state="begun")}, ["Bình"]),
        ({"wanted": Wanted(state="excluded")}, ["Chi"]),
        ({"wanted": Wanted(state="nonsense")}, ["Ánh", "Bình", "Chi"]),
    ],
)
@pytest.mark.usefixtures("people")
def test_the_desk_finds_participants_of_its_contest(
    session: Session, contest: Contest, options: dict[str, Any], found: list[str]
) -> None:
    assert names(session, contest, **options) == found


def test_participants_are_narrowed_to_a_group_or_a_unit(
    session: Session, contest: Contest, people: dict[str, Participation]
) -> None:
    assert names(session, contest, Wanted(group_id=people["Chi"].group_id)) == ["Chi"]
    assert names(session, contest, Wanted(unit_id=people["Ánh"].unit_id)) == ["Ánh", "Chi"]
    assert names(session, contest, Wanted(unit_id=people["Ánh"].unit_id, group_id=people["Ánh"].group_id)) == ["Ánh"]


def test_a_participation_is_found_in_its_own_contest_only(
    session: Session, contest: Contest, people: dict[str, Participation]
) -> None:
    chi, other = people["Chi"], make_contest(session)
    assert get_participant(session, contest.id, chi.id).exclusion_reason == "Thi hộ"
    assert locked_participation(session, contest.id, chi.id) is chi
    for read in (get_participant, locked_participation):
        with pytest.raises(NotFound):
            read(session, other.id, chi.id)
    own = find_own_facts(session, contest.id, chi.person_id)
    assert own is not None
    assert (own.group_name, own.unit_name) == ("Học sinh", "Xã Thất Khê")
    assert find_own_facts(session, other.id, chi.person_id) is None
    assert find_participation(session, other.id, chi.person_id) is None


def test_groups_stand_in_the_committees_order(session: Session, contest: Contest, groups: list[Group]) -> None:
    make_group(session, make_contest(session), "Của nơi khác")
    assert [group.name for group in contest_groups(session, contest.id)] == ["Người lớn", "Học sinh"]


@pytest.fixture
def school(session: Session, contest: Contest) -> Unit:
    school, neighbour = make_unit(session, "Trường A"), make_unit(session, "Trường B")
    teacher = make_person(session)
    for name, class_name, unit in (
        ("Hoàng Thị Ngọc", "8A", school),
        ("Lương Văn Páo", "7B", school),
        ("Bế Văn Đàn", "7B", neighbour),
    ):
        pupil = make_person(session, name)
        session.get_one(PersonDetails, pupil.id).birth_date = date(2013, 9, 5)
        values = {"class_name": class_name, "enrolled_by": teacher.id, "enrolled_at": NOW}
        add(session, Enrolment(person_id=pupil.id, unit_id=unit.id, **values))
        if name.endswith("Ngọc"):
            make_participation(session, contest, pupil, unit_id=unit.id)
    return school


def test_a_school_sees_its_own_pupils_by_name_or_class(session: Session, contest: Contest, school: Unit) -> None:
    def pupils(**options: Any) -> list[str]:
        return [row.full_name for row in pupils_page(session, contest.id, [school.id], **options).rows]

    assert pupils() == ["Hoàng Thị Ngọc", "Lương Văn Páo"]
    assert pupils(sort="class") == ["Lương Văn Páo", "Hoàng Thị Ngọc"]
    assert pupils(class_name="7B") == ["Lương Văn Páo"]
    assert pupils(words="ngoc") == ["Hoàng Thị Ngọc"]
    assert class_names(session, [school.id]) == ["7B", "8A"]
    assert pupils_page(session, contest.id, []).total == 0


def test_whether_a_pupil_takes_part_is_said_of_this_contest(session: Session, contest: Contest, school: Unit) -> None:
    rows = pupils_page(session, contest.id, [school.id]).rows
    assert [row.participation_id is not None for row in rows] == [True, False]
    rows = pupils_page(session, make_contest(session).id, [school.id]).rows
    assert [row.participation_id for row in rows] == [None, None]


def test_pupils_of_another_school_can_not_be_chosen(session: Session, contest: Contest, school: Unit) -> None:
    everybody = [row.person_id for row in session.query(Enrolment).all()]
    chosen = enrolled_pupils(session, contest.id, [school.id], everybody)
    assert [row.full_name for row in chosen] == ["Hoàng Thị Ngọc", "Lương Văn Páo"]
    assert enrolled_pupils(session, contest.id, [school.id], []) == []


def test_pupils_are_known_to_their_school_by_name_and_birth_date(session: Session, school: Unit) -> None:
    birth_date = date(2013, 9, 5)
    assert known_pupils(session, school.id) == {("hoàng thị ngọc", birth_date), ("lương văn páo", birth_date)}
