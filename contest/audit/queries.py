"""Reading the record."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.audit.domain import GENESIS, Finding, Link, check_chain
from contest.audit.models import AuditChain, AuditRecord

PIECE = 1000


def chain_findings(session: Session, scope: int) -> list[Finding]:
    """Faults of one chain: nothing when every record stands as it was written."""
    chain = session.get(AuditChain, scope, populate_existing=True)
    length, head = (chain.length, chain.head) if chain else (0, GENESIS)
    return check_chain(_links(session, scope), length, head)


def chain_scopes(session: Session) -> list[int]:
    """Every chain there is."""
    return list(session.scalars(select(AuditChain.scope).order_by(AuditChain.scope)))


def _links(session: Session, scope: int) -> Iterator[tuple[Link, str]]:
    rows = session.execute(
        select(AuditRecord.__table__)
        .where(AuditRecord.scope == scope)
        .order_by(AuditRecord.seq)
        .execution_options(yield_per=PIECE)
    )
    for row in rows:
        link = Link(
            row.scope,
            row.seq,
            row.at,
            row.actor_id,
            row.act,
            row.subject,
            row.facts,
            row.detail_digest,
            row.previous,
        )
        yield link, row.digest
