from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from contest.contests.models import Role, Seat
from contest.contests.services.seats import Offer, offer_seat
from contest.errors import DomainError
from tests.factories import NOW, make_contest, make_person, make_seat
from tests.judging.world import World, make_world

BLIND = (Role.JUDGE, Role.CHIEF_JUDGE)
KNOWING = (Role.ORGANIZER, Role.SECRETARY, Role.COORDINATOR)


def offered(session: Session, world: World, role: Role, login: str) -> None:
    unit_id = world.unit.id if role is Role.COORDINATOR else None
    offer = Offer(login, "Vi Thị Lan", role, unit_id, NOW, None)
    organizer = world.actor(Role.ORGANIZER)
    offer_seat(session, organizer, NOW, contest_id=world.contest.id, offer=offer, write_letter=lambda _: ("a", "b"))


@pytest.mark.parametrize(
    ("held", "wanted"),
    [(held, wanted) for held in KNOWING for wanted in BLIND] + [(held, wanted) for held in BLIND for wanted in KNOWING],
)
def test_nobody_judges_who_reads_names_beside_scores(session: Session, app: Flask, held: Role, wanted: Role) -> None:
    world = make_world(session)
    person = make_person(session, "Vi Thị Lan", login="lan@example.vn")
    make_seat(session, make_contest(session), person, wanted)  # proved, and free to do so in another contest
    seat = make_seat(session, world.contest, person, held)
    with app.app_context(), pytest.raises(DomainError) as caught:
        offered(session, world, wanted, "lan@example.vn")
    assert (caught.value.code, caught.value.field) == ("seat_not_blind", "login")
    seat.ended_at = NOW - timedelta(days=1)
    session.flush()
    with app.app_context():
        offered(session, world, wanted, "lan@example.vn")
    assert session.query(Seat).filter_by(contest_id=world.contest.id, person_id=person.id, role=wanted).count() == 1


@pytest.mark.parametrize(("held", "wanted"), [BLIND, BLIND[::-1], (Role.ORGANIZER, Role.SECRETARY)])
def test_a_chief_may_judge_too(session: Session, app: Flask, held: Role, wanted: Role) -> None:
    world = make_world(session)
    person = make_person(session, "Vi Thị Lan", login="lan@example.vn")
    make_seat(session, world.contest, person, held)
    with app.app_context():
        offered(session, world, wanted, "lan@example.vn")
