"""Acts of judging in the contest's record."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.audit.services import record
from contest.judging.models import JudgingCase


def record_of_case(
    session: Session,
    actor: Actor,
    now: datetime,
    act: str,
    case: JudgingCase,
    *,
    contest_id: int,
    subject: str,
    detail: Mapping[str, str] | None = None,
    **facts: object,
) -> None:
    """An act about a case, by its code. Never a judge's marks or total: who reads this may yet judge the same case."""
    session.flush()
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        scope=contest_id,
        act=act,
        subject=subject,
        facts={"code": case.code, **facts},
        detail=detail,
    )
