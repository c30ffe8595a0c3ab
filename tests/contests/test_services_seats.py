from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.actors import Actor
from contest.contests.models import Contest, Invitation, Role, Seat
from contest.contests.services import seats as services
from contest.contests.services.seats import Offer, Offered
from contest.errors import DomainError, NotAllowed, NotFound
from contest.mail.models import OutboxMessage
from tests.contests.world import acts, new_contest, organizer_of
from tests.factories import NOW, actor_of, make_contest, make_participation, make_person, make_seat, make_unit

DAY = timedelta(days=1)
OFFER = Offer("moi@example.vn", "Vi Thị Lan", Role.SECRETARY, None, NOW, None)


def offer(session: Session, actor: Actor, contest: Contest, given: Offer = OFFER) -> Offered:
    return services.offer_seat(
        session,
        actor,
        NOW,
        contest_id=contest.id,
        offer=given,
        write_letter=lambda token: ("Phân công", token or "có ngay"),
    )


def letters(session: Session) -> list[tuple[str, str]]:
    return [(row.recipient, row.body) for row in session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))]


def seated_before(session: Session, login: str = "moi@example.vn") -> Person:
    person = make_person(session, "Vi Thị Lan", login=login)
    make_seat(session, make_contest(session), person, Role.JUDGE, ended_at=NOW - DAY)
    return person


def test_somebody_who_had_a_seat_before_has_this_one_at_once(session: Session) -> None:
    contest, organizer = new_contest(session)
    person = seated_before(session)
    offered = offer(session, organizer, contest)
    seat = session.get_one(Seat, offered.subject_id)
    assert (seat.person_id, seat.role, offered.token) == (person.id, Role.SECRETARY, None)
    assert letters(session) == [("moi@example.vn", "có ngay")]
    assert acts(session, contest) == ["seat.given"]
    with pytest.raises(DomainError, match="seat_held"):
        offer(session, organizer, contest)


def test_somebody_without_an_account_is_invited_by_a_link_of_which_only_the_digest_is_kept(session: Session) -> None:
    contest, organizer = new_contest(session)
    offered = offer(session, organizer, contest)
    assert offered.token is not None
    invitation = session.get_one(Invitation, offered.subject_id)
    assert invitation.token_hash == services.token_hash(offered.token) != offered.token
    assert letters(session) == [("moi@example.vn", offered.token)]
    with pytest.raises(DomainError, match="invited_already"):
        offer(session, organizer, contest)
    assert acts(session, contest) == ["seat.offered"]


def test_a_phone_number_gets_no_letter(session: Session) -> None:
    contest, organizer = new_contest(session)
    assert offer(session, organizer, contest, replace(OFFER, contact="0912 345 678")).token
    assert letters(session) == []


def test_whoever_holds_the_link_takes_the_seat_once(session: Session) -> None:
    contest, organizer = new_contest(session)
    token = offer(session, organizer, contest).token
    assert token is not None
    guest = actor_of(make_person(session))
    seat = services.take_invitation(session, guest, NOW, token=token)
    assert (seat.person_id, seat.role, seat.given_by) == (guest.person_id, Role.SECRETARY, organizer.person_id)
    with pytest.raises(NotFound):
        services.take_invitation(session, guest, NOW, token=token)
    with pytest.raises(NotFound):
        services.take_invitation(session, guest, NOW, token="khác")
    assert acts(session, contest) == ["seat.offered", "seat.taken"]


def test_a_withdrawn_or_expired_invitation_gives_nothing(session: Session) -> None:
    contest, organizer = new_contest(session)
    offered = offer(session, organizer, contest, replace(OFFER, valid_until=NOW + DAY))
    guest = actor_of(make_person(session))
    assert offered.token is not None
    with pytest.raises(DomainError, match="invitation_expired"):
        services.take_invitation(session, guest, NOW + DAY, token=offered.token)
    place = {"contest_id": contest.id, "invitation_id": offered.subject_id}
    services.withdraw_invitation(session, organizer, NOW, **place)
    with pytest.raises(NotFound):
        services.take_invitation(session, guest, NOW, token=offered.token)
    with pytest.raises(DomainError, match="invitation_over"):
        services.withdraw_invitation(session, organizer, NOW, **place)
    assert acts(session, contest) == ["seat.offered", "seat.withdrawn"]


def test_offers_that_cannot_be_are_refused(session: Session) -> None:
    contest, organizer = new_contest(session)
    seated_before(session, "lan@example.vn")
    unit = make_unit(session)
    table = [
        (replace(OFFER, valid_until=NOW), "seat_over"),
        (replace(OFFER, valid_from=NOW + DAY, valid_until=NOW + DAY), "seat_over"),
        (replace(OFFER, role=Role.COORDINATOR), "unit_missing"),
        (replace(OFFER, unit_id=unit.id), "unit_superfluous"),
        (replace(OFFER, contact="lan@example.vn", full_name="Vi Thị Lanh"), "name_differs"),
        (replace(OFFER, contact="không phải"), "login_contact_invalid"),
    ]
    for given, code in table:
        with pytest.raises(DomainError, match=code):
            offer(session, organizer, contest, given)
    assert acts(session, contest) == []


def test_the_operator_seats_organizers_only_and_never_himself(session: Session) -> None:
    contest, _organizer = new_contest(session)
    admin = actor_of(make_person(session, "Vi Thị Lan", login="admin@example.vn", is_admin=True))
    with pytest.raises(NotAllowed):
        offer(session, admin, contest)
    with pytest.raises(NotAllowed, match="seat_own"):
        offer(session, admin, contest, replace(OFFER, role=Role.ORGANIZER, contact="admin@example.vn"))
    assert offer(session, admin, contest, replace(OFFER, role=Role.ORGANIZER)).token


def test_somebody_who_takes_part_gets_no_seat_but_a_coordinators(session: Session) -> None:
    contest, organizer = new_contest(session)
    person = seated_before(session)
    make_participation(session, contest, person)
    with pytest.raises(DomainError, match="takes_part"):
        offer(session, organizer, contest)
    unit = make_unit(session, "Trường THCS Bình Gia")
    offered = offer(session, organizer, contest, replace(OFFER, role=Role.COORDINATOR, unit_id=unit.id))
    assert offered.token is None


def test_the_last_organizer_stays(session: Session) -> None:
    contest, organizer = new_contest(session)
    own = session.scalars(select(Seat).where(Seat.person_id == organizer.person_id)).one()
    organizer_of(session, contest, valid_from=NOW + DAY)
    organizer_of(session, contest, valid_until=NOW)
    place = {"contest_id": contest.id, "seat_id": own.id}
    with pytest.raises(DomainError, match="last_organizer"):
        services.end_seat(session, organizer, NOW, **place)
    services.end_seat(session, organizer, NOW + DAY, **place)
    assert own.ended_at == NOW + DAY
    with pytest.raises(DomainError, match="seat_ended"):
        services.end_seat(session, organizer, NOW + DAY, **place)
    assert acts(session, contest) == ["seat.ended"]


def test_only_an_organizer_ends_seats_and_only_of_the_own_contest(session: Session) -> None:
    contest, organizer = new_contest(session)
    other, _organizer = new_contest(session)
    seat = make_seat(session, other, make_person(session), Role.JUDGE)
    with pytest.raises(NotFound):
        services.end_seat(session, organizer, NOW, contest_id=contest.id, seat_id=seat.id)
    secretary = actor_of(make_person(session), other, Role.SECRETARY)
    with pytest.raises(NotAllowed):
        services.end_seat(session, secretary, NOW, contest_id=other.id, seat_id=seat.id)
