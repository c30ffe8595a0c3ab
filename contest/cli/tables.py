"""Tables of a database server to files and back, over the driver alone: no client programs are needed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import click
from psycopg import Connection, Cursor
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import Engine, Table, inspect, select

from contest.cli.trouble import Trouble
from contest.db import db

PIECE = 1024 * 1024


def own_tables(engine: Engine) -> list[Table]:
    """Our tables that the database has, each after those that it refers to."""
    present = set(inspect(engine).get_table_names())
    return [table for table in db.metadata.sorted_tables if table.name in present]


def has_rows(engine: Engine, table: Table) -> bool:
    """Whether anything is in the table."""
    with engine.connect() as connection:
        return connection.execute(select(1).select_from(table).limit(1)).first() is not None


def dump(engine: Engine, folder: Path) -> None:
    """Every table to a file of its own, all as they are at the same moment."""
    with (
        transaction(engine) as cursor,
        click.progressbar(own_tables(engine), label="Saving", file=sys.stderr) as tables,
    ):
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for table in tables:
            with file_of(folder, table).open("wb") as file, cursor.copy(copy_statement(table, "TO STDOUT")) as rows:
                for piece in rows:
                    file.write(piece)


def load(engine: Engine, folder: Path, names: set[str]) -> None:
    """Every table from its file, all or nothing; numbering goes on behind the highest number."""
    tables = own_tables(engine)
    if {file_of(folder, table).name for table in tables} != names:
        raise Trouble("The backup does not hold exactly the tables of this release.")
    with transaction(engine) as cursor, click.progressbar(tables, label="Restoring", file=sys.stderr) as waiting:
        for table in waiting:
            with file_of(folder, table).open("rb") as file, cursor.copy(copy_statement(table, "FROM STDIN")) as rows:
                while piece := file.read(PIECE):
                    rows.write(piece)
            continue_numbering(cursor, table)


def continue_numbering(cursor: Cursor[Any], table: Table) -> None:
    """The next row gets the number after the highest one restored."""
    column = table.autoincrement_column
    if column is None:
        return
    statement = SQL("SELECT setval(pg_get_serial_sequence(%s, %s), max({column})) FROM {table} HAVING count(*) > 0")
    names = {"column": Identifier(column.name), "table": Identifier(table.name)}
    cursor.execute(statement.format(**names), (table.name, column.name))


def copy_statement(table: Table, direction: str) -> Composed:
    """COPY with its columns by name: their order may differ between databases."""
    columns = SQL(", ").join(Identifier(column.name) for column in table.columns)
    return SQL("COPY {} ({}) " + direction).format(Identifier(table.name), columns)


def file_of(folder: Path, table: Table) -> Path:
    """The file of a table."""
    return folder / f"{table.name}.copy"


@contextmanager
def transaction(engine: Engine) -> Iterator[Cursor[Any]]:
    """One transaction on a driver's connection."""
    pooled = engine.raw_connection()
    connection = cast("Connection[Any]", pooled.driver_connection)
    try:
        with connection.transaction(), connection.cursor() as cursor:
            yield cursor
    finally:
        pooled.close()
