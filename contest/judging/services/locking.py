"""Holding a case while its sheets change. Every change goes through this lock, so two never see half of each other."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.contests.models import Round
from contest.errors import DomainError, NotAllowed, NotFound
from contest.judging.models import JudgingCase, PanelAgreement, ScoreSheet
from contest.judging.policies import may_judge
from contest.participation.models import Participation


def locked_case(session: Session, contest_id: int, case_id: int) -> JudgingCase:
    """A case of this contest, held until the unit of work ends. Raises `NotFound`."""
    return _locked(session, select(JudgingCase).where(Round.contest_id == contest_id, JudgingCase.id == case_id))


def locked_own_sheet(session: Session, actor: Actor, contest_id: int, sheet_id: int) -> tuple[JudgingCase, ScoreSheet]:
    """A judge's own sheet under the lock of its case.

    Raises `NotFound` for everybody else's, `NotAllowed` without a judge's seat, `lease_lost` when it was released.
    """
    case, sheet = locked_case_of(session, contest_id, sheet_id)
    if sheet.judge_id != actor.person_id:
        raise NotFound
    if not may_judge(actor, contest_id):
        raise NotAllowed
    if sheet.released_at is not None:
        raise DomainError("lease_lost")
    return case, sheet


def locked_case_of(session: Session, contest_id: int, sheet_id: int) -> tuple[JudgingCase, ScoreSheet]:
    """A sheet of this contest under the lock of its case. Raises `NotFound`."""
    of_sheet = select(JudgingCase).join(ScoreSheet, ScoreSheet.case_id == JudgingCase.id)
    case = _locked(session, of_sheet.where(Round.contest_id == contest_id, ScoreSheet.id == sheet_id))
    return case, session.get_one(ScoreSheet, sheet_id, populate_existing=True)


def current_sheets(session: Session, case_id: int) -> list[ScoreSheet]:
    """The sheets of a locked case that were not released, by place, as they are now."""
    return list(
        session.scalars(
            select(ScoreSheet)
            .where(ScoreSheet.case_id == case_id, ScoreSheet.released_at.is_(None))
            .order_by(ScoreSheet.place)
            .execution_options(populate_existing=True)
        )
    )


def ensure_counts(session: Session, case: JudgingCase) -> None:
    """Raise `case_set_aside` for a case that is not scored: set aside, or of an excluded participant."""
    participation = session.get_one(Participation, case.participation_id, populate_existing=True)
    if case.set_aside_at is not None or participation.excluded_at is not None:
        raise DomainError("case_set_aside")


def void_agreement(session: Session, case_id: int) -> bool:
    """Take away what was agreed over sheets that are no longer what they were; whether there was anything."""
    agreement = session.get(PanelAgreement, case_id, populate_existing=True)
    if agreement is None:
        return False
    session.delete(agreement)
    session.flush()
    return True


def _locked(session: Session, statement: Select[JudgingCase]) -> JudgingCase:
    case = session.scalar(
        statement.join(Round, Round.id == JudgingCase.round_id)
        .with_for_update(of=JudgingCase, key_share=True)
        .execution_options(populate_existing=True)
    )
    if case is None:
        raise NotFound
    return case
