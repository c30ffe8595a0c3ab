import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.approvals import services
from contest.approvals.domain import ActKind, register_kind
from contest.approvals.models import Proposal, ProposalState
from contest.audit.models import AuditRecord
from contest.contests.models import Contest, Role
from contest.errors import DomainError, NotAllowed, NotFound
from tests.factories import NOW, actor_of, make_contest, make_person


@pytest.fixture
def done() -> list[str]:
    """What the kind `thu` was asked to do."""
    asked: list[str] = []
    register_kind(
        ActKind(
            "thu",
            "Việc thử",
            frozenset({"organizer"}),
            lambda _session, proposal: proposal.content,
            lambda _content: [],
            lambda *_: asked.append("carried out"),
            lambda *_: asked.append("put back"),
        )
    )
    return asked


def seated(session: Session, contest: Contest, role: Role = Role.ORGANIZER) -> Actor:
    return actor_of(make_person(session), contest, role)


def proposed(session: Session, actor: Actor, contest: Contest) -> Proposal:
    return services.propose(
        session, actor, NOW, contest_id=contest.id, kind="thu", subject_id=1, content={"value": 7}, reason="Vì cần"
    )


def recorded(session: Session) -> list[str]:
    return list(session.scalars(select(AuditRecord.act).order_by(AuditRecord.id)))


def test_a_second_persons_yes_carries_the_act_out_once(session: Session, done: list[str]) -> None:
    contest = make_contest(session)
    first, second = seated(session, contest), seated(session, contest)
    made = proposed(session, first, contest)
    with pytest.raises(DomainError, match="already_proposed"):
        proposed(session, second, contest)
    place = {"contest_id": contest.id, "proposal_id": made.id}
    with pytest.raises(NotAllowed, match="own_proposal"):
        services.carry_out(session, first, NOW, note="", **place)
    with pytest.raises(NotAllowed):
        services.carry_out(session, seated(session, contest, Role.SECRETARY), NOW, note="", **place)
    assert done == []
    services.carry_out(session, second, NOW, note="Đồng ý", **place)
    made.content = {"value": 9}  # what was carried out may change what would be proposed now
    with pytest.raises(DomainError, match="already_decided"):
        services.carry_out(session, second, NOW, note="", **place)
    assert done == ["carried out"]
    assert (made.state, made.decided_by, made.decided_at) == (ProposalState.APPROVED, second.person_id, NOW)
    assert recorded(session) == ["proposal.made", "proposal.approved"]


def test_a_no_needs_a_reason_and_puts_back_what_waited(session: Session, done: list[str]) -> None:
    contest = make_contest(session)
    made = proposed(session, seated(session, contest), contest)
    place = {"contest_id": contest.id, "proposal_id": made.id}
    second = seated(session, contest)
    with pytest.raises(DomainError, match="reason_missing"):
        services.send_back(session, second, NOW, note="  ", **place)
    services.send_back(session, second, NOW, note="Thiếu căn cứ", **place)
    assert (made.state, done) == (ProposalState.REFUSED, ["put back"])
    assert recorded(session) == ["proposal.made", "proposal.refused"]


def test_only_the_proposer_takes_it_back(session: Session, done: list[str]) -> None:
    contest = make_contest(session)
    first = seated(session, contest)
    made = proposed(session, first, contest)
    place = {"contest_id": contest.id, "proposal_id": made.id}
    with pytest.raises(NotAllowed):
        services.take_back(session, seated(session, contest), NOW, **place)
    services.take_back(session, first, NOW, **place)
    assert (made.state, done) == (ProposalState.WITHDRAWN, ["put back"])


def test_what_was_changed_since_or_belongs_to_another_contest_is_not_approved(
    session: Session, done: list[str]
) -> None:
    contest, other = make_contest(session), make_contest(session)
    made = proposed(session, seated(session, contest), contest)
    stranger = seated(session, other)
    with pytest.raises(NotFound):
        services.carry_out(session, stranger, NOW, contest_id=other.id, proposal_id=made.id, note="")
    made.content = {"value": 8}
    with pytest.raises(DomainError, match="content_changed"):
        services.carry_out(session, seated(session, contest), NOW, contest_id=contest.id, proposal_id=made.id, note="")
    assert done == []
