"""What acts on corrections share: who may act on which round, and what stands in the record."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.approvals.queries import find_open_proposal
from contest.audit.services import record
from contest.contests.models import Round, RoundKind
from contest.contests.queries import get_round_of
from contest.corrections.models import Correction, CorrectionState
from contest.corrections.policies import may_prepare_correction
from contest.corrections.queries import get_correction
from contest.errors import DomainError, NotAllowed, NotFound
from contest.standings.services import lock_round

KIND = "correction"
"""Of what is put before a second person."""


def quiz_round(session: Session, actor: Actor, contest_id: int, round_id: int) -> Round:
    """A quiz round whose keys this person may correct. Raises `NotAllowed`, `NotFound`."""
    if not may_prepare_correction(actor, contest_id):
        raise NotAllowed
    round_ = get_round_of(session, contest_id, round_id)
    if round_.kind is not RoundKind.QUIZ:
        raise NotFound
    return round_


def open_correction(
    session: Session, actor: Actor, contest_id: int, round_id: int, number: int
) -> tuple[Round, Correction]:
    """A correction that is not applied, nor given up, and waits for nobody; nobody else acts on one meanwhile.

    Raises `NotAllowed`, `NotFound`, `correction_over`, `correction_waits`.
    """
    round_ = quiz_round(session, actor, contest_id, round_id)
    lock_round(session, round_)
    correction = get_correction(session, round_.id, number).correction
    if correction.state in {CorrectionState.APPLIED, CorrectionState.DROPPED}:
        raise DomainError("correction_over")
    if find_open_proposal(session, contest_id, KIND, correction.id) is not None:
        raise DomainError("correction_waits")
    return round_, correction


def record_act(
    session: Session,
    actor: Actor,
    now: datetime,
    round_: Round,
    correction: Correction,
    act: str,
    facts: Mapping[str, object] | None = None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Keep an act in the record: what was answered or is right stands in the details only."""
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        act=act,
        subject=f"round:{round_.id}",
        scope=round_.contest_id,
        facts={"correction": correction.number, **(facts or {})},
        detail=detail,
    )
