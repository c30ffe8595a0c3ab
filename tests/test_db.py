"""The unit of work and what every backend does alike. The cases of the `session` fixture run on both."""

import threading
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError
from sqlalchemy.orm import Session

from contest.contests.models import Role, Seat
from contest.db import autocommit_cursor, db, done_directly, server_time, unit_of_work
from contest.units.models import Unit
from tests.factories import NOW, make_contest, make_person, make_seat, make_unit


def names(app: Flask) -> set[str]:
    with app.app_context(), db.engine.connect() as connection:
        return set(connection.scalars(select(Unit.name)))


def test_block_that_ends_commits(app: Flask, session: Session) -> None:
    with unit_of_work(session):
        make_unit(session, "Xã Một")
    assert names(app) == {"Xã Một"}


def _fail_half_way(session: Session, error: type[BaseException]) -> None:
    make_unit(session, "Xã Một")
    raise error


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_anything_raised_rolls_back(app: Flask, session: Session, error: type[BaseException]) -> None:
    with pytest.raises(error), unit_of_work(session):
        _fail_half_way(session, error)
    assert names(app) == set()


def test_unit_of_a_request_commits_and_reads_again_what_was_read_before(app: Flask) -> None:
    with app.app_context():
        assert db.session.scalars(select(Unit)).all() == []
        with unit_of_work() as session:
            make_unit(session, "Xã Một")
    assert names(app) == {"Xã Một"}


def test_unit_after_a_failed_one_starts_clean(app: Flask, session: Session) -> None:
    with unit_of_work(session):
        make_unit(session, "Xã Một", code="X1")
    with pytest.raises(IntegrityError), unit_of_work(session):
        make_unit(session, "Xã Hai", code="X1")
    with unit_of_work(session):
        make_unit(session, "Xã Ba", code="X3")
    assert names(app) == {"Xã Một", "Xã Ba"}


def test_second_writer_waits_for_the_first(app: Flask) -> None:
    """On PostgreSQL both write at once; on SQLite the second takes the lock after the first, and no one fails."""
    started = threading.Barrier(2)
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            with app.app_context():
                started.wait(10)
                for step in range(5):
                    with unit_of_work() as session:
                        make_unit(session, f"Xã {number}.{step}")
        except BaseException as error:  # noqa: BLE001 # a thread hands its failure to the test
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert names(app) == {f"Xã {number}.{step}" for number in (1, 2) for step in range(5)}


def test_naive_instant_is_refused(session: Session) -> None:
    contest, person = make_contest(session), make_person(session)
    with pytest.raises(StatementError, match="naive datetime"):
        make_seat(session, contest, person, valid_from=datetime(2026, 7, 15))


def test_instant_comes_back_in_utc_to_the_microsecond(session: Session) -> None:
    there = datetime(2026, 7, 15, 9, 41, 3, 123456, tzinfo=timezone(timedelta(hours=7)))
    seat = make_seat(session, make_contest(session), make_person(session), valid_from=there)
    session.commit()
    session.expire_all()
    found = session.get_one(Seat, seat.id)
    assert found.valid_from == there
    assert found.valid_from.tzinfo is UTC
    assert found.ended_at is None


def test_instants_compare_in_the_database_whatever_their_zone(session: Session) -> None:
    make_seat(session, make_contest(session), make_person(session), valid_from=NOW)
    later = (NOW + timedelta(microseconds=1)).astimezone(timezone(timedelta(hours=-9)))
    assert session.scalar(select(Seat.id).where(Seat.valid_from < later)) is not None
    assert session.scalar(select(Seat.id).where(Seat.valid_from < NOW)) is None


def test_enumeration_is_stored_as_its_value(session: Session) -> None:
    make_seat(session, make_contest(session), make_person(session), Role.CHIEF_JUDGE)
    assert session.execute(text("SELECT role FROM seat")).scalar_one() == "chief_judge"


def test_foreign_keys_hold(session: Session) -> None:
    contest = make_contest(session)
    session.add(
        Seat(contest_id=contest.id, person_id=999_999, role=Role.JUDGE, valid_from=NOW, given_by=1, given_at=NOW)
    )
    with pytest.raises(IntegrityError):
        session.flush()


def test_lent_cursor_makes_each_statement_durable(app: Flask) -> None:
    with app.app_context():
        engine = db.engine
    statement = "INSERT INTO rate_counter (key, \"window\", count) VALUES ('a', 1, 1)"
    with autocommit_cursor(engine) as cursor:
        cursor.execute(statement)
        with app.app_context(), db.engine.connect() as other:
            assert other.execute(text("SELECT count FROM rate_counter")).scalar_one() == 1
    with autocommit_cursor(engine) as again:
        assert again is cursor


def test_lent_cursor_that_failed_is_replaced(app: Flask) -> None:
    with app.app_context():
        engine = db.engine
    with pytest.raises(RuntimeError), autocommit_cursor(engine) as first:
        raise RuntimeError
    with autocommit_cursor(engine) as second:
        assert second is not first
        assert second.execute("SELECT 1").fetchone()[0] == 1


@pytest.mark.parametrize("backend", ["postgresql"])
def test_a_connection_that_was_lost_since_is_replaced_and_nobody_notices(app: Flask, session: Session) -> None:
    with app.app_context():
        engine = db.engine
    ask = lambda cursor: cursor.execute("SELECT pg_backend_pid()").fetchone()[0]  # noqa: E731
    first = done_directly(engine, ask)
    session.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": first})
    assert done_directly(engine, ask) != first


@pytest.mark.parametrize("backend", ["postgresql"])
def test_a_pooled_connection_that_was_lost_while_it_idled_is_replaced(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contest.db.PING_AFTER_SECONDS", 0.0)
    ask = text("SELECT pg_backend_pid()")
    session.execute(ask)  # takes a connection of its own
    with app.app_context():
        with db.engine.connect() as connection:
            first = connection.execute(ask).scalar_one()
        session.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": first})
        with db.engine.connect() as connection:
            assert connection.execute(ask).scalar_one() != first


def test_a_database_that_stays_away_is_told_like_everywhere_else(app: Flask) -> None:
    with app.app_context():
        engine = db.engine

    def fail(cursor: Any) -> None:
        cursor.connection.close()
        raise engine.dialect.dbapi.OperationalError("gone")  # type: ignore[union-attr]

    with pytest.raises(OperationalError):
        done_directly(engine, fail)
    assert done_directly(engine, lambda cursor: cursor.execute("SELECT 1").fetchone()[0]) == 1


@pytest.mark.parametrize("backend", ["postgresql"])
def test_server_tells_its_time_in_utc(app: Flask, backend: str) -> None:
    with app.app_context():
        first, second = server_time(db.engine), server_time(db.engine)
    assert first.tzinfo is UTC
    assert first < second


@pytest.mark.parametrize("backend", ["sqlite"])
def test_sqlite_keeps_what_it_acknowledged(app: Flask, backend: str) -> None:
    with app.app_context(), db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
