from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.audit.models import AuditDetail, AuditRecord
from contest.audit.services import PLATFORM, record
from tests.factories import NOW


def write_three(session: Session) -> list[AuditRecord]:
    return [
        record(session, actor_id=7, now=NOW, act="round.postponed", subject=f"round:{n}", scope=4) for n in (1, 2, 3)
    ]


def test_each_record_is_linked_to_the_one_before(session: Session) -> None:
    first, second, third = write_three(session)
    assert [row.seq for row in (first, second, third)] == [1, 2, 3]
    assert (second.previous, third.previous) == (first.digest, second.digest)


def test_chains_of_two_contests_are_numbered_apart(session: Session) -> None:
    write_three(session)
    other = record(session, actor_id=7, now=NOW, act="seat.given", subject="seat:1", scope=5)
    assert other.seq == 1


def test_what_belongs_to_no_contest_is_the_platforms(session: Session) -> None:
    assert record(session, actor_id=None, now=NOW, act="person.added", subject="person:1").scope == PLATFORM


def test_equal_details_leave_no_equal_trace_in_the_chain(session: Session) -> None:
    detail = {"name": "Hoàng Thị Bích Ngọc"}
    rows = [
        record(session, actor_id=7, now=NOW, act="person.added", subject="person:1", scope=4, detail=detail)
        for _ in range(2)
    ]
    assert rows[0].detail_digest != rows[1].detail_digest
    assert [each.detail for each in session.scalars(select(AuditDetail))] == [detail] * 2
    assert "Ngọc" not in repr([(row.facts, row.subject, row.digest) for row in rows])
