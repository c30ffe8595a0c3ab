"""Which one of several background processes leads: a lock that the database, or the file system, gives to one."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, NullPool, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from contest.config import Settings

LOCK_FILE = "work.lock"
LOCK_NUMBER = 7_204_561  # any number that nothing else in this database locks

Leads = Callable[[], bool]


def leadership(settings: Settings) -> AbstractContextManager[Leads]:
    """Try to lead while the block lasts. What it gives tells, each time it is called, whether this process leads."""
    return _lock_of_file(settings.data / LOCK_FILE) if settings.is_embedded else _lock_of_server(settings.database_url)


@contextmanager
def _lock_of_file(path: Path) -> Iterator[Leads]:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            leads = True
        except BlockingIOError:
            leads = False
        yield lambda: leads


@contextmanager
def _lock_of_server(url: str) -> Iterator[Leads]:
    """An advisory lock lives as long as its connection, which must not go through a transaction pooler."""
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with ExitStack() as stack:
        connection = _connected(engine, stack)
        yield lambda: connection is not None and _answers(connection)


def _connected(engine: Engine, stack: ExitStack) -> Connection | None:
    """A connection that holds the lock until the stack unwinds; None when another one has it, or on trouble."""
    try:
        connection = stack.enter_context(engine.connect())
        has_lock = connection.scalar(text(f"SELECT pg_try_advisory_lock({LOCK_NUMBER})"))
    except SQLAlchemyError:
        return None
    return connection if has_lock else None


def _answers(connection: Connection) -> bool:
    """When the connection that holds the lock is silent, another process may have it by now."""
    try:
        connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True
