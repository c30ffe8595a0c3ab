"""What the chair and the members agreed where their sheets lie too far apart."""

from datetime import datetime

from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.contests.models import Round
from contest.errors import DomainError, NotAllowed
from contest.judging.domain.panel import check_agreed, verdict
from contest.judging.domain.reasons import written
from contest.judging.models import PanelAgreement
from contest.judging.policies import may_settle
from contest.judging.queries.panel import locked_totals, panel_of
from contest.judging.services.locking import ensure_counts, locked_case
from contest.judging.services.recording import record_of_case


def record_agreement(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, case_id: int, score: int, note: str
) -> PanelAgreement:
    """Record the agreed score (1/1000 point) with a note of the talk; recording again replaces it.

    Raises `NotAllowed`, `NotFound`, `reason_missing`, `case_set_aside`, `sheets_missing`, `agreement_not_needed`, and
    like `check_agreed`.
    """
    if not may_settle(actor, contest_id):
        raise NotAllowed
    note = written(note, "note")
    case = locked_case(session, contest_id, case_id)
    ensure_counts(session, case)
    panel = panel_of(session, session.get_one(Round, case.round_id))
    totals = locked_totals(session, case_id)
    settled = verdict(panel, totals)
    if settled.is_missing:
        raise DomainError("sheets_missing")
    if not settled.needs_agreement:
        raise DomainError("agreement_not_needed")
    check_agreed(panel, score)
    agreement = session.merge(
        PanelAgreement(case_id=case_id, score=score, totals=totals, note=note, agreed_by=actor.person_id, agreed_at=now)
    )
    record_of_case(
        session,
        actor,
        now,
        "panel.agreed",
        case,
        contest_id=contest_id,
        subject=f"case:{case_id}",
        detail={"note": note},
        score=score,
        totals=totals,
    )
    return agreement
