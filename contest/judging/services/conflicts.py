"""Who must not judge whom. Nobody is told: the cases just never come."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.actors import Actor
from contest.audit.services import record
from contest.contests.models import Role, Round, Seat
from contest.errors import DomainError, NotAllowed, NotFound
from contest.judging.domain.reasons import written
from contest.judging.models import JudgeConflict, JudgingCase, ScoreSheet
from contest.judging.policies import may_note_conflicts
from contest.judging.services.locking import locked_case_of, void_agreement
from contest.participation.models import Participation
from contest.units.models import Unit


def note_conflict(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    judge_id: int,
    unit_id: int | None = None,
    participation_id: int | None = None,
    reason: str,
) -> JudgeConflict:
    """Keep a judge from every case of a unit, or of a participant.

    A sheet of such a case that this judge already has is struck, also a locked one, and what was agreed over it is
    void; what was written stays. Raises `NotAllowed`, `NotFound`, `reason_missing`, `conflict_unclear` unless exactly
    one of unit and participant is named, `judge_unknown`, `conflict_noted`.
    """
    if not may_note_conflicts(actor, contest_id):
        raise NotAllowed
    conflict = JudgeConflict(
        contest_id=contest_id,
        judge_id=judge_id,
        unit_id=unit_id,
        participation_id=participation_id,
        reason=written(reason),
        noted_by=actor.person_id,
        noted_at=now,
    )
    _check(session, conflict)
    # The judge who is taking a case this moment has it before the conflict is noted, or finds it noted.
    session.execute(select(Person.id).where(Person.id == judge_id).with_for_update(key_share=True))
    session.add(conflict)
    session.flush()
    struck = _strike(session, now, conflict)
    _record(session, actor, now, "conflict.noted", conflict, struck)
    return conflict


def remove_conflict(session: Session, actor: Actor, now: datetime, *, contest_id: int, conflict_id: int) -> None:
    """Let the judge have these cases again. Raises `NotAllowed`, `NotFound`."""
    if not may_note_conflicts(actor, contest_id):
        raise NotAllowed
    conflict = session.scalar(
        select(JudgeConflict)
        .where(JudgeConflict.contest_id == contest_id, JudgeConflict.id == conflict_id)
        .with_for_update()
    )
    if conflict is None:
        raise NotFound
    session.delete(conflict)
    session.flush()
    _record(session, actor, now, "conflict.removed", conflict, [])


def _check(session: Session, conflict: JudgeConflict) -> None:
    if (conflict.unit_id is None) == (conflict.participation_id is None):
        raise DomainError("conflict_unclear")
    is_judge = exists().where(
        Seat.contest_id == conflict.contest_id, Seat.person_id == conflict.judge_id, Seat.role == Role.JUDGE
    )
    if not session.scalar(select(is_judge)):
        raise DomainError("judge_unknown", field="judge_id")
    if conflict.unit_id is not None and session.get(Unit, conflict.unit_id) is None:
        raise NotFound
    participation = session.get(Participation, conflict.participation_id) if conflict.participation_id else None
    if conflict.participation_id and (participation is None or participation.contest_id != conflict.contest_id):
        raise NotFound
    same = exists().where(
        JudgeConflict.contest_id == conflict.contest_id,
        JudgeConflict.judge_id == conflict.judge_id,
        _is_same(conflict),
    )
    if session.scalar(select(same)):
        raise DomainError("conflict_noted")


def _is_same(conflict: JudgeConflict) -> ColumnElement[bool]:
    if conflict.unit_id is not None:
        return JudgeConflict.unit_id == conflict.unit_id
    return JudgeConflict.participation_id == conflict.participation_id


def _strike(session: Session, now: datetime, conflict: JudgeConflict) -> list[int]:
    """The sheets that are released for the conflict, case by case under its lock, in the order of the cases."""
    of_unit = Participation.unit_id == conflict.unit_id
    touched = of_unit if conflict.unit_id is not None else Participation.id == conflict.participation_id
    sheet_ids = session.scalars(
        select(ScoreSheet.id)
        .join(JudgingCase, JudgingCase.id == ScoreSheet.case_id)
        .join(Round, Round.id == JudgingCase.round_id)
        .join(Participation, Participation.id == JudgingCase.participation_id)
        .where(
            Round.contest_id == conflict.contest_id,
            ScoreSheet.judge_id == conflict.judge_id,
            ScoreSheet.released_at.is_(None),
            touched,
        )
        .order_by(JudgingCase.id)
    ).all()
    for sheet_id in sheet_ids:
        case, sheet = locked_case_of(session, conflict.contest_id, sheet_id)
        if sheet.locked_at is not None:
            sheet.reopened_at, sheet.locked_at, sheet.total = now, None, None
            void_agreement(session, case.id)
        sheet.released_at = sheet.released_at or now
    session.flush()
    return list(sheet_ids)


def _record(
    session: Session, actor: Actor, now: datetime, act: str, conflict: JudgeConflict, struck: list[int]
) -> None:
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        scope=conflict.contest_id,
        act=act,
        subject=f"conflict:{conflict.id}",
        facts={
            "judge": conflict.judge_id,
            "unit": conflict.unit_id,
            "participation": conflict.participation_id,
            "sheets": struck,
        },
        detail={"reason": conflict.reason},
    )
