"""One page of a long list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

DEFAULT_SIZE = 25

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of page `number` (from 1) out of `total` rows."""

    rows: Sequence[Row]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))


def page_of(
    session: Session,
    statement: Select[*tuple[Any, ...]],
    number: int,
    size: int = DEFAULT_SIZE,
    *,
    make: Callable[[Any], Any] | None = None,
) -> Page[Any]:
    """The page that was asked for, or the nearest there is. Two statements, however long the list."""
    total = session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    number = max(1, min(number, -(-total // size) or 1))
    rows = session.execute(statement.limit(size).offset((number - 1) * size)).all()
    return Page([make(row) for row in rows] if make else rows, number, size, total)
