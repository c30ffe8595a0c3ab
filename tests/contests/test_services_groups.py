from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.contests.models import Contest, ContestState, Group, Role
from contest.contests.queries import groups_of
from contest.contests.services.groups import add_group, delete_group, edit_group
from contest.errors import DomainError, NotAllowed, NotFound
from tests.contests.world import acts, new_contest
from tests.factories import NOW, actor_of, make_participation, make_person, make_round


def group(
    session: Session,
    actor: Actor,
    contest: Contest,
    name: str = "Mọi công dân",
    ages: tuple[int | None, int | None] = (None, None),
) -> Group:
    return add_group(session, actor, NOW, contest_id=contest.id, name=name, age_from=ages[0], age_to=ages[1])


def test_groups_stand_in_the_order_in_which_they_were_added(session: Session) -> None:
    contest, actor = new_contest(session)
    for name in ("Trung học phổ thông", "Tiểu học", "Người lớn"):
        group(session, actor, contest, name)
    assert [row.name for row in groups_of(session, contest.id)] == ["Trung học phổ thông", "Tiểu học", "Người lớn"]
    assert acts(session, contest) == ["group.added"] * 3


def test_codes_are_short_and_apart_even_of_long_or_foreign_names(session: Session) -> None:
    contest, actor = new_contest(session)
    names = ["Học sinh trung học cơ sở vùng cao", "Học sinh trung học cơ sở vùng thấp", "???", "!!!"]
    codes = [group(session, actor, contest, name).code for name in names]
    assert len(set(codes)) == 4
    assert all(0 < len(code) <= 20 for code in codes)


@pytest.mark.parametrize(
    ("name", "ages", "code", "field"),
    [
        ("Trẻ em", (16, 15), "ages_reversed", "age_to"),
        ("MỌI CÔNG DÂN", (None, None), "group_exists", "name"),
    ],
)
def test_a_group_that_cannot_be_is_refused_on_its_field(
    session: Session, name: str, ages: tuple[int, int], code: str, field: str
) -> None:
    contest, actor = new_contest(session)
    first = group(session, actor, contest)
    second = group(session, actor, contest, "Khác")
    for act in (
        lambda: group(session, actor, contest, name, ages),
        lambda: edit_group(
            session, actor, NOW, contest_id=contest.id, group_id=second.id, name=name, age_from=ages[0], age_to=ages[1]
        ),
    ):
        with pytest.raises(DomainError, match=code) as refusal:
            act()
        assert refusal.value.field == field
    assert groups_of(session, contest.id) == [first, second]
    assert acts(session, contest) == ["group.added"] * 2


def test_one_year_is_a_range_of_ages_and_a_group_keeps_its_own_name(session: Session) -> None:
    contest, actor = new_contest(session)
    row = group(session, actor, contest, "Lớp 10", (15, 15))
    edit_group(session, actor, NOW, contest_id=contest.id, group_id=row.id, name="LỚP 10", age_from=15, age_to=None)
    assert (row.name, row.age_from, row.age_to) == ("LỚP 10", 15, None)
    assert acts(session, contest) == ["group.added", "group.edited"]


def test_a_group_that_somebody_has_chosen_stays(session: Session) -> None:
    contest, actor = new_contest(session)
    chosen, empty = group(session, actor, contest), group(session, actor, contest, "Khác")
    make_participation(session, contest, make_person(session), group_id=chosen.id)
    delete_group(session, actor, NOW, contest_id=contest.id, group_id=empty.id)
    with pytest.raises(DomainError, match="group_in_use"):
        delete_group(session, actor, NOW, contest_id=contest.id, group_id=chosen.id)
    assert groups_of(session, contest.id) == [chosen]
    assert acts(session, contest) == ["group.added", "group.added", "group.deleted"]


@pytest.mark.parametrize(("seconds", "is_refused"), [(-1, False), (0, True)])
def test_groups_stand_still_from_the_opening_of_the_first_round(
    session: Session, seconds: int, is_refused: bool
) -> None:
    contest, actor = new_contest(session)
    row = group(session, actor, contest)
    make_round(session, contest, opens_at=NOW + timedelta(days=1), closes_at=NOW + timedelta(days=2))
    now = NOW + timedelta(days=1, seconds=seconds)
    values = {"contest_id": contest.id, "name": "Mới", "age_from": None, "age_to": None}
    for act in (
        lambda: add_group(session, actor, now, **values),
        lambda: edit_group(session, actor, now, group_id=row.id, **{**values, "name": "Khác"}),
        lambda: delete_group(session, actor, now, contest_id=contest.id, group_id=row.id),
    ):
        if is_refused:
            with pytest.raises(DomainError, match="contest_has_opened"):
                act()
        else:
            act()


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ORGANIZER, Role.SECRETARY}])
def test_other_seats_change_no_group(session: Session, role: Role) -> None:
    contest, actor = new_contest(session)
    row = group(session, actor, contest)
    other = actor_of(make_person(session), contest, role)
    with pytest.raises(NotAllowed):
        group(session, other, contest, "Khác")
    with pytest.raises(NotAllowed):
        delete_group(session, other, NOW, contest_id=contest.id, group_id=row.id)
    assert groups_of(session, contest.id) == [row]


def test_another_contests_group_is_not_there(session: Session) -> None:
    contest, actor = new_contest(session)
    other, others_actor = new_contest(session)
    row = group(session, others_actor, other)
    with pytest.raises(NotFound):
        delete_group(session, actor, NOW, contest_id=contest.id, group_id=row.id)
    assert groups_of(session, other.id) == [row]


@pytest.mark.parametrize("state", [ContestState.CANCELLED, ContestState.ARCHIVED])
def test_nothing_changes_in_a_contest_that_is_over(session: Session, state: ContestState) -> None:
    contest, actor = new_contest(session)
    contest.state = state
    with pytest.raises(DomainError):
        group(session, actor, contest)
    assert groups_of(session, contest.id) == []
