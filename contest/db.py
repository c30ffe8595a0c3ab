"""The database: base class, column types, the one unit of work and the lent autocommit connection."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    TypeDecorator,
    event,
    text,
)
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.pool import ConnectionPoolEntry

SQLITE_WAIT_MS = 10_000
PING_AFTER_SECONDS = 1.0

Result = TypeVar("Result")

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Naive values are refused on the way in; what comes out is in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite keeps it without the zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "naive datetime given for an instant"
            raise ValueError(message)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Always aware, always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def text_enum(kind: type[StrEnum]) -> Enum:
    """A column that stores the enum's value as text, so that a new member needs no migration."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """Base class of every table."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: UtcDateTime},
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    """WAL with a full sync before a commit returns: what was acknowledged survives a loss of power."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {SQLITE_WAIT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """A writing unit takes the write lock at once: an upgrade in its middle could only fail."""
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def ping_after_idling(engine: Engine, seconds: Callable[[], float]) -> None:
    """Before a connection is used that has idled, ask whether the server still knows it; if not, take a new one.

    One that was used a moment ago is believed: asking costs a tenth of what handing in does. `seconds` is a monotonic
    clock's.
    """

    @event.listens_for(engine, "checkin")
    def _note(_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        record.info["used_at"] = seconds()

    @event.listens_for(engine, "checkout")
    def _ping(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
        if seconds() - record.info.get("used_at", seconds()) < PING_AFTER_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except cast("Any", engine.dialect.dbapi).Error as error:
            raise DisconnectionError from error


@contextmanager
def unit_of_work(session: Session | None = None) -> Iterator[Session]:
    """One transaction that commits when the block ends and rolls back when anything is raised.

    What was read before it in this request is read again inside it, under its locks. `session` is given by
    commands and tests that work outside a request.
    """
    session = session or db.session()
    if session.in_transaction():
        session.rollback()
    try:
        session.connection(execution_options={"writes": True})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def server_time(engine: Engine) -> datetime:
    """The database server's clock, read outside any transaction."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        instant = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        assert isinstance(instant, datetime)
        return instant.astimezone(UTC)


class _Lent:
    """A driver cursor that closes with its connection when its thread or its engine is gone."""

    def __init__(self, engine: Engine) -> None:
        self._held = engine.raw_connection()
        self._held.detach()
        connection = cast("Any", self._held.dbapi_connection)
        if engine.dialect.name == "postgresql":
            connection.autocommit = True
            connection.prepare_threshold = 0
        self.cursor = connection.cursor()

    def __del__(self) -> None:
        self._held.close()


_of_thread = threading.local()


@contextmanager
def autocommit_cursor(engine: Engine) -> Iterator[Any]:
    """A driver cursor of this thread on which each statement is its own durable transaction.

    It exists for the answer journal, where one statement per save is the whole request. Whoever asks fetches all rows:
    the next one gets the same cursor. One that fails is thrown away with its connection.
    """
    lent: WeakKeyDictionary[Engine, _Lent] = _of_thread.__dict__.setdefault("lent", WeakKeyDictionary())
    if engine not in lent:
        lent[engine] = _Lent(engine)
    try:
        yield lent[engine].cursor
    except BaseException:
        del lent[engine]
        raise


def done_directly(engine: Engine, act: Callable[[Any], Result]) -> Result:
    """What `act` returns, given this thread's autocommit cursor.

    A connection that was lost since its last use is replaced, and `act` done once more: give only what is harmless to
    do twice. Raises `OperationalError` of SQLAlchemy when the database is gone, as everything else does.
    """
    driver = cast("Any", engine.dialect.dbapi)
    for is_last in (False, True):
        cursor = None
        try:
            with autocommit_cursor(engine) as cursor:
                return act(cursor)
        except (driver.OperationalError, driver.InterfaceError) as error:
            if is_last or not engine.dialect.is_disconnect(error, cursor and cursor.connection, None):
                raise OperationalError("directly", None, error) from error
    raise AssertionError
