"""What a stranger would try to get onto a committee."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.models import Seat
from tests.contests.test_services_seats import OFFER, letters, offer
from tests.contests.world import new_contest
from tests.factories import make_person


def test_an_account_registered_with_the_contact_and_name_of_a_member_to_be_gets_no_seat(session: Session) -> None:
    contest, organizer = new_contest(session)
    stranger = make_person(session, OFFER.full_name, login=OFFER.contact)
    offered = offer(session, organizer, contest)
    assert offered.token is not None
    assert letters(session) == [(OFFER.contact, offered.token)]
    assert session.scalars(select(Seat).where(Seat.person_id == stranger.id)).all() == []
