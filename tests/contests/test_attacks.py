"""What a stranger would try to get onto a committee."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.models import Role, Seat
from contest.contests.services.seats import take_invitation
from contest.errors import NotAllowed
from tests.contests.test_services_seats import OFFER, letters, offer
from tests.contests.world import acts, new_contest
from tests.factories import NOW, actor_of, make_person


def test_an_account_registered_with_the_contact_and_name_of_a_member_to_be_gets_no_seat(session: Session) -> None:
    contest, organizer = new_contest(session)
    stranger = make_person(session, OFFER.full_name, login=OFFER.contact)
    offered = offer(session, organizer, contest)
    assert offered.token is not None
    assert letters(session) == [(OFFER.contact, offered.token)]
    assert session.scalars(select(Seat).where(Seat.person_id == stranger.id)).all() == []


def test_the_operator_does_not_take_a_seat_by_a_link_of_their_own(session: Session) -> None:
    contest, _organizer = new_contest(session)
    admin = actor_of(make_person(session, is_admin=True))
    token = offer(session, admin, contest, replace(OFFER, role=Role.ORGANIZER)).token
    assert token is not None
    with pytest.raises(NotAllowed, match="seat_own"):
        take_invitation(session, admin, NOW, token=token)
    assert acts(session, contest) == ["seat.offered"]
    guest = actor_of(make_person(session))
    assert take_invitation(session, guest, NOW, token=token).person_id == guest.person_id
