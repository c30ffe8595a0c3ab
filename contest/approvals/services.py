"""Proposing, deciding and withdrawing. The feature that owns the act carries it out when the answer is yes."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.approvals.domain import ActKind, kind_of
from contest.approvals.models import Proposal, ProposalState
from contest.audit.domain import canonical
from contest.audit.services import record
from contest.errors import DomainError, NotAllowed, NotFound


def content_digest(content: Mapping[str, object]) -> str:
    """SHA-256 of the canonical text of what is proposed."""
    return hashlib.sha256(canonical(dict(content)).encode()).hexdigest()


def propose(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    kind: str,
    subject_id: int,
    content: Mapping[str, object],
    reason: str,
) -> Proposal:
    """Put an act before a second person. Raises `already_proposed` while one for the same subject is open."""
    standing = session.scalar(
        select(Proposal.id).where(
            Proposal.contest_id == contest_id,
            Proposal.kind == kind,
            Proposal.subject_id == subject_id,
            Proposal.state == ProposalState.OPEN,
        )
    )
    if standing is not None:
        raise DomainError("already_proposed")
    proposal = Proposal(
        contest_id=contest_id,
        kind=kind,
        subject_id=subject_id,
        content=dict(content),
        digest=content_digest(content),
        reason=reason,
        state=ProposalState.OPEN,
        proposed_by=actor.person_id,
        proposed_at=now,
        decision_note="",
    )
    session.add(proposal)
    session.flush()
    _note(session, actor, now, proposal, "proposal.made", {"reason": reason})
    return proposal


def approve(
    session: Session,
    actor: Actor,
    now: datetime,
    proposal: Proposal,
    *,
    content: Mapping[str, object],
    note: str = "",
) -> None:
    """Say yes to exactly the `content` that stands now.

    Raises `NotAllowed("own_proposal")` for the person who proposed, `content_changed` when it is no longer what was
    proposed, `already_decided` when somebody was faster.
    """
    _ensure_second_person(actor, proposal)
    _ensure_open(proposal)
    if content_digest(content) != proposal.digest:
        raise DomainError("content_changed")
    _decide(session, actor, now, proposal, ProposalState.APPROVED, note)


def refuse(session: Session, actor: Actor, now: datetime, proposal: Proposal, *, note: str) -> None:
    """Say no, with a reason that the proposer reads. Raises like `approve`."""
    _ensure_second_person(actor, proposal)
    if not note.strip():
        raise DomainError("reason_missing", field="note")
    _decide(session, actor, now, proposal, ProposalState.REFUSED, note)


def withdraw(session: Session, actor: Actor, now: datetime, proposal: Proposal) -> None:
    """Take one's own proposal back. Raises `NotAllowed` for anybody else."""
    if proposal.proposed_by != actor.person_id:
        raise NotAllowed
    _decide(session, actor, now, proposal, ProposalState.WITHDRAWN, "")


def carry_out(session: Session, actor: Actor, now: datetime, *, contest_id: int, proposal_id: int, note: str) -> None:
    """Approve a proposal and do what it proposes. Raises `NotAllowed` for a seat that doesn't decide on its kind."""
    proposal = proposal_for_decision(session, contest_id, proposal_id)
    kind = kind_of(proposal.kind)
    _ensure_decider(session, actor, kind, proposal)
    approve(session, actor, now, proposal, content=kind.content(session, proposal), note=note)
    kind.carry_out(session, actor, now, proposal)


def send_back(session: Session, actor: Actor, now: datetime, *, contest_id: int, proposal_id: int, note: str) -> None:
    """Refuse a proposal and free what waited. Raises like `carry_out` and `refuse`."""
    proposal = proposal_for_decision(session, contest_id, proposal_id)
    kind = kind_of(proposal.kind)
    _ensure_decider(session, actor, kind, proposal)
    refuse(session, actor, now, proposal, note=note)
    if kind.put_back:
        kind.put_back(session, actor, now, proposal)


def take_back(session: Session, actor: Actor, now: datetime, *, contest_id: int, proposal_id: int) -> None:
    """Withdraw one's own proposal and free what waited."""
    proposal = proposal_for_decision(session, contest_id, proposal_id)
    kind = kind_of(proposal.kind)
    withdraw(session, actor, now, proposal)
    if kind.put_back:
        kind.put_back(session, actor, now, proposal)


def proposal_for_decision(session: Session, contest_id: int, proposal_id: int) -> Proposal:
    """The proposal under a lock, so that only one person decides it. Raises `NotFound`."""
    proposal = session.scalar(
        select(Proposal).where(Proposal.contest_id == contest_id, Proposal.id == proposal_id).with_for_update()
    )
    if proposal is None:
        raise NotFound
    return proposal


def is_author(session: Session, actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor proposed this, or wrote what is proposed."""
    author = kind_of(proposal.kind).author
    return actor.person_id in {proposal.proposed_by, author(session, proposal) if author else None}


def _ensure_decider(session: Session, actor: Actor, kind: ActKind, proposal: Proposal) -> None:
    if not actor.holds(proposal.contest_id, *kind.deciders):
        raise NotAllowed
    if is_author(session, actor, proposal):
        raise NotAllowed("own_proposal")


def _ensure_open(proposal: Proposal) -> None:
    if proposal.state is not ProposalState.OPEN:
        raise DomainError("already_decided")


def _ensure_second_person(actor: Actor, proposal: Proposal) -> None:
    if proposal.proposed_by == actor.person_id:
        raise NotAllowed("own_proposal")


def _decide(
    session: Session,
    actor: Actor,
    now: datetime,
    proposal: Proposal,
    state: ProposalState,
    note: str,
) -> None:
    _ensure_open(proposal)
    proposal.state = state
    proposal.decided_by, proposal.decided_at, proposal.decision_note = (
        actor.person_id,
        now,
        note,
    )
    session.flush()
    _note(
        session,
        actor,
        now,
        proposal,
        f"proposal.{state.value}",
        {"note": note} if note else None,
    )


def _note(
    session: Session,
    actor: Actor,
    now: datetime,
    proposal: Proposal,
    act: str,
    detail: Mapping[str, object] | None,
) -> None:
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        act=act,
        subject=f"{proposal.kind}:{proposal.subject_id}",
        scope=proposal.contest_id,
        facts={"proposal": proposal.id, "digest": proposal.digest},
        detail=detail,
    )
