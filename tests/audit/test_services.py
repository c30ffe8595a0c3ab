from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from contest.audit.domain import Fault, Finding
from contest.audit.models import AuditChain, AuditDetail, AuditRecord
from contest.audit.queries import chain_findings
from contest.audit.services import record
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


def test_chains_of_two_contests_are_numbered_apart(session: Session) -> None:
    write_three(session)
    other = record(session, actor_id=7, now=NOW, act="seat.given", subject="seat:1", scope=5)
    assert other.seq == 1


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
