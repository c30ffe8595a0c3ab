"""Fifty thousand questions are listed as fifty are: as many statements, and the rows of a page from an index."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from contest.paging import DEFAULT_SIZE
from contest.questions import queries, services
from contest.questions.models import Bank
from contest.questions.queries import Filters
from tests.factories import NOW
from tests.questions.desk import make_desk, write

SMALL, LARGE = 50, 50_000
FILL = text(
    "INSERT INTO bank_question (bank_id, code, state, created_by, created_at, changed_at, kind, topic, topic_id, "
    "difficulty, search_key, current_revision_id, approved_revision_id) "
    "SELECT :bank, 'S' || n, (ARRAY['draft', 'in_review', 'approved'])[1 + n % 3], created_by, created_at, "
    "changed_at + n * interval '1 second', kind, 'T' || n % 9, topic_id, 1 + n % 5, search_key || ' so ' || n, "
    "current_revision_id, current_revision_id FROM bank_question, generate_series(1, :size) n WHERE id = :like"
)


@pytest.fixture
def backend() -> str:
    """The plan is the server's."""
    return "postgresql"


@pytest.fixture
def banks(session: Session) -> list[Bank]:
    """Two banks beside each other, with the same questions in different numbers."""
    desk = make_desk(session)
    pattern = write(session, desk, text="Thủ đô ở đâu?")
    named = {"contest_id": desk.contest.id}
    banks = [services.create_bank(session, desk.organizer, NOW, **named, name=name) for name in ("Nhỏ", "Lớn")]
    for bank, size in zip(banks, (SMALL, LARGE), strict=True):
        session.execute(FILL, {"bank": bank.id, "size": size, "like": pattern.id})
    session.commit()
    with session.get_bind().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE bank_question"))
    return banks


def sent(session: Session, act: Callable[[], object]) -> list[tuple[str, Any]]:
    """The statements that `act` sends, with their parameters."""
    found: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        found.append((statement, parameters))

    event.listen(session.get_bind(), "before_cursor_execute", note)
    act()
    event.remove(session.get_bind(), "before_cursor_execute", note)
    return found


def nodes(session: Session, statement: str, parameters: Any) -> list[dict[str, Any]]:
    """How the server read the questions: the nodes of its plan, with the rows that each gave."""
    raw = session.connection().connection.driver_connection
    [[plans]] = raw.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + statement, parameters).fetchall()
    return [node for node in _walked(plans[0]["Plan"]) if node.get("Relation Name") == "bank_question"]


def _walked(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from _walked(inner)


def number_of(is_wanted: Callable[[int], bool]) -> int:
    return sum(map(is_wanted, range(1, LARGE + 1)))


CASES = [
    (Filters(), LARGE),
    (Filters(state="approved"), number_of(lambda n: n % 3 == 2)),
    (Filters(difficulty=3, state="draft"), number_of(lambda n: n % 5 == 2 and n % 3 == 0)),
    (Filters(words="THỦ ĐÔ so 4999"), number_of(lambda n: "4999" in str(n))),
    (Filters(words="người setter 777"), number_of(lambda n: "777" in str(n))),
]


def test_a_page_costs_the_same_in_a_bank_of_any_size(session: Session, banks: list[Bank]) -> None:
    for sort, is_descending, bank in product(queries.SORTS, (False, True), banks):
        order = {"sort": sort, "is_descending": is_descending, "number": 1}
        statements = sent(session, partial(queries.question_page, session, bank, None, Filters(), **order))
        assert len(statements) == 2
        how = nodes(session, *statements[-1])
        assert "Seq Scan" not in {node["Node Type"] for node in how}, (sort, bank.name)
        assert max(node["Actual Rows"] * node["Actual Loops"] for node in how) <= max(DEFAULT_SIZE, SMALL), sort
    order = {"sort": "changed", "is_descending": True, "number": 10_000}
    for filters, total in CASES:
        for bank in banks:
            assert len(sent(session, partial(queries.question_page, session, bank, None, filters, **order))) == 2
        page = queries.question_page(session, banks[1], None, filters, **order)
        assert (page.total, page.number) == (total, page.pages)
        assert len(page.rows) == total - (page.pages - 1) * DEFAULT_SIZE
