from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.domain import ConsentGiver, ConsentPurpose
from contest.accounts.models import Consent, PersonDetails
from contest.accounts.queries import has_consent
from contest.accounts.services import agree_as_child, give_consent, withdraw_consent
from contest.errors import DomainError
from tests.factories import NOW, make_person

TODAY = date(2026, 7, 15)
SIXTEEN, FIFTEEN = date(2010, 7, 15), date(2010, 7, 16)
SEVEN, SIX = date(2019, 7, 15), date(2019, 7, 16)
PURPOSE = ConsentPurpose.PUBLISH_NAME


def born(session: Session, birth_date: date | None) -> int:
    person_id = make_person(session, "Hoàng Thị Bích Ngọc").id
    session.get_one(PersonDetails, person_id).birth_date = birth_date
    session.flush()
    return person_id


def given(session: Session, person_id: int) -> dict[str, str]:
    rows = session.scalars(select(Consent).where(Consent.person_id == person_id, Consent.withdrawn_at.is_(None)))
    return {row.given_by.value: row.giver_name for row in rows}


@pytest.mark.parametrize(
    ("birth_date", "givers"),
    [
        (SIXTEEN, {"self": "Hoàng Thị Bích Ngọc"}),
        (FIFTEEN, {"child": "Hoàng Thị Bích Ngọc", "guardian": "Lương Thị Mai"}),
        (SEVEN, {"child": "Hoàng Thị Bích Ngọc", "guardian": "Lương Thị Mai"}),
        (SIX, {"guardian": "Lương Thị Mai"}),
        (None, {"self": "Hoàng Thị Bích Ngọc"}),
    ],
)
def test_everybody_agrees_who_has_to_at_this_age(
    session: Session, birth_date: date | None, givers: dict[str, str]
) -> None:
    person_id = born(session, birth_date)
    found = give_consent(session, NOW, person_id, PURPOSE, guardian_name="Lương Thị Mai")
    assert {giver.value for giver in found} == set(givers)
    assert given(session, person_id) == givers
    assert has_consent(session, person_id, PURPOSE, TODAY)
    assert not has_consent(session, person_id, ConsentPurpose.PUBLISH_IMAGE, TODAY)


@pytest.mark.parametrize(("birth_date", "is_refused"), [(SIXTEEN, False), (FIFTEEN, True), (SIX, True)])
def test_below_16_nothing_is_agreed_without_a_named_guardian(
    session: Session, birth_date: date, is_refused: bool
) -> None:
    person_id = born(session, birth_date)
    if is_refused:
        with pytest.raises(DomainError, match="guardian_missing") as refusal:
            give_consent(session, NOW, person_id, PURPOSE)
        assert refusal.value.field == "guardian_name"
    else:
        give_consent(session, NOW, person_id, PURPOSE)
    assert has_consent(session, person_id, PURPOSE, TODAY) is not is_refused


def test_the_day_of_the_contests_zone_decides_about_the_age(session: Session) -> None:
    """On the eve of the birthday in UTC it is the birthday already in Lạng Sơn."""
    person_id = born(session, date(2010, 7, 16))
    assert give_consent(session, NOW + timedelta(hours=15), person_id, PURPOSE) == {ConsentGiver.SELF}


def test_a_childs_own_consent_comes_beside_the_guardians(session: Session) -> None:
    person_id = born(session, FIFTEEN)
    agree_as_child(session, NOW, person_id)
    assert given(session, person_id) == {"child": "Hoàng Thị Bích Ngọc"}
    assert not has_consent(session, person_id, ConsentPurpose.TAKE_PART, TODAY)


def test_a_later_consent_replaces_the_earlier_and_its_row_stays_as_proof(session: Session) -> None:
    person_id, later = born(session, FIFTEEN), NOW + timedelta(hours=1)
    give_consent(session, NOW, person_id, PURPOSE, guardian_name="Lương Thị Mai", proof="giấy 1")
    give_consent(session, later, person_id, PURPOSE, guardian_name="Lương Văn Páo", proof="giấy 2")
    rows = session.scalars(select(Consent).where(Consent.given_by == ConsentGiver.GUARDIAN).order_by(Consent.id)).all()
    assert [(row.giver_name, row.proof, row.given_at, row.withdrawn_at) for row in rows] == [
        ("Lương Thị Mai", "giấy 1", NOW, later),
        ("Lương Văn Páo", "giấy 2", later, None),
    ]


def test_withdrawing_ends_that_purpose_of_that_person_only_and_keeps_its_first_time(session: Session) -> None:
    person_id, other_id = born(session, SIXTEEN), born(session, SIXTEEN)
    for who, purpose in ((person_id, PURPOSE), (person_id, ConsentPurpose.TAKE_PART), (other_id, PURPOSE)):
        give_consent(session, NOW, who, purpose)
    withdraw_consent(session, NOW, person_id, PURPOSE)
    withdraw_consent(session, NOW + timedelta(days=1), person_id, PURPOSE)
    assert not has_consent(session, person_id, PURPOSE, TODAY)
    assert has_consent(session, person_id, ConsentPurpose.TAKE_PART, TODAY)
    assert has_consent(session, other_id, PURPOSE, TODAY)
    ended = select(Consent.withdrawn_at).where(Consent.person_id == person_id, Consent.purpose == PURPOSE)
    session.expire_all()
    assert session.scalars(ended).all() == [NOW]
