from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.accounts.domain import ConsentPurpose
from contest.accounts.models import Person, PersonDetails
from contest.accounts.services import give_consent, withdraw_consent
from contest.audit.models import AuditRecord
from contest.contests.models import Contest, ContestState, Role
from contest.errors import DomainError, NotAllowed, NotFound
from contest.participation.models import Participation
from contest.participation.services import (
    change_participation,
    find_obstacle,
    freeze_participation,
    groups_open_to,
    join_contest,
)
from tests.factories import (
    NOW,
    actor_of,
    make_contest,
    make_group,
    make_participation,
    make_person,
    make_seat,
    make_unit,
)


def citizen(session: Session, birth_date: date = date(1990, 5, 17)) -> Person:
    person = make_person(session)
    session.get_one(PersonDetails, person.id).birth_date = birth_date
    session.flush()
    give_consent(session, NOW, person.id, ConsentPurpose.TAKE_PART, proof="test", guardian_name="Hoàng Văn Páo")
    return person


def join(session: Session, person: Person, contest: Contest, **values: Any) -> Participation:
    values = {"group_id": 0, "unit_id": 0, **values}
    values["group_id"] = values["group_id"] or make_group(session, contest).id
    values["unit_id"] = values["unit_id"] or make_unit(session).id
    return join_contest(session, actor_of(person), NOW, contest, **values)


def test_joining_twice_gives_the_same_participation_unchanged(session: Session) -> None:
    contest, person = make_contest(session), citizen(session)
    first = join(session, person, contest)
    group_id = first.group_id
    assert join(session, person, contest).id == first.id
    assert first.group_id == group_id
    assert len(first.draw_id) == 32
    assert session.scalar(select(func.count(AuditRecord.id))) == 0


@pytest.mark.parametrize("state", [state for state in ContestState if state is not ContestState.ANNOUNCED])
def test_only_an_announced_contest_is_joined(session: Session, state: ContestState) -> None:
    with pytest.raises(DomainError, match="contest_not_joinable"):
        join(session, citizen(session), make_contest(session, state=state))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("is_over", [False, True])
def test_nobody_on_the_committee_enters_their_own_contest(session: Session, role: Role, is_over: bool) -> None:
    contest, other, person = make_contest(session), make_contest(session), citizen(session)
    make_seat(session, contest, person, role, valid_until=NOW - timedelta(days=1) if is_over else None)
    if role is Role.COORDINATOR:
        assert join(session, person, contest).person_id == person.id
    else:
        with pytest.raises(DomainError, match="committee_excluded"):
            join(session, person, contest)
    assert join(session, person, other).contest_id == other.id


def test_without_consent_nobody_takes_part(session: Session) -> None:
    contest, person = make_contest(session), citizen(session)
    group = make_group(session, contest)
    withdraw_consent(session, NOW, person.id, ConsentPurpose.TAKE_PART)
    obstacle = find_obstacle(session, actor_of(person), NOW, contest)
    assert obstacle is not None
    assert obstacle.code == "consent_missing"
    with pytest.raises(DomainError, match="consent_missing"):
        join(session, person, contest, group_id=group.id)


@pytest.mark.parametrize(
    ("born", "admitted"), [(date(2011, 6, 1), True), (date(2011, 6, 2), False), (date(2010, 6, 1), False)]
)
def test_age_is_that_of_the_decisions_day(session: Session, born: date, admitted: bool) -> None:
    contest = make_contest(session, decision_date=date(2026, 6, 1))
    group, person = make_group(session, contest, age_from=15, age_to=15), citizen(session, born)
    make_group(session, contest, "Bảng mở", position=2)
    assert (group.id in [offered.id for offered in groups_open_to(session, contest, person.id)]) is admitted
    if admitted:
        assert join(session, person, contest, group_id=group.id).group_id == group.id
    else:
        with pytest.raises(DomainError, match="group_age"):
            join(session, person, contest, group_id=group.id)


def test_who_fits_no_group_is_told_before_choosing(session: Session) -> None:
    contest, person = make_contest(session), citizen(session)
    make_group(session, contest, age_to=15)
    obstacle = find_obstacle(session, actor_of(person), NOW, contest)
    assert obstacle is not None
    assert obstacle.code == "no_group_for_age"


def test_groups_of_other_contests_and_closed_units_are_refused(session: Session) -> None:
    contest, person = make_contest(session), citizen(session)
    group, foreign = make_group(session, contest), make_group(session, make_contest(session))
    ended = make_unit(session, valid_until=date(2026, 7, 1))
    with pytest.raises(DomainError, match="group_unknown"):
        join(session, person, contest, group_id=foreign.id)
    with pytest.raises(DomainError, match="unit_unknown"):
        join(session, person, contest, group_id=group.id, unit_id=ended.id)


def test_group_and_unit_change_until_the_first_attempt(session: Session) -> None:
    contest, person = make_contest(session), citizen(session)
    participation = join(session, person, contest)
    choice = {"group_id": make_group(session, contest, position=2).id, "unit_id": make_unit(session).id}
    change_participation(session, actor_of(person), NOW, contest, participation.id, **choice)
    assert {"group_id": participation.group_id, "unit_id": participation.unit_id} == choice
    freeze_participation(session, participation, NOW)
    freeze_participation(session, participation, NOW + timedelta(days=1))
    assert participation.frozen_at == NOW
    with pytest.raises(DomainError, match="participation_frozen"):
        change_participation(session, actor_of(person), NOW, contest, participation.id, **choice)


def test_nobody_changes_somebody_elses(session: Session) -> None:
    contest = make_contest(session)
    other = make_participation(session, contest, make_person(session))
    with pytest.raises(NotAllowed):
        change_participation(
            session,
            actor_of(make_person(session)),
            NOW,
            contest,
            other.id,
            group_id=other.group_id,
            unit_id=other.unit_id,
        )
    with pytest.raises(NotFound):
        change_participation(
            session, actor_of(make_person(session)), NOW, make_contest(session), other.id, group_id=1, unit_id=1
        )
