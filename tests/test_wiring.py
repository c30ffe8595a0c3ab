"""What one feature does because another one did something."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.approvals import services as approvals
from contest.contests.models import Role, RulesState, RulesVersion
from contest.contests.services.rules import propose_rules, save_section
from contest.notices.models import Announcement
from contest.quiz.services.attempts import start_attempt
from tests.factories import NOW, actor_of, make_person
from tests.quiz.world import SECTIONS, make_world


@pytest.mark.parametrize("attempts", [0, 1])
def test_rules_changed_after_the_opening_are_announced_with_reason_and_attempts_affected(
    app: Flask, session: Session, attempts: int
) -> None:
    world = make_world(session, app)
    if attempts:
        start_attempt(session, world.actor, NOW, world.round.public_id, world.keys)
    organizer, second = (actor_of(make_person(session), world.contest, Role.ORGANIZER) for _ in range(2))
    with app.test_request_context():
        value = {**SECTIONS["attempts"], "minutes": 20}
        save_section(session, organizer, NOW, contest_id=world.contest.id, code="attempts", value=value)
        proposal = propose_rules(
            session, organizer, NOW, contest_id=world.contest.id, reason="Mạng chậm", decision_number="15/QĐ-BTCCT"
        )
        assert session.scalars(select(Announcement)).all() == []
        approvals.carry_out(session, second, NOW, contest_id=world.contest.id, proposal_id=proposal.id, note="")
    notice = session.scalars(select(Announcement)).one()
    assert "bản 2" in notice.title
    assert "Mạng chậm" in notice.body
    assert "15/QĐ-BTCCT" in notice.body
    assert ("1 lượt thi đã bắt đầu" in notice.body) is bool(attempts)
    in_force = session.scalars(select(RulesVersion).where(RulesVersion.state == RulesState.IN_FORCE)).one()
    assert in_force.sections["attempts"]["minutes"] == 20
