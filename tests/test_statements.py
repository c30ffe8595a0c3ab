"""Statements that only the driver runs give and take what SQLAlchemy would."""

from datetime import timedelta, timezone
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from contest.accounts.models import RateCounter
from contest.contests.models import Role, RulesState, RulesVersion, Seat
from contest.db import db, unit_of_work
from contest.statements import DirectRead, DirectStep, bound
from tests.factories import NOW, make_contest, make_person, make_rules, make_seat

SEATS = DirectRead(
    select(Seat.role, Seat.valid_from, Seat.unit_id, RulesVersion.sections)
    .join(RulesVersion, RulesVersion.contest_id == Seat.contest_id)
    .where(Seat.valid_from <= bindparam("now"), RulesVersion.state == RulesState.IN_FORCE)
)


def test_a_direct_read_gives_values_of_the_columns_types(app: Flask, session: Session) -> None:
    contest = make_contest(session)
    make_rules(session, contest, {"attempts": {"minutes": 15}})
    make_seat(session, contest, make_person(session), Role.JUDGE, valid_from=NOW)
    with app.app_context():
        assert SEATS.rows(db.engine, now=NOW) == [], "what is not committed is not there"
        session.commit()
        there = NOW.astimezone(timezone(timedelta(hours=-9)))
        found = (Role.JUDGE, NOW, None, {"attempts": {"minutes": 15}})
        assert SEATS.rows(db.engine, now=there) == [found]
        assert SEATS.find(db.engine, now=NOW) == found
        assert SEATS.find(db.engine, now=NOW - timedelta(microseconds=1)) is None


ADD = DirectStep(upsert(RateCounter).values(bound(RateCounter, leave_out={"id"})))
KEEP = DirectStep(upsert(RateCounter).values(bound(RateCounter, leave_out={"id"})).on_conflict_do_nothing())
END = DirectStep(
    update(Seat)
    .where(Seat.id == bindparam("seat_id"))
    .values(ended_at=bindparam("now"))
    .returning(Seat.role, Seat.ended_at)
)


def counters(session: Session) -> list[int]:
    return list(session.scalars(select(RateCounter.count)))


def _add_twice(session: Session, row: dict[str, Any]) -> None:
    ADD.rows(session, **row, count=1)
    ADD.rows(session, **row, count=2)


def test_steps_stand_and_fall_with_their_unit(session: Session) -> None:
    row: dict[str, Any] = {"key": "a", "window": 1}
    with pytest.raises(IntegrityError), unit_of_work(session):
        _add_twice(session, row)
    assert counters(session) == []
    with unit_of_work(session):
        ADD.rows(session, **row, count=1)
        assert KEEP.rows(session, **row, count=2) == []
    assert counters(session) == [1]


def test_a_step_sees_what_the_session_holds_and_the_session_what_it_wrote(session: Session) -> None:
    with unit_of_work(session):
        seat = make_seat(session, make_contest(session), make_person(session), Role.JUDGE)
        seat.role = Role.CHIEF_JUDGE
        there = (NOW + timedelta(days=1)).astimezone(timezone(timedelta(hours=7)))
        assert END.find(session, seat_id=seat.id, now=there) == (Role.CHIEF_JUDGE, NOW + timedelta(days=1))
        assert END.find(session, seat_id=0, now=there) is None
        assert seat.ended_at == NOW + timedelta(days=1)
