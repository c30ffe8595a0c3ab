"""Reading proposals."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.approvals.models import Proposal, ProposalState


def find_open_proposal(session: Session, contest_id: int, kind: str, subject_id: int) -> Proposal | None:
    """The proposal for this subject that waits for an answer, if there is one."""
    return session.scalar(
        select(Proposal).where(
            Proposal.contest_id == contest_id,
            Proposal.kind == kind,
            Proposal.subject_id == subject_id,
            Proposal.state == ProposalState.OPEN,
        )
    )


def open_proposals(session: Session, contest_id: int) -> list[Proposal]:
    """What waits for a second person in this contest, oldest first."""
    return list(
        session.scalars(
            select(Proposal)
            .where(Proposal.contest_id == contest_id, Proposal.state == ProposalState.OPEN)
            .order_by(Proposal.proposed_at, Proposal.id)
        )
    )
