"""Counting the statements that a read sends."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.orm import Session


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The statements sent within the block; nothing that was read before it helps. Commits."""
    session.commit()
    session.expunge_all()
    engine, statements = session.get_bind(), list[str]()

    def note(*arguments: object) -> None:
        if arguments[2] != "BEGIN":  # SQLite's is sent by hand
            statements.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)
