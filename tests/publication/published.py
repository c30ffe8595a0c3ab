"""Publishing in one call, with the two people it takes."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from contest.approvals.models import Proposal
from contest.approvals.services import carry_out
from contest.contests.models import Role
from contest.publication.models import Publication
from contest.publication.queries import find_last
from contest.publication.services import prepare_publication
from tests.factories import NOW
from tests.standings.world import World


def prepare(session: Session, world: World, **changes: Any) -> Proposal:
    values: dict[str, Any] = {
        "decision_number": "45/QĐ-BTCCT",
        "decision_date": date(2026, 7, 15),
        "checked": "Đã đối chiếu thông tin người đoạt giải.",
        "note": "Lần công bố tiếp theo.",
        **changes,
    }
    actor = values.pop("actor", world.actor(Role.SECRETARY))
    return prepare_publication(session, actor, NOW, contest_id=world.contest.id, round_id=world.round.id, **values)


def publish(session: Session, world: World, **changes: Any) -> Publication:
    proposal = prepare(session, world, **changes)
    approve(session, world, proposal)
    publication = find_last(session, world.round.id)
    assert publication is not None
    return publication


def approve(session: Session, world: World, proposal: Proposal) -> None:
    organizer = world.actor(Role.ORGANIZER)
    carry_out(session, organizer, NOW, contest_id=world.contest.id, proposal_id=proposal.id, note="")
