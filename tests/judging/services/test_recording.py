"""What the record says of a case."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.audit.models import AuditDetail, AuditRecord
from contest.contests.models import Role
from contest.judging.services.recording import record_of_case
from tests.factories import NOW
from tests.judging.world import make_world, open_cases


def test_a_case_goes_on_record_by_its_code(session: Session) -> None:
    world = make_world(session)
    (case,) = open_cases(session, world, "Hoàng Thị An")
    record_of_case(
        session,
        world.actor(Role.CHIEF_JUDGE),
        NOW,
        "sheet.locked",
        case,
        contest_id=world.contest.id,
        subject="sheet:7",
        place=2,
        detail={"reason": "Chấm xong"},
    )
    found = session.scalars(select(AuditRecord).order_by(AuditRecord.id.desc()).limit(1)).one()
    assert (found.scope, found.act, found.subject) == (world.contest.id, "sheet.locked", "sheet:7")
    assert found.facts == {"code": case.code, "place": 2}
    assert session.get_one(AuditDetail, found.id).detail == {"reason": "Chấm xong"}
