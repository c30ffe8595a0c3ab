"""Reading proposals."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from contest.accounts.models import PersonDetails
from contest.approvals.models import Proposal, ProposalState
from contest.errors import NotFound
from contest.i18n import search_key
from contest.paging import Page, page_of


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal with the names of its two people."""

    proposal: Proposal
    proposer: str
    decider: str | None


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


def proposals_page(
    session: Session, contest_id: int, *, words: str, sort: str, is_descending: bool, number: int
) -> Page[ProposalRow]:
    """The contest's proposals, those that wait first. `words` are looked for in the proposers' names."""
    statement, proposer = _with_names(contest_id)
    orders = {"at": Proposal.proposed_at, "name": proposer.sort_key}
    order = orders[sort].desc() if is_descending else orders[sort].asc()
    statement = statement.where(proposer.search_key.contains(search_key(words), autoescape=True))
    statement = statement.order_by(Proposal.state != ProposalState.OPEN, order, Proposal.id.desc())
    return page_of(session, statement, number, make=lambda row: ProposalRow(*row))


def get_proposal(session: Session, contest_id: int, proposal_id: int) -> ProposalRow:
    """The contest's own proposal with names. Raises `NotFound`."""
    statement, _proposer = _with_names(contest_id)
    row = session.execute(statement.where(Proposal.id == proposal_id)).first()
    if row is None:
        raise NotFound
    return ProposalRow(*row)


def _with_names(contest_id: int) -> tuple[Select[*tuple[Any, ...]], type[PersonDetails]]:
    proposer, decider = aliased(PersonDetails), aliased(PersonDetails)
    statement = (
        select(Proposal, proposer.full_name, decider.full_name)
        .join(proposer, proposer.person_id == Proposal.proposed_by)
        .outerjoin(decider, decider.person_id == Proposal.decided_by)
        .where(Proposal.contest_id == contest_id)
    )
    return statement, proposer
