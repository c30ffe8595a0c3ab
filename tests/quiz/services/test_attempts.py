"""Starting and handing in, on both databases."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from contest.contests.models import Role
from contest.db import unit_of_work
from contest.errors import DomainError, NotAllowed, NotFound
from contest.quiz.models import AttemptState
from contest.quiz.services.attempts import start_attempt, submit_attempt
from contest.quiz.services.sets import frozen_set
from question_bank.drawing import draw_paper
from tests.factories import NOW, actor_of, make_person
from tests.quiz.world import SECTIONS, begin, make_world, run_all


def test_a_second_start_gets_the_running_attempt(session: Session) -> None:
    world = make_world(session)
    first, second = begin(session, world), begin(session, world, NOW + timedelta(minutes=14))
    assert first.id == second.id
    assert world.participation.frozen_at == NOW


def test_an_attempt_whose_time_is_over_makes_room_for_the_next(session: Session) -> None:
    world = make_world(session)
    first = begin(session, world)
    second = begin(session, world, first.accepts_until + timedelta(microseconds=1))
    assert (first.state, first.is_time_out, first.submitted_at) == (AttemptState.SUBMITTED, True, first.deadline_at)
    assert (second.number, second.state) == (2, AttemptState.OPEN)
    assert second.paper != first.paper


@pytest.mark.parametrize(
    ("moment", "code"),
    [("opens_at", None), ("before", "round_not_open"), ("closes_at", "round_not_open"), ("last", None)],
)
def test_a_round_is_open_from_its_opening_until_just_before_its_closing(
    session: Session, moment: str, code: str | None
) -> None:
    world = make_world(session)
    tick = timedelta(microseconds=1)
    now = {
        "opens_at": world.round.opens_at,
        "before": world.round.opens_at - tick,
        "closes_at": world.round.closes_at,
        "last": world.round.closes_at - tick,
    }[moment]
    if code is None:
        assert begin(session, world, now).deadline_at <= world.round.closes_at
    else:
        with pytest.raises(DomainError, match=code):
            begin(session, world, now)


def test_an_attempt_ends_with_the_round(session: Session) -> None:
    world = make_world(session, closes_at=NOW + timedelta(minutes=4))
    attempt = begin(session, world)
    assert attempt.deadline_at == NOW + timedelta(minutes=4)
    assert attempt.accepts_until == NOW + timedelta(minutes=4, seconds=5)


def test_extra_time_moves_the_deadline(session: Session) -> None:
    world = make_world(session)
    world.participation.extra_time_ms = 300_000
    session.commit()
    assert begin(session, world).deadline_at == NOW + timedelta(minutes=20)


def test_no_more_attempts_than_the_rules_allow(session: Session) -> None:
    sections = {"attempts": {**SECTIONS["attempts"], "tries": 1}}
    world = make_world(session, sections=sections)
    attempt = begin(session, world)
    submit_attempt(session, world.actor, NOW, attempt.public_id)
    session.commit()
    with pytest.raises(DomainError, match="no_tries_left"):
        begin(session, world)


def test_coordinators_may_start_since_they_see_nothing_of_the_preparation(session: Session) -> None:
    world = make_world(session)
    coordinator = actor_of(world.person, world.contest, Role.COORDINATOR)
    assert start_attempt(session, coordinator, NOW, world.round.public_id, world.keys)
    both = replace(
        coordinator, seats=coordinator.seats | actor_of(world.person, world.contest, Role.QUESTION_SETTER).seats
    )
    with pytest.raises(NotAllowed, match="committee_member"):
        start_attempt(session, both, NOW, world.round.public_id, world.keys)


def test_committee_members_and_excluded_people_and_strangers_cannot_start(session: Session) -> None:
    world = make_world(session)
    with pytest.raises(NotAllowed, match="committee_member"):
        start_attempt(
            session, actor_of(world.person, world.contest, Role.SECRETARY), NOW, world.round.public_id, world.keys
        )
    with pytest.raises(DomainError, match="not_joined"):
        start_attempt(session, actor_of(make_person(session)), NOW, world.round.public_id, world.keys)
    world.participation.excluded_at = NOW
    session.commit()
    with pytest.raises(NotAllowed, match="excluded"):
        begin(session, world)


def test_the_paper_can_be_drawn_again_from_the_opened_seed(session: Session) -> None:
    world = make_world(session)
    attempt = begin(session, world)
    drawn_from = frozen_set(session, world.set_row, world.keys)
    again = draw_paper(
        drawn_from.pool, drawn_from.blueprint, drawn_from.seed, bytes.fromhex(world.participation.draw_id), 1
    )
    assert attempt.paper == [[slot.ref, list(slot.order)] for slot in again]


def test_handing_in_twice_is_not_an_error_and_changes_nothing(session: Session) -> None:
    world = make_world(session)
    attempt = begin(session, world)
    submit_attempt(session, world.actor, NOW + timedelta(minutes=1), attempt.public_id)
    submit_attempt(session, world.actor, NOW + timedelta(minutes=2), attempt.public_id)
    assert attempt.submitted_at == NOW + timedelta(minutes=1)


def test_somebody_elses_attempt_cannot_be_handed_in(session: Session) -> None:
    world = make_world(session)
    attempt = begin(session, world)
    with pytest.raises(NotFound):
        submit_attempt(session, actor_of(make_person(session)), NOW, attempt.public_id)


@pytest.mark.parametrize("backend", ["postgresql"])
def test_two_starts_at_once_make_one_attempt(app: Flask, session: Session) -> None:
    world = make_world(session, app)
    barrier = threading.Barrier(4)
    ids: list[str] = []

    def start() -> None:
        with app.app_context():
            barrier.wait()
            with unit_of_work() as unit:
                ids.append(start_attempt(unit, world.actor, NOW, world.round.public_id, world.keys))

    run_all([threading.Thread(target=start) for _ in range(4)])
    assert len(ids) == 4
    assert len(set(ids)) == 1
