"""What a judge finds wrong with a case, and what the chief judge did about it."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.contests.models import Round
from contest.errors import DomainError, NotAllowed, NotFound
from contest.judging.domain.reasons import written
from contest.judging.models import CaseReport, JudgingCase
from contest.judging.policies import may_settle
from contest.judging.services.locking import locked_own_sheet
from contest.judging.services.recording import record_of_case


def report_case(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, sheet_id: int, reason: str
) -> CaseReport:
    """Tell the chief judge what is wrong with the case of one's own sheet; judging it goes on.

    Raises `NotFound`, `NotAllowed`, `lease_lost`, `reason_missing`, `already_reported` while the last report waits.
    """
    reason = written(reason)
    case, _sheet = locked_own_sheet(session, actor, contest_id, sheet_id)
    waiting = exists().where(
        CaseReport.case_id == case.id, CaseReport.judge_id == actor.person_id, CaseReport.settled_at.is_(None)
    )
    if session.scalar(select(waiting)):
        raise DomainError("already_reported")
    report = CaseReport(case_id=case.id, judge_id=actor.person_id, reason=reason, reported_at=now)
    session.add(report)
    session.flush()
    subject, detail = f"report:{report.id}", {"words": reason}
    record_of_case(session, actor, now, "case.reported", case, contest_id=contest_id, subject=subject, detail=detail)
    return report


def settle_report(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, report_id: int, answer: str
) -> CaseReport:
    """Write down what was done about a report. Raises `NotAllowed`, `NotFound`, `reason_missing`, `report_settled`."""
    if not may_settle(actor, contest_id):
        raise NotAllowed
    answer = written(answer, "answer")
    report, case = _locked_report(session, contest_id, report_id)
    if report.settled_at is not None:
        raise DomainError("report_settled")
    report.settled_at, report.settled_by, report.answer = now, actor.person_id, answer
    subject, detail = f"report:{report.id}", {"words": answer}
    record_of_case(session, actor, now, "report.settled", case, contest_id=contest_id, subject=subject, detail=detail)
    return report


def _locked_report(session: Session, contest_id: int, report_id: int) -> tuple[CaseReport, JudgingCase]:
    row = session.execute(
        select(CaseReport, JudgingCase)
        .join(JudgingCase, JudgingCase.id == CaseReport.case_id)
        .join(Round, Round.id == JudgingCase.round_id)
        .where(Round.contest_id == contest_id, CaseReport.id == report_id)
        .with_for_update(of=CaseReport)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]
