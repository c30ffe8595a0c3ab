from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from contest.audit.domain import Fault, Finding, Head
from contest.audit.models import AuditChain, AuditDetail, AuditRecord
from contest.audit.queries import Found, acts_in, acts_page, chain_check, chain_findings, chain_scopes
from contest.audit.services import record
from contest.i18n import local
from tests.factories import NOW


def write_three(session: Session) -> list[AuditRecord]:
    return [
        record(
            session,
            actor_id=7,
            now=NOW,
            act="round.postponed",
            subject=f"round:{n}",
            scope=4,
            facts={"n": n},
            detail={"note": "mất điện"},
        )
        for n in (1, 2, 3)
    ]


def test_untouched_chain_has_no_findings(session: Session) -> None:
    write_three(session)
    assert chain_findings(session, 4) == []


def test_changed_record_is_found(session: Session) -> None:
    write_three(session)
    session.execute(update(AuditRecord).where(AuditRecord.seq == 2).values(subject="round:9"))
    assert chain_findings(session, 4) == [Finding(Fault.CHANGED, 2)]


def test_removed_record_is_found_as_gap(session: Session) -> None:
    rows = write_three(session)
    session.execute(delete(AuditDetail).where(AuditDetail.record_id == rows[1].id))
    session.execute(delete(AuditRecord).where(AuditRecord.seq == 2))
    assert Finding(Fault.GAP, 2) in chain_findings(session, 4)


def test_truncated_chain_is_found_against_the_stored_head(session: Session) -> None:
    rows = write_three(session)
    session.execute(delete(AuditDetail).where(AuditDetail.record_id == rows[2].id))
    session.execute(delete(AuditRecord).where(AuditRecord.seq == 3))
    assert chain_findings(session, 4) == [Finding(Fault.TRUNCATED, 3)]


def test_erased_detail_leaves_the_chain_whole(session: Session) -> None:
    write_three(session)
    session.execute(delete(AuditDetail))
    assert chain_findings(session, 4) == []


def test_head_moved_back_with_its_record_gone_is_not_hidden_by_another_chain(session: Session) -> None:
    write_three(session)
    session.execute(update(AuditChain).where(AuditChain.scope == 4).values(length=2))
    assert chain_findings(session, 4) == [Finding(Fault.TRUNCATED, 4)]


@pytest.mark.parametrize(
    ("length", "digest", "faults"),
    [
        (3, None, []),
        (2, None, []),
        (4, None, [Finding(Fault.TRUNCATED, 4)]),
        (2, "0" * 64, [Finding(Fault.REWRITTEN, 2)]),
    ],
)
def test_a_head_that_somebody_wrote_down_finds_what_the_chain_itself_can_not(
    session: Session, length: int, digest: str | None, faults: list[Finding]
) -> None:
    rows = write_three(session)
    stored = Head(length, digest or rows[min(length, 3) - 1].digest)
    check = chain_check(session, 4, stored)
    assert (check.findings, check.stored) == (faults, stored)
    assert check.head == Head(3, rows[2].digest)


def test_a_chain_that_was_never_written_is_whole_and_empty(session: Session) -> None:
    check = chain_check(session, 4)
    assert (check.head.length, check.findings) == (0, [])
    assert chain_scopes(session) == []


def write_mixed(session: Session) -> None:
    for actor_id, act, subject in (
        (7, "seat.given", "seat:1"),
        (8, "round.added", "round:1"),
        (7, "round.added", "round:10"),
    ):
        record(session, actor_id=actor_id, now=NOW, act=act, subject=subject, scope=4, detail={"note": "kín"})
    record(session, actor_id=7, now=NOW, act="seat.ended", subject="seat:1", scope=5)


@pytest.mark.parametrize(
    ("wish", "seqs"),
    [
        ({}, [3, 2, 1]),
        ({"is_newest_first": False}, [1, 2, 3]),
        ({"act": "round.added"}, [3, 2]),
        ({"actor_id": 7}, [3, 1]),
        ({"act": "round.added", "actor_id": 8}, [2]),
        ({"found": Found("round:1", (), ())}, [3, 2]),
        ({"found": Found("ROUND:10", (), ())}, [3]),
        ({"found": Found("round_1", (), ())}, []),
        ({"found": Found("kín", (), ())}, []),
        ({"found": Found("ghế", ("seat.given",), ())}, [1]),
        ({"found": Found("Lan", (), (8,))}, [2]),
        ({"act": "seat.ended"}, []),
    ],
)
def test_acts_of_one_contest_are_found_by_act_person_and_subject(
    session: Session, wish: dict[str, Any], seqs: list[int]
) -> None:
    write_mixed(session)
    found = acts_page(session, 4, 1, **wish)
    assert [act.seq for act in found.rows] == seqs
    assert found.total == len(seqs)


def test_only_acts_that_occur_in_the_chain_are_offered(session: Session) -> None:
    write_mixed(session)
    assert sorted(acts_in(session, 4)) == ["round.added", "seat.given"]


def test_an_erased_detail_is_shown_as_empty(session: Session) -> None:
    write_mixed(session)
    newest = session.scalars(select(AuditRecord.id).where(AuditRecord.scope == 4, AuditRecord.seq == 3)).one()
    session.execute(delete(AuditDetail).where(AuditDetail.record_id == newest))
    assert [act.detail for act in acts_page(session, 4, 1).rows] == [{}, {"note": "kín"}, {"note": "kín"}]


def test_a_record_written_in_the_contests_zone_stands_as_it_was_written(session: Session) -> None:
    record(session, actor_id=7, now=local(NOW), act="round.added", subject="round:1", scope=4)
    session.flush()
    session.expire_all()
    assert chain_findings(session, 4) == []
