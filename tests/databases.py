"""Migrated databases for the tests.

For SQLite a file is copied; on PostgreSQL a database is emptied and used again, since making one costs more than most
tests do.
"""

import os
import shutil
import uuid
from collections.abc import Callable
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

SERVER_VARIABLE = "CONTEST_TEST_PG_SERVER"
END_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND (state <> 'idle' OR pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory'))
"""
SHAPE = """
    SELECT (SELECT version_num FROM alembic_version)
        || (SELECT string_agg(concat(oid, relname, relnatts, relhastriggers), ',' ORDER BY oid) FROM pg_class
            WHERE relnamespace = 'public'::regnamespace)
        || (SELECT string_agg(concat(oid, conname, convalidated), ',' ORDER BY oid) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace)
"""
EMPTY = """
    DO $$
    DECLARE name text;
    BEGIN
        SET LOCAL session_replication_role = replica;
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
            EXECUTE 'DELETE FROM ' || quote_ident(name);
        END LOOP;
        FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
            PERFORM setval(quote_ident(name)::regclass, 1, false);
        END LOOP;
    END $$
"""


def server_url(database: str) -> str:
    return f"postgresql+psycopg://postgres@/{database}?host={os.environ[SERVER_VARIABLE]}"


@cache
def _connected(database: str) -> Engine:
    """One connection for the whole process."""
    return create_engine(server_url(database), isolation_level="AUTOCOMMIT", poolclass=StaticPool)


def on_server(statement: str) -> None:
    with _connected("postgres").connect() as connection:
        connection.execute(text(statement))


class Databases:
    """Makes fresh migrated databases, each a copy of one template per test process."""

    def __init__(self, folder: Path, migrate: Callable[[str, Path], None]) -> None:
        self._folder, self._migrate = folder, migrate
        self._templates: dict[str, str] = {}
        self._free: list[str] = []
        self._free_files: list[Path] = []
        self._shape = ""

    def fresh(self, backend: str) -> str:
        if backend not in self._templates:
            self._templates[backend] = self._template(backend)
        if backend == "sqlite":
            path = self._free_files.pop() if self._free_files else self._folder / f"t{uuid.uuid4().hex}.db"
            shutil.copy(self._templates[backend], path)
            return f"sqlite:///{path}"
        if self._free:
            return server_url(self._free.pop())
        name = f"t{uuid.uuid4().hex}"
        on_server(f"CREATE DATABASE {name} TEMPLATE {self._templates[backend]} STRATEGY FILE_COPY")
        return server_url(name)

    def drop(self, url: str) -> None:
        if url.startswith("sqlite"):
            file = Path(url.removeprefix("sqlite:///"))
            for path in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
                path.unlink(missing_ok=True)
            self._free_files.append(file)
            return
        name = url.split("@/")[1].split("?", maxsplit=1)[0]
        if self._is_emptied(name):
            self._free.append(name)
        else:
            on_server(f"DROP DATABASE {name} WITH (FORCE)")

    def _is_emptied(self, name: str) -> bool:
        """Whether it is as a new one would be. Not after a test that changed tables or took the database away."""
        try:
            with _connected(name).connect() as connection:
                connection.execute(text(END_OTHERS))
                connection.execute(text(EMPTY))
                return _shape(connection) == self._shape
        except DBAPIError:
            return False

    def _template(self, backend: str) -> str:
        name = f"template{uuid.uuid4().hex}"
        if backend == "sqlite":
            path = self._folder / f"{name}.db"
            self._migrate(f"sqlite:///{path}", self._folder)
            return str(path)
        on_server(f"CREATE DATABASE {name}")
        self._migrate(server_url(name), self._folder)
        engine = create_engine(server_url(name))
        with engine.connect() as connection:
            self._shape = _shape(connection)
        engine.dispose()
        return name


def _shape(connection: Connection) -> str:
    return str(connection.execute(text(SHAPE)).scalar_one())
