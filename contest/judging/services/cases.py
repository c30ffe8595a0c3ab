"""Opening judging, and setting single cases aside."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.audit.services import record
from contest.contests.domain import Phase, phase
from contest.contests.models import Round
from contest.contests.queries import get_round_of, timetable_of
from contest.errors import DomainError, NotAllowed
from contest.judging.domain.codes import CODES, code_of
from contest.judging.domain.reasons import written
from contest.judging.hooks import Readiness, Subject, sources
from contest.judging.models import CaseKind, JudgingCase
from contest.judging.policies import may_open_judging, may_settle
from contest.judging.queries.panel import panel_of
from contest.judging.services.locking import locked_case
from contest.judging.services.recording import record_of_case

POSITIONS = 2**31
OPENS_AFTER = timedelta(minutes=1)
"""After the closing: what was handed in or withdrawn before it may still be on its way into the database."""


def may_open_now(round_: Round, now: datetime) -> bool:
    """Whether nothing of the round can be on its way any more."""
    return phase(timetable_of(round_), now - OPENS_AFTER) is Phase.CLOSED


def open_judging(session: Session, actor: Actor, now: datetime, *, contest_id: int, round_id: int) -> int:
    """Make a case of everything in the round that can be judged and is not a case yet; how many it was.

    It may be done again when files were checked late. Raises `NotAllowed`, `NotFound`, `judging_not_closed`,
    `panel_missing`.
    """
    if not may_open_judging(actor, contest_id):
        raise NotAllowed
    round_ = get_round_of(session, contest_id, round_id)
    if not may_open_now(round_, now):
        raise DomainError("judging_not_closed")
    panel_of(session, round_)
    session.execute(select(Round.id).where(Round.id == round_id).with_for_update(key_share=True))
    cases = _new_cases(session, actor, now, round_)
    if cases:
        session.add_all(cases)
        session.flush()
        record(
            session,
            actor_id=actor.person_id,
            now=now,
            scope=contest_id,
            act="judging.opened",
            subject=f"round:{round_id}",
            facts={"cases": len(cases)},
        )
    return len(cases)


def _new_cases(session: Session, actor: Actor, now: datetime, round_: Round) -> list[JudgingCase]:
    """In random order, so that ids tell no more than positions do."""
    opened = session.scalars(select(JudgingCase).where(JudgingCase.round_id == round_.id)).all()
    known, codes = {(case.kind, case.subject_id) for case in opened}, {case.code for case in opened}
    cases = [
        _new_case(actor, now, round_, kind, subject, codes)
        for kind, source in sources.items()
        for subject in source.subjects(session, round_)
        if subject.readiness is Readiness.READY and (kind, subject.id) not in known
    ]
    return sorted(cases, key=lambda case: case.position)


def _new_case(
    actor: Actor, now: datetime, round_: Round, kind: CaseKind, subject: Subject, codes: set[str]
) -> JudgingCase:
    return JudgingCase(
        round_id=round_.id,
        kind=kind,
        subject_id=subject.id,
        participation_id=subject.participation_id,
        code=_fresh_code(codes),
        position=secrets.randbelow(POSITIONS),
        handed_in_at=subject.handed_in_at,
        opened_at=now,
        opened_by=actor.person_id,
    )


def _fresh_code(codes: set[str]) -> str:
    """A code that is not in use in the round; it is added to `codes`."""
    while (code := code_of(secrets.randbelow(CODES))) in codes:
        pass
    codes.add(code)
    return code


def set_aside(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, case_id: int, reason: str
) -> JudgingCase:
    """Take a case out of judging; what was written about it stays.

    Raises `NotAllowed`, `NotFound`, `reason_missing`, `case_set_aside`.
    """
    reason, case = written(reason), _case_to_settle(session, actor, contest_id, case_id)
    if case.set_aside_at is not None:
        raise DomainError("case_set_aside")
    case.set_aside_at, case.set_aside_by, case.set_aside_reason = now, actor.person_id, reason
    record_of_case(
        session,
        actor,
        now,
        "case.set_aside",
        case,
        contest_id=contest_id,
        subject=f"case:{case.id}",
        detail={"reason": reason},
    )
    return case


def put_back(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, case_id: int, reason: str
) -> JudgingCase:
    """Judge a case after all, from where it stood.

    Raises `NotAllowed`, `NotFound`, `reason_missing`, `case_not_set_aside`.
    """
    reason, case = written(reason), _case_to_settle(session, actor, contest_id, case_id)
    if case.set_aside_at is None:
        raise DomainError("case_not_set_aside")
    case.set_aside_at, case.set_aside_by, case.set_aside_reason = None, None, ""
    record_of_case(
        session,
        actor,
        now,
        "case.put_back",
        case,
        contest_id=contest_id,
        subject=f"case:{case.id}",
        detail={"reason": reason},
    )
    return case


def _case_to_settle(session: Session, actor: Actor, contest_id: int, case_id: int) -> JudgingCase:
    if not may_settle(actor, contest_id):
        raise NotAllowed
    return locked_case(session, contest_id, case_id)
