"""Reading the record."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import false, or_, select
from sqlalchemy.orm import Session

from contest.audit.domain import (
    GENESIS,
    ChainCheck,
    Fault,
    Finding,
    Head,
    Link,
    check_chain,
    check_head,
    detail_digest,
)
from contest.audit.models import AuditChain, AuditDetail, AuditRecord
from contest.paging import Page, page_of

PIECE = 1000


class ContestFacts(Protocol):
    """What the pages of the record show of a contest."""

    @property
    def id(self) -> int:
        """The scope of its chain."""

    @property
    def slug(self) -> str:
        """Its name in addresses."""

    @property
    def title(self) -> str:
        """Its name."""

    @property
    def decision_number(self) -> str:
        """The decision that opened it."""

    @property
    def time_zone(self) -> str:
        """The zone of its clocks."""


@dataclass(frozen=True, slots=True)
class Directory:
    """What the record asks of features above it: a contest by its slug, and people's names by id."""

    contest: Callable[[Session, str], ContestFacts]
    names: Callable[[Session, Collection[int]], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Act:
    """One record as people read it. `detail` is empty once it was erased."""

    seq: int
    at: datetime
    actor_id: int | None
    act: str
    subject: str
    facts: Mapping[str, Any]
    detail: Mapping[str, Any]
    digest: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a typed word stands for: it is searched among subjects, and matches these acts and people."""

    words: str
    acts: Collection[str]
    people: Collection[int]


_directory: Directory | None = None


def use(directory: Directory) -> None:
    """Tell whom to ask; done when the application is composed."""
    global _directory  # noqa: PLW0603 # a process has one, told at its start
    _directory = directory


def contest_of_record(session: Session, slug: str) -> ContestFacts:
    """The contest whose record is read. Raises `NotFound`."""
    assert _directory is not None
    return _directory.contest(session, slug)


def names_in(session: Session, scope: int) -> Mapping[int, str]:
    """The people who acted in this chain, by name. Two statements."""
    assert _directory is not None
    statement = select(AuditRecord.actor_id).where(AuditRecord.scope == scope).distinct()
    return _directory.names(session, [actor_id for actor_id in session.scalars(statement) if actor_id is not None])


def acts_page(
    session: Session,
    scope: int,
    number: int,
    *,
    act: str | None = None,
    actor_id: int | None = None,
    found: Found | None = None,
    is_newest_first: bool = True,
) -> Page[Act]:
    """One page of a contest's record. Two statements."""
    statement = (
        select(AuditRecord, AuditDetail.detail)
        .outerjoin(AuditDetail, AuditDetail.record_id == AuditRecord.id)
        .where(AuditRecord.scope == scope)
        .order_by(AuditRecord.seq.desc() if is_newest_first else AuditRecord.seq)
    )
    if act:
        statement = statement.where(AuditRecord.act == act)
    if actor_id is not None:
        statement = statement.where(AuditRecord.actor_id == actor_id)
    if found:
        statement = statement.where(
            or_(
                AuditRecord.subject.icontains(found.words, autoescape=True),
                AuditRecord.act.in_(found.acts) if found.acts else false(),
                AuditRecord.actor_id.in_(found.people) if found.people else false(),
            )
        )
    return page_of(session, statement, number, make=_as_act)


def acts_in(session: Session, scope: int) -> list[str]:
    """The codes of the acts that occur in this chain."""
    return list(session.scalars(select(AuditRecord.act).where(AuditRecord.scope == scope).distinct()))


def chain_check(session: Session, scope: int, stored: Head | None = None) -> ChainCheck:
    """One chain held against itself, its details and, where somebody kept one, a head written down earlier."""
    findings = chain_findings(session, scope)
    if stored:
        there = select(AuditRecord.digest).where(AuditRecord.scope == scope, AuditRecord.seq == stored.length)
        findings += check_head(stored, session.scalar(there))
    return ChainCheck(_head(session, scope), findings, stored)


def chain_findings(session: Session, scope: int) -> list[Finding]:
    """Faults of one chain: nothing when every record stands as it was written."""
    head = _head(session, scope)
    return check_chain(_links(session, scope), head.length, head.digest) + _changed_details(session, scope)


def chain_scopes(session: Session) -> list[int]:
    """Every chain there is."""
    return list(session.scalars(select(AuditChain.scope).order_by(AuditChain.scope)))


def _head(session: Session, scope: int) -> Head:
    chain = session.get(AuditChain, scope, populate_existing=True)
    return Head(chain.length, chain.head) if chain else Head(0, GENESIS)


def _as_act(row: Any) -> Act:
    record, detail = row
    return Act(
        seq=record.seq,
        at=record.at,
        actor_id=record.actor_id,
        act=record.act,
        subject=record.subject,
        facts=record.facts,
        detail=detail or {},
        digest=record.digest,
    )


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


def _changed_details(session: Session, scope: int) -> list[Finding]:
    """Details that are there but no longer what the chain pins; an erased one is no fault."""
    rows = session.execute(
        select(AuditRecord.seq, AuditRecord.detail_digest, AuditDetail.salt, AuditDetail.detail)
        .join(AuditDetail, AuditDetail.record_id == AuditRecord.id)
        .where(AuditRecord.scope == scope)
        .order_by(AuditRecord.seq)
        .execution_options(yield_per=PIECE)
    )
    return [Finding(Fault.DETAIL, seq) for seq, digest, salt, detail in rows if detail_digest(salt, detail) != digest]
