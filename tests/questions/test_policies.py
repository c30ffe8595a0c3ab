"""Every seat against every right."""

import pytest
from sqlalchemy.orm import Session

from contest.questions import policies
from tests.questions.desk import ROLES, approve, current, make_desk, send, write

NOTHING: set[str] = set()
RIGHTS = {
    "setter": {"write", "change own", "retire own draft"},
    "setter 2": {"write"},
    "reviewer": {"review", "see all", "retire own draft", "retire approved"},
    "both": {"write", "review", "see all", "retire own draft", "retire approved"},
    "organizer": {"manage", "see all"},
    "secretary": NOTHING,
    "judge": NOTHING,
    "chief": NOTHING,
    "coordinator": NOTHING,
    "citizen": NOTHING,
}


@pytest.mark.parametrize("name", ROLES)
def test_rights_of_each_seat_in_its_contest_only(session: Session, name: str) -> None:
    desk = make_desk(session)
    draft, approved = write(session, desk, code="C1"), write(session, desk, code="C2")
    send(session, desk, approved)
    approve(session, desk, approved)
    actor, here = desk.actor(name), desk.contest.id

    def rights(contest_id: int) -> set[str]:
        held = {
            "write": policies.may_write(actor, contest_id),
            "review": policies.may_review(actor, contest_id),
            "manage": policies.may_manage_banks(actor, contest_id),
            "see all": policies.may_see_all(actor, contest_id),
            "change own": policies.may_change(actor, contest_id, draft),
            "retire own draft": policies.may_retire(actor, contest_id, draft),
            "retire approved": policies.may_retire(actor, contest_id, approved),
        }
        return {right for right, is_held in held.items() if is_held}

    assert rights(here) == RIGHTS[name]
    assert rights(here + 1) == NOTHING


def test_own_is_begun_or_last_changed(session: Session) -> None:
    desk = make_desk(session)
    row = write(session, desk, "both")
    revision = current(session, row)
    assert policies.is_own(desk.actor("both"), row, revision)
    assert not policies.is_own(desk.reviewer, row, revision)
    revision.written_by = desk.people["reviewer"].id
    assert policies.is_own(desk.reviewer, row, revision)
    assert policies.is_own(desk.actor("both"), row, revision)
