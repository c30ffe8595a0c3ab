"""Statements of the hot path: SQLAlchemy writes them once; then only the driver runs them.

What the session does around a statement costs several times what the database does.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import BindParameter, Dialect, Engine, Select, UpdateBase, bindparam, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from contest.db import Base, done_directly

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement in one dialect: how values become parameters, whether it gives rows, how columns become values."""

    text: str
    names: tuple[str, ...] | None
    constants: dict[str, Any]
    into: dict[str, Callable[[Any], Any] | None]
    gives_rows: bool
    out: tuple[tuple[int, Callable[[Any], Any]], ...]

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """By name, or by place where the dialect counts."""
        given = dict(self.constants)
        for name, convert in self.into.items():
            given[name] = convert(values[name]) if convert else values[name]
        return given if self.names is None else tuple(given[name] for name in self.names)

    def found(self, cursor: Any, parameters: Any) -> Rows:
        """Run it; every row that it gives, as the driver gives it."""
        cursor.execute(self.text, parameters)
        return cursor.fetchall() if self.gives_rows else []

    def made(self, found: Rows) -> Rows:
        """The rows as the columns' types make them."""
        return [self._row(row) for row in found] if self.out else found

    def _row(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, convert in self.out:
            values[place] = convert(values[place])
        return tuple(values)


class _Written:
    """A statement, and how it reads in each dialect that asked for it."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | UpdateBase) -> None:
        self._statement = statement
        self._by_dialect: dict[str, _Compiled] = {}

    def _compiled(self, dialect: Dialect) -> _Compiled:
        return self._by_dialect.get(dialect.name) or self._compile(dialect)

    def _compile(self, dialect: Dialect) -> _Compiled:
        made: Any = self._statement.compile(dialect=dialect)
        binds = {name: bind for bind, name in made.bind_names.items()}
        into = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
        out = [
            column.type.dialect_impl(dialect).result_processor(dialect, None)
            for column in self._statement.exported_columns
        ]
        fixed = {name: value for name, value in made.params.items() if not binds[name].required}
        constants = {name: into[name](value) if into[name] else value for name, value in fixed.items()}
        compiled = _Compiled(
            text=str(made),
            names=tuple(made.positiontup) if made.positiontup else None,
            constants=constants,
            into={name: convert for name, convert in into.items() if name not in fixed},
            gives_rows=bool(out),
            out=tuple((place, convert) for place, convert in enumerate(out) if convert),
        )
        self._by_dialect[dialect.name] = compiled
        return compiled


class DirectRead(_Written):
    """A select that nearly every request asks: a snapshot of its own, of what is committed.

    It runs on the thread's autocommit connection.
    """

    def rows(self, engine: Engine, **values: object) -> Rows:
        """Every row, with values of the columns' types."""
        return self.read(engine, self.raw(engine, **values))

    def raw(self, engine: Engine, **values: object) -> Rows:
        """Every row as the driver gives it: good for telling whether anything has changed."""
        compiled = self._compiled(engine.dialect)
        parameters = compiled.parameters(values)
        return done_directly(engine, lambda cursor: compiled.found(cursor, parameters))

    def read(self, engine: Engine, raw: Rows) -> Rows:
        """Raw rows with values of the columns' types."""
        return self._compiled(engine.dialect).made(raw)

    def find(self, engine: Engine, **values: object) -> tuple[Any, ...] | None:
        """The first row."""
        return next(iter(self.rows(engine, **values)), None)


class DirectStep(_Written):
    """A statement of a unit of work that must be quick: it reads and writes inside the session's transaction.

    What the session holds is written before it and, when it changes anything, read again after it.
    """

    def rows(self, session: Session, **values: object) -> Rows:
        """Every row that it gives, with values of the columns' types. Raises the errors that SQLAlchemy raises."""
        session.flush()
        connection = session.connection()
        driver = cast("Any", connection.dialect.dbapi)
        compiled = self._compiled(connection.dialect)
        try:
            return compiled.made(compiled.found(connection.connection.cursor(), compiled.parameters(values)))
        except driver.Error as error:
            raise DBAPIError.instance("directly", None, error, driver.Error, dialect=connection.dialect) from error
        finally:
            if not isinstance(self._statement, Select):
                session.expire_all()

    def find(self, session: Session, **values: object) -> tuple[Any, ...] | None:
        """The first row."""
        return next(iter(self.rows(session, **values)), None)


def bound(table: type[Base], leave_out: Collection[str] = ()) -> dict[str, BindParameter[Any]]:
    """A parameter for each column of a row that a `DirectStep` writes, of the column's name and type."""
    columns = inspect(table).local_table.columns
    return {
        column.name: bindparam(column.name, type_=column.type) for column in columns if column.name not in leave_out
    }
