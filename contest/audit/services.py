"""Writing the record."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.audit.domain import GENESIS, Link, detail_digest, link_digest
from contest.audit.models import AuditChain, AuditDetail, AuditRecord

PLATFORM = 0


def record(
    session: Session,
    *,
    actor_id: int | None,
    now: datetime,
    act: str,
    subject: str,
    scope: int = PLATFORM,
    facts: Mapping[str, object] | None = None,
    detail: Mapping[str, object] | None = None,
) -> AuditRecord:
    """Append one act to the chain of `scope` (a contest's id, or `PLATFORM`).

    `facts` holds ids and codes only; anything personal or long belongs in `detail`, of which the chain keeps a
    salted digest.
    """
    chain = _locked_chain(session, scope)
    salt = secrets.token_hex(16)
    link = Link(
        scope=scope,
        seq=chain.length + 1,
        at=now,
        actor_id=actor_id,
        act=act,
        subject=subject,
        facts=dict(facts or {}),
        detail_digest=detail_digest(salt, detail) if detail else None,
        previous=chain.head,
    )
    row = AuditRecord(**asdict(link), digest=link_digest(link))
    session.add(row)
    chain.length, chain.head = link.seq, row.digest
    session.flush()
    if detail:
        session.add(AuditDetail(record_id=row.id, salt=salt, detail=dict(detail)))
        session.flush()
    return row


def _locked_chain(session: Session, scope: int) -> AuditChain:
    chain = session.scalar(select(AuditChain).where(AuditChain.scope == scope).with_for_update())
    if chain is None:
        chain = AuditChain(scope=scope, length=0, head=GENESIS)
        session.add(chain)
        session.flush()
    return chain
