"""What one feature does because another one did something."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.approvals import services as approvals
from contest.contests.models import Role, RulesState, RulesVersion
from contest.contests.services.rules import propose_rules, save_section
from contest.errors import DomainError
from contest.notices.models import Announcement
from contest.quiz.models import QuestionSet
from contest.quiz.services.attempts import start_attempt
from contest.web.words import sentence
from tests.factories import NOW, actor_of, make_person
from tests.quiz.world import SECTIONS, World, make_world


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


def test_rules_with_another_paper_freeze_a_new_set_before_the_round_opens(app: Flask, session: Session) -> None:
    world = make_world(session, app, opens_at=NOW + timedelta(days=1))
    with app.test_request_context():
        carry_out_paper(session, world, 3)
    assert session.scalars(select(QuestionSet.number).order_by(QuestionSet.number)).all() == [1, 2]
    assert session.scalars(select(Announcement)).all() == [], "nobody has begun yet"


def test_rules_whose_paper_the_bank_cannot_fill_do_not_come_into_force(app: Flask, session: Session) -> None:
    world = make_world(session, app)
    with app.test_request_context():
        with pytest.raises(DomainError, match="new_paper_not_fillable") as caught:
            carry_out_paper(session, world, 9)
        assert world.round.name in sentence(caught.value)
    session.rollback()
    assert session.scalars(select(QuestionSet.number)).all() == [1]
    in_force = session.scalars(select(RulesVersion).where(RulesVersion.state == RulesState.IN_FORCE)).one()
    assert in_force.sections["paper"] == SECTIONS["paper"]


def carry_out_paper(session: Session, world: World, count: int) -> None:
    organizer, second = (actor_of(make_person(session), world.contest, Role.ORGANIZER) for _ in range(2))
    contest_id, value = world.contest.id, {"rows": [{"topic": None, "difficulty": None, "count": count}]}
    save_section(session, organizer, NOW, contest_id=contest_id, code="paper", value=value)
    proposal = propose_rules(
        session, organizer, NOW, contest_id=contest_id, reason="Đề quá dài", decision_number="16/QĐ-BTCCT"
    )
    session.commit()
    approvals.carry_out(session, second, NOW, contest_id=contest_id, proposal_id=proposal.id, note="")
