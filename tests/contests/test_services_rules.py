from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from contest.approvals import services as approvals
from contest.approvals.models import ProposalState
from contest.contests.models import Contest, Role, RulesState
from contest.contests.queries import find_pending_rules, printed_versions, rules_in_force
from contest.contests.services import rules as services
from contest.errors import DomainError, NotAllowed, NotFound
from tests.contests.world import acts, new_contest, only_tries, organizer_of
from tests.factories import NOW, actor_of, make_person, make_round, make_rules

BEFORE = NOW - timedelta(days=3)


def save(session: Session, actor, contest: Contest, tries: int, now=BEFORE):
    return services.save_section(session, actor, now, contest_id=contest.id, code="tries", value={"tries": tries})


def propose(session: Session, actor, contest: Contest, now=BEFORE, decision: str = ""):
    return services.propose_rules(
        session, actor, now, contest_id=contest.id, reason="Theo quyết định", decision_number=decision
    )


def test_two_people_put_a_version_in_force_and_the_one_before_stays_readable(app, session: Session) -> None:
    contest, organizer = new_contest(session)
    second = organizer_of(session, contest, "Bế Thị Yến")
    make_round(session, contest)
    make_rules(session, contest, {"tries": {"tries": 1}})
    with only_tries():
        save(session, organizer, contest, 3)
        proposal = propose(session, organizer, contest)
        place = {"contest_id": contest.id, "proposal_id": proposal.id}
        with pytest.raises(DomainError, match="rules_waiting"):
            save(session, organizer, contest, 4)
        with pytest.raises(NotAllowed, match="own_proposal"):
            approvals.carry_out(session, organizer, NOW, note="", **place)
        with app.app_context():
            approvals.carry_out(session, second, NOW, note="", **place)
    in_force = rules_in_force(session, contest.id)
    assert in_force is not None
    assert (in_force.number, in_force.sections, in_force.in_force_at) == (2, {"tries": {"tries": 3}}, NOW)
    assert (in_force.approved_by, in_force.created_by) == (second.person_id, organizer.person_id)
    assert [(each.number, each.state) for each in printed_versions(session, contest.id)] == [
        (2, RulesState.IN_FORCE),
        (1, RulesState.SUPERSEDED),
    ]
    assert acts(session, contest) == ["rules.edited", "proposal.made", "proposal.approved", "announcement.published"]


def test_a_refused_or_withdrawn_version_is_a_draft_again_with_the_note(app, session: Session) -> None:
    contest, organizer = new_contest(session)
    second = organizer_of(session, contest)
    make_round(session, contest)
    with only_tries():
        proposal = propose(session, organizer, contest)
        place = {"contest_id": contest.id, "proposal_id": proposal.id}
        with pytest.raises(DomainError, match="reason_missing"):
            approvals.send_back(session, second, NOW, note=" ", **place)
        approvals.send_back(session, second, NOW, note="Ít lượt quá", **place)
        assert (proposal.state, proposal.decision_note) == (ProposalState.REFUSED, "Ít lượt quá")
        save(session, organizer, contest, 5)
        again = propose(session, organizer, contest)
        with pytest.raises(NotAllowed):
            approvals.take_back(session, second, NOW, contest_id=contest.id, proposal_id=again.id)
        approvals.take_back(session, organizer, NOW, contest_id=contest.id, proposal_id=again.id)
    pending = find_pending_rules(session, contest.id)
    assert pending is not None
    assert (pending.number, pending.state, pending.sections) == (1, RulesState.DRAFT, {"tries": {"tries": 5}})
    assert rules_in_force(session, contest.id) is None


def test_once_a_round_has_opened_only_a_decision_changes_the_rules(app, session: Session) -> None:
    contest, organizer = new_contest(session)
    row = make_round(session, contest)
    with only_tries():
        with pytest.raises(DomainError, match="decision_missing") as refused:
            propose(session, organizer, contest, now=row.opens_at, decision=" ")
        assert refused.value.field == "decision_number"
        proposal = propose(session, organizer, contest, now=row.opens_at, decision="19/QĐ-BTCCT")
    assert proposal.content["decision_number"] == "19/QĐ-BTCCT"


def test_rules_that_cannot_be_are_not_proposed(app, session: Session) -> None:
    contest, organizer = new_contest(session)
    with only_tries():
        with pytest.raises(DomainError, match="rules_without_sections"):
            propose(session, organizer, contest)
        make_round(session, contest)
        with pytest.raises(DomainError, match="nothing_moved"):
            save(session, organizer, contest, 0)
        with pytest.raises(NotFound):
            services.save_section(session, organizer, BEFORE, contest_id=contest.id, code="khác", value={})
        make_rules(session, contest, {"tries": {"tries": 1}}, number=9)
        with pytest.raises(DomainError, match="rules_unchanged"):
            propose(session, organizer, contest)
        pending = find_pending_rules(session, contest.id)
        assert pending is not None
        pending.sections, pending.state = {"tries": {"tries": 0}}, RulesState.DRAFT
        with pytest.raises(DomainError, match="section_incomplete"):
            propose(session, organizer, contest)
    assert "proposal.made" not in acts(session, contest)


def test_other_seats_write_no_rules_and_a_secretary_does_not_approve(app, session: Session) -> None:
    contest, organizer = new_contest(session)
    make_round(session, contest)
    with only_tries():
        with pytest.raises(NotAllowed):
            save(session, actor_of(make_person(session), contest, Role.JUDGE), contest, 2)
        proposal = propose(session, organizer, contest)
        secretary = actor_of(make_person(session), contest, Role.SECRETARY)
        with pytest.raises(NotAllowed):
            approvals.carry_out(session, secretary, NOW, contest_id=contest.id, proposal_id=proposal.id, note="")


def test_a_version_that_changed_behind_the_proposal_is_not_approved(app, session: Session) -> None:
    contest, organizer = new_contest(session)
    second = organizer_of(session, contest)
    make_round(session, contest)
    with only_tries():
        proposal = propose(session, organizer, contest)
        make_rules(session, contest, {"tries": {"tries": 8}}, number=9)
        with pytest.raises(DomainError, match="content_changed"):
            approvals.carry_out(session, second, NOW, contest_id=contest.id, proposal_id=proposal.id, note="")
