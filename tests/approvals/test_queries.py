from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from contest.approvals.queries import find_open_proposal, get_proposal, open_proposals, proposals_page
from contest.approvals.services import propose, refuse, withdraw
from contest.contests.models import Contest, Role
from contest.errors import NotFound
from tests.factories import NOW, actor_of, make_contest, make_person


def proposed(session: Session, contest: Contest, name: str, subject: int, minutes: int = 0):
    actor = actor_of(make_person(session, name), contest, Role.ORGANIZER)
    at = NOW + timedelta(minutes=minutes)
    made = propose(
        session, actor, at, contest_id=contest.id, kind="rules", subject_id=subject, content={}, reason="Lý do"
    )
    return actor, made


def test_what_waits_stands_first_and_is_found_by_the_proposers_name(session: Session) -> None:
    contest, other = make_contest(session), make_contest(session)
    _first, refused = proposed(session, contest, "Lăng Thị Thu Hà", 1)
    _second, waiting = proposed(session, contest, "Bế Thị Yến", 2, minutes=-5)
    proposed(session, other, "Vi Thị Lan", 3)
    decider = actor_of(make_person(session, "Hoàng Văn Thụ"), contest, Role.ORGANIZER)
    refuse(session, decider, NOW, refused, note="Thiếu")
    options = {"sort": "at", "is_descending": True, "number": 1}
    page = proposals_page(session, contest.id, words="", **options)
    assert [(row.proposer, row.decider) for row in page.rows] == [
        ("Bế Thị Yến", None),
        ("Lăng Thị Thu Hà", "Hoàng Văn Thụ"),
    ]
    assert [row.proposer for row in proposals_page(session, contest.id, words="thu ha", **options).rows] == [
        "Lăng Thị Thu Hà"
    ]
    assert open_proposals(session, contest.id) == [waiting]
    assert find_open_proposal(session, contest.id, "rules", 1) is None
    with pytest.raises(NotFound):
        get_proposal(session, other.id, waiting.id)


def test_a_withdrawn_proposal_no_longer_waits(session: Session) -> None:
    contest = make_contest(session)
    actor, made = proposed(session, contest, "Bế Thị Yến", 1)
    withdraw(session, actor, NOW, made)
    assert open_proposals(session, contest.id) == []
