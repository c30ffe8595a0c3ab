"""Letters that remind judges of what is left to do."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.domain import LoginKind
from contest.accounts.models import Login
from contest.actors import Actor
from contest.audit.models import AuditRecord
from contest.audit.services import record
from contest.contests.models import Round
from contest.contests.queries import get_round_of
from contest.errors import DomainError, NotAllowed
from contest.judging.policies import may_settle
from contest.judging.queries.desk import judges_of
from contest.judging.queries.panel import pending_cases
from contest.mail.services import queue

ACT = "judges.reminded"
PAUSE = timedelta(hours=1)


def remind_judges(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, round_id: int, letter: tuple[str, str]
) -> int:
    """Send the letter (subject, text) to everybody who judges now and has an e-mail address; how many it was.

    Raises `NotAllowed`, `NotFound`, `panel_missing`, `nothing_to_remind` when no sheet is missing, `reminded_already`
    within the hour, `judges_without_mail`.
    """
    if not may_settle(actor, contest_id):
        raise NotAllowed
    round_ = get_round_of(session, contest_id, round_id)
    session.execute(select(Round.id).where(Round.id == round_id).with_for_update(key_share=True))
    if not pending_cases(session, round_.id).waiting:
        raise DomainError("nothing_to_remind")
    subject = f"round:{round_id}"
    if _was_reminded(session, now, contest_id, subject):
        raise DomainError("reminded_already")
    addresses = _addresses(session, contest_id, now)
    if not addresses:
        raise DomainError("judges_without_mail")
    for address in addresses:
        queue(session, now, address, *letter)
    facts = {"judges": len(addresses)}
    record(session, actor_id=actor.person_id, now=now, scope=contest_id, act=ACT, subject=subject, facts=facts)
    return len(addresses)


def _was_reminded(session: Session, now: datetime, contest_id: int, subject: str) -> bool:
    statement = select(AuditRecord.id).where(
        AuditRecord.scope == contest_id,
        AuditRecord.act == ACT,
        AuditRecord.subject == subject,
        AuditRecord.at > now - PAUSE,
    )
    return session.scalar(statement.limit(1)) is not None


def _addresses(session: Session, contest_id: int, now: datetime) -> list[str]:
    judges = judges_of(session, contest_id, now)
    statement = select(Login.value).where(Login.person_id.in_(judges), Login.kind == LoginKind.EMAIL)
    return list(session.scalars(statement.order_by(Login.value)))
