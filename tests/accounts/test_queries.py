from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from contest.accounts.domain import ConsentGiver, ConsentPurpose
from contest.accounts.models import Consent, Person, PersonDetails, PersonSession
from contest.accounts.queries import (
    consented,
    find_password_owner,
    find_person_by_login,
    full_names,
    lacks_childs_consent,
    profile_of,
    token_digest,
)
from tests.accounts.signed_in import find_signed_in
from tests.factories import NOW, add, make_person

TODAY = date(2026, 7, 15)
PURPOSE = ConsentPurpose.TAKE_PART
TICK = timedelta(microseconds=1)


def sign(session: Session, person: Person, token: str = "phiên", **values: Any) -> PersonSession:
    defaults = {"created_at": NOW, "expires_at": NOW + timedelta(days=1), "user_agent": ""}
    row: PersonSession = add(
        session, PersonSession(person_id=person.id, token_hash=token_digest(token), **{**defaults, **values})
    )
    return row


def agree(session: Session, person: Person, giver: str, **values: Any) -> None:
    facts = {"text_version": "1", "proof": "", "given_at": NOW, "giver_name": "", "purpose": PURPOSE}
    add(session, Consent(person_id=person.id, given_by=ConsentGiver(giver), **{**facts, **values}))


@pytest.mark.parametrize(
    ("changes", "now", "is_signed_in"),
    [
        ({}, NOW, True),
        ({"expires_at": NOW + TICK}, NOW, True),
        ({"expires_at": NOW}, NOW, False),
        ({"revoked_at": NOW - TICK}, NOW, False),
    ],
)
def test_a_session_signs_in_until_it_ends_or_is_revoked(
    session: Session, changes: dict[str, Any], now: Any, is_signed_in: bool
) -> None:
    person = make_person(session, "Vi Thị Lan")
    row = sign(session, person, **changes)
    found = find_signed_in(session, "phiên", now)
    assert (found is not None) is is_signed_in
    if found:
        assert (found.person_id, found.session_id, found.full_name) == (person.id, row.id, "Vi Thị Lan")
    assert find_signed_in(session, token_digest("phiên"), now) is None, "what the table keeps opens nothing"


def test_a_disabled_account_is_nobodys(session: Session) -> None:
    person = make_person(session, login="lan@example.vn")
    sign(session, person)
    assert find_password_owner(session, login="lan@example.vn") is not None
    person.disabled_at = NOW
    session.flush()
    assert find_signed_in(session, "phiên", NOW) is None
    assert find_password_owner(session, login="lan@example.vn") is None
    assert find_password_owner(session, person_id=person.id) is None


def test_an_unknown_login_is_nobodys(session: Session) -> None:
    make_person(session, login="lan@example.vn")
    assert find_person_by_login(session, "khac@example.vn") is None
    assert find_password_owner(session, login="khac@example.vn") is None


def test_names_come_for_those_asked_for(session: Session) -> None:
    first, second = make_person(session, "Vi Thị Lan"), make_person(session, "Bế Văn Đàn")
    assert full_names(session, [first.id, -1]) == {first.id: "Vi Thị Lan"}
    assert full_names(session, [first.id, second.id]) == {first.id: "Vi Thị Lan", second.id: "Bế Văn Đàn"}
    assert full_names(session, []) == {}


@pytest.mark.parametrize(
    ("birth_date", "givers", "is_enough"),
    [
        (date(2010, 7, 15), ("self",), True),
        (date(2010, 7, 16), ("guardian",), False),
        (date(2010, 7, 16), ("child",), False),
        (date(2010, 7, 16), ("guardian", "child"), True),
        (date(2019, 7, 16), ("guardian",), True),
        (date(2010, 7, 15), ("guardian", "child"), True),
        (None, ("guardian",), False),
        (None, ("self",), True),
    ],
)
def test_consented_are_those_for_whom_everybody_has_agreed(
    session: Session, birth_date: date | None, givers: tuple[str, ...], is_enough: bool
) -> None:
    person, other = make_person(session), make_person(session)
    session.get_one(PersonDetails, person.id).birth_date = birth_date
    for giver in givers:
        agree(session, person, giver)
    agree(session, other, "self", withdrawn_at=NOW)
    agree(session, other, "self", purpose=ConsentPurpose.PUBLISH_IMAGE)
    people = [person.id, other.id]
    assert consented(session, people, PURPOSE, TODAY) == (frozenset({person.id}) if is_enough else frozenset())


@pytest.mark.parametrize(
    ("birth_date", "givers", "lacks"),
    [
        (date(2010, 7, 16), ("guardian",), True),
        (date(2019, 7, 15), ("guardian",), True),
        (date(2019, 7, 16), ("guardian",), False),
        (date(2010, 7, 15), ("guardian",), False),
        (date(2010, 7, 16), ("guardian", "child"), False),
        (date(2010, 7, 16), (), False),
        (None, ("guardian",), False),
    ],
)
def test_a_pupil_from_7_to_15_is_asked_once_the_guardian_has_agreed(
    session: Session, birth_date: date | None, givers: tuple[str, ...], lacks: bool
) -> None:
    person = make_person(session)
    session.get_one(PersonDetails, person.id).birth_date = birth_date
    for giver in givers:
        agree(session, person, giver)
    session.flush()
    assert lacks_childs_consent(session, person.id, TODAY) is lacks


def test_a_profile_shows_ones_own_open_sessions_and_standing_consents(session: Session) -> None:
    person, other = make_person(session, login="+84912345678"), make_person(session)
    sign(session, person, "cũ", user_agent="Mozilla/5.0 (Linux; Android 14) Chrome/120 Zalo")
    sign(session, person, "mới", created_at=NOW + TICK)
    sign(session, person, "hết hạn", expires_at=NOW)
    sign(session, person, "đã thu hồi", revoked_at=NOW)
    sign(session, other, "của người khác")
    agree(session, person, "self")
    agree(session, person, "self", purpose=ConsentPurpose.PUBLISH_NAME, withdrawn_at=NOW)
    profile = profile_of(session, person.id, NOW)
    assert [each.name for each in profile.sessions] == ["", "Zalo, Android"]
    assert list(profile.consents) == [PURPOSE]
    assert [value for _kind, value in profile.logins] == ["0912 345 678"]
