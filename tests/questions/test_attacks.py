"""What somebody without the questions could try to learn about them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.audit.models import AuditDetail, AuditRecord
from contest.questions import services
from contest.questions.models import QuestionRevision
from tests.factories import NOW
from tests.questions.desk import Desk, write


def test_what_a_secretary_reads_in_the_record_confirms_no_guess_at_a_question(session: Session, desk: Desk) -> None:
    row = write(session, desk)
    services.send_to_review(session, desk.setter, NOW, contest_id=desk.contest.id, question_ids=[row.id])
    digest = session.scalars(select(QuestionRevision.digest)).one()
    assert digest not in repr([(record.subject, record.facts) for record in session.scalars(select(AuditRecord))])
    kept = session.scalars(select(AuditDetail.detail).join(AuditRecord).where(AuditRecord.act == "question.sent")).one()
    assert kept == {"digests": {str(row.id): digest}}
