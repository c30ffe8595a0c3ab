from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from contest.contests.domain import Phase
from contest.contests.models import ContestState, Role, RoundKind
from contest.contests.queries import (
    find_seated,
    get_contest,
    get_group,
    get_public_contest,
    get_round,
    get_round_of,
    get_rules_version,
    has_opened,
    held_seats,
    is_on_committee,
    latest_rules,
    public_contests,
    public_view,
    round_kinds,
    section_values,
)
from contest.db import db
from contest.errors import NotFound
from tests.contests.world import TriesSection, counted
from tests.factories import NOW, make_contest, make_group, make_person, make_round, make_rules, make_seat, sign_in

TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)


def test_a_seat_gives_its_rights_from_its_first_until_before_its_last_instant(session: Session) -> None:
    contest, person = make_contest(session), make_person(session)
    make_seat(session, contest, person, valid_from=NOW, valid_until=NOW + DAY)
    held = [bool(held_seats(session, person.id, at)) for at in (NOW - TICK, NOW, NOW + DAY - TICK, NOW + DAY)]
    assert held == [False, True, True, False]


def test_an_ended_seat_gives_none(session: Session) -> None:
    contest, person = make_contest(session), make_person(session)
    make_seat(session, contest, person, ended_at=NOW - DAY)
    assert held_seats(session, person.id, NOW) == frozenset()


def test_a_session_is_found_with_the_seats_held_now(app: Flask, session: Session, client: FlaskClient) -> None:
    here, there, person = make_contest(session), make_contest(session), make_person(session)
    make_seat(session, here, person, Role.JUDGE)
    make_seat(session, here, person, Role.SECRETARY, valid_until=NOW)
    make_seat(session, there, person, Role.ORGANIZER)
    sign_in(session, client, person)
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    with app.app_context():
        found = find_seated(db.engine, token, NOW)
        assert find_seated(db.engine, "another", NOW) is None
    assert found is not None
    assert found[0].person_id == person.id
    assert {(seat.contest_slug, seat.role) for seat in found[1]} == {(here.slug, "judge"), (there.slug, "organizer")}


@pytest.mark.parametrize(
    ("role", "values", "expected"),
    [
        (Role.JUDGE, {}, True),
        (Role.JUDGE, {"ended_at": NOW - DAY}, True),
        (Role.JUDGE, {"valid_until": NOW - DAY}, True),
        (Role.JUDGE, {"valid_from": NOW}, True),
        (Role.JUDGE, {"valid_from": NOW + TICK}, False),
        (Role.JUDGE, {"valid_from": NOW - DAY, "ended_at": NOW - DAY}, False),
        (Role.COORDINATOR, {}, False),
    ],
)
def test_whoever_has_sat_on_the_committee_may_not_take_part(
    session: Session, role: Role, values: dict[str, object], expected: bool
) -> None:
    contest, person = make_contest(session), make_person(session)
    make_seat(session, contest, person, role, **values)
    assert is_on_committee(session, contest.id, person.id, NOW) is expected
    assert not is_on_committee(session, make_contest(session).id, person.id, NOW)


def test_what_does_not_exist_or_belongs_to_another_contest_is_not_found(session: Session) -> None:
    contest, other = make_contest(session), make_contest(session, state=ContestState.DRAFT)
    row, group, rules = make_round(session, other), make_group(session, other), make_rules(session, other)
    assert get_round(session, row.public_id) is row
    assert get_contest(session, other.slug) is other
    for missing in (
        lambda: get_public_contest(session, other.slug),
        lambda: get_contest(session, "khong-co"),
        lambda: get_round(session, "khong-co"),
        lambda: get_round_of(session, contest.id, row.id),
        lambda: get_group(session, contest.id, group.id),
        lambda: get_rules_version(session, contest.id, version_id=rules.id),
    ):
        with pytest.raises(NotFound):
            missing()


def test_a_contest_has_opened_from_the_first_instant_of_a_released_round(session: Session) -> None:
    contest = make_contest(session)
    make_round(session, contest, "Nháp", released_at=None, opens_at=NOW - DAY)
    row = make_round(session, contest, position=2, kind=RoundKind.ENTRY)
    opened = [has_opened(session, contest.id, at) for at in (row.opens_at - TICK, row.opens_at)]
    assert opened == [False, True]
    assert round_kinds(session, contest.id) == {RoundKind.QUIZ, RoundKind.ENTRY}


def test_citizens_see_the_open_contest_first_and_no_draft(app: Flask, session: Session) -> None:
    over = make_contest(session, title="Đã xong")
    make_round(session, over, opens_at=NOW - 2 * DAY, closes_at=NOW)
    coming = make_contest(session, title="Sắp mở")
    make_round(session, coming, opens_at=NOW + DAY)
    opened = make_contest(session, title="Đang mở")
    make_round(session, opened, "Tuần 1")
    make_round(session, opened, "Tuần 2", position=2, released_at=None)
    make_contest(session, title="Nháp", state=ContestState.DRAFT)
    session.commit()
    with app.app_context(), counted(db.engine) as statements:
        views = public_contests(session, NOW)
    assert [view.contest.title for view in views] == ["Đang mở", "Sắp mở", "Đã xong"]
    assert [[each.row.name for each in view.rounds] for view in views] == [["Tuần 1"], ["Tuần 2"], ["Tuần 2"]]
    assert len(statements) == 2


def test_the_round_that_closes_first_is_the_current_one(session: Session) -> None:
    contest = make_contest(session)
    make_round(session, contest, "Dài", closes_at=NOW + 9 * DAY)
    make_round(session, contest, "Ngắn", position=2, closes_at=NOW + DAY)
    make_round(session, contest, "Sau", position=3, opens_at=NOW + 2 * DAY, closes_at=NOW + 3 * DAY)
    assert public_view(session, contest, NOW).current.row.name == "Ngắn"
    later = public_view(session, contest, NOW + 9 * DAY)
    assert later.current is None
    assert {each.phase for each in later.rounds} == {Phase.CLOSED}


def test_a_section_without_a_written_value_has_that_of_a_new_contest(session: Session) -> None:
    contest = make_contest(session)
    assert latest_rules(session, contest.id) is None
    assert section_values([TriesSection()], None) == {"tries": {"tries": 1}}
    rules = make_rules(session, contest, {"tries": {"tries": 7}})
    assert section_values([TriesSection()], rules) == {"tries": {"tries": 7}}
