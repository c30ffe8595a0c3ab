"""What is written about standings: the prediction target, fixed once, and decisions about ties."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.audit.services import record
from contest.contests.models import Round, RoundKind
from contest.contests.queries import get_round_of
from contest.errors import DomainError, NotAllowed, NotFound
from contest.i18n import nfc
from contest.standings.domain.ranking import Ranked
from contest.standings.models import RoundTarget, TieDecision
from contest.standings.policies import may_keep_standings
from contest.standings.queries import Pending, find_rules_at_closing, pending_matters, standings_of


def ensure_over(session: Session, round_: Round, now: datetime) -> None:
    """Refuse to rank a round before everything in it is counted.

    Raises `standings_not_closed`, or with the numbers that are missing `standings_not_marked`, `standings_not_scored`,
    `standings_not_agreed`, or `standings_not_judged` for the last two.
    """
    pending = pending_matters(session, round_, now)
    _refuse_unmarked(pending)
    if pending.unjudged and pending.to_agree:
        raise DomainError("standings_not_judged", unjudged=pending.unjudged, to_agree=pending.to_agree)
    if pending.unjudged:
        raise DomainError("standings_not_scored", unjudged=pending.unjudged)
    if pending.to_agree:
        raise DomainError("standings_not_agreed", to_agree=pending.to_agree)


def ensure_marked(session: Session, round_: Round, now: datetime) -> None:
    """Refuse before the round is closed and every attempt marked. Raises like `ensure_over`, but waits for no judge."""
    _refuse_unmarked(pending_matters(session, round_, now))


def _refuse_unmarked(pending: Pending) -> None:
    if not pending.is_closed:
        raise DomainError("standings_not_closed")
    if not pending.is_marked:
        raise DomainError("standings_not_marked", attempts=pending.running + pending.unmarked)


def fix_target(session: Session, now: datetime, round_: Round, actor: Actor | None = None) -> RoundTarget | None:
    """The number that predictions are held against: the stored one, or fixed now from the counts.

    It doesn't wait for judges: essays are neither right nor wrong. None where the rules ask for no prediction. Raises
    `standings_not_closed`, `standings_not_marked`.
    """
    lock_round(session, round_)
    standing = session.get(RoundTarget, round_.id, populate_existing=True)
    if standing is not None:
        return standing
    ensure_marked(session, round_, now)
    standings = standings_of(session, round_)
    if standings.rules.prediction is None:
        return None
    counts = standings.counts
    fixed = RoundTarget(
        round_id=round_.id,
        rules_version_id=standings.rules.version.id,
        target=standings.rules.prediction.target.value,
        value=standings.target,
        participants=counts.participants,
        attempts=counts.attempts,
        all_right=counts.all_right,
        frozen_at=now,
    )
    session.add(fixed)
    session.flush()
    facts = {"target": fixed.target, "value": fixed.value, "participants": counts.participants}
    _record(session, actor, now, round_, "target.fixed", facts)
    return fixed


def lock_round(session: Session, round_: Round) -> None:
    """Let nobody else fix a target, decide a tie, publish, or mark this round again until this unit of work is over."""
    session.execute(select(Round.id).where(Round.id == round_.id).with_for_update())


def move_target(
    session: Session, actor: Actor, now: datetime, round_: Round, *, value: int | None, all_right: int
) -> None:
    """Hold predictions against this number from now on; the record keeps the one before.

    Nothing happens where no number is fixed yet: it will be, from the counts.
    """
    fixed = session.get(RoundTarget, round_.id)
    if fixed is None or fixed.value == value:
        return
    facts = {"target": fixed.target, "before": fixed.value, "value": value}
    fixed.value, fixed.all_right = value, all_right
    session.flush()
    _record(session, actor, now, round_, "target.moved", facts)


def undo_decisions(
    session: Session, actor: Actor, now: datetime, round_: Round, participation_ids: Collection[int]
) -> None:
    """Void the recorded places of people who are no longer tied as they were; the record keeps what was decided."""
    mine = (TieDecision.round_id == round_.id, TieDecision.participation_id.in_(participation_ids))
    decisions = session.scalars(select(TieDecision).where(*mine).order_by(TieDecision.participation_id)).all()
    if not decisions:
        return
    places = {str(each.participation_id): each.place for each in decisions}
    detail = {"decisions": sorted({each.decision_number for each in decisions})}
    session.execute(delete(TieDecision).where(*mine))
    _record(session, actor, now, round_, "tie.undone", {"places": places}, detail)


def fix_due_targets(session: Session, now: datetime) -> int:
    """Fix the target of every closed and marked round that has none yet; how many it was. Twice is without harm."""
    due = session.scalars(
        select(Round)
        .outerjoin(RoundTarget, RoundTarget.round_id == Round.id)
        .where(
            RoundTarget.round_id.is_(None),
            Round.kind == RoundKind.QUIZ,
            Round.closes_at <= now,
            Round.released_at.is_not(None),
            Round.cancelled_at.is_(None),
        )
    ).all()
    return sum(_fix_if_due(session, now, round_) for round_ in due)


def decide_tie(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    round_id: int,
    group_id: int,
    rank: int,
    places: Mapping[int, int],
    decision_number: str,
    reason: str,
) -> list[TieDecision]:
    """Record the committee's order of those who share a rank: `places` by participation, from 1, each once.

    Raises `NotAllowed`, `NotFound` when nobody is tied there, `places_unclear`, `decision_missing`, `reason_missing`,
    and like `ensure_over`.
    """
    if not may_keep_standings(actor, contest_id):
        raise NotAllowed
    round_ = get_round_of(session, contest_id, round_id)
    lock_round(session, round_)
    ensure_over(session, round_, now)
    tied = {each.result.participation_id for each in tied_at(session, round_, group_id, rank)}
    _ensure_clear(tied, places, decision_number, reason)
    said = {"decision_number": nfc(decision_number), "reason": reason.strip()}
    decided = {"round_id": round_id, "decided_by": actor.person_id, "decided_at": now, **said}
    decisions = [
        TieDecision(participation_id=participation_id, place=place, **decided)
        for participation_id, place in places.items()
    ]
    _replace_decisions(session, decisions)
    facts = {"group": group_id, "rank": rank, "places": {str(key): place for key, place in places.items()}}
    _record(session, actor, now, round_, "tie.decided", facts, {"decision": decision_number, "reason": reason})
    return decisions


def tied_at(session: Session, round_: Round, group_id: int, rank: int) -> list[Ranked]:
    """Those who share this rank before any decision. Raises `NotFound` unless they are at least two."""
    ranked = standings_of(session, round_, with_decisions=False).group(group_id).ranked
    tied = [each for each in ranked if each.rank == rank]
    if len(tied) < 2:
        raise NotFound
    return tied


def _fix_if_due(session: Session, now: datetime, round_: Round) -> bool:
    rules = find_rules_at_closing(session, round_)
    if rules is None or rules.prediction is None or not pending_matters(session, round_, now).is_marked:
        return False
    return fix_target(session, now, round_) is not None


def _ensure_clear(tied: set[int], places: Mapping[int, int], decision_number: str, reason: str) -> None:
    if set(places) != tied or sorted(places.values()) != list(range(1, len(tied) + 1)):
        raise DomainError("places_unclear", most=len(tied))
    if not decision_number.strip():
        raise DomainError("decision_missing", field="decision_number")
    if not reason.strip():
        raise DomainError("reason_missing", field="reason")


def _replace_decisions(session: Session, decisions: Sequence[TieDecision]) -> None:
    for decision in decisions:
        session.execute(
            delete(TieDecision).where(
                TieDecision.round_id == decision.round_id, TieDecision.participation_id == decision.participation_id
            )
        )
    session.add_all(decisions)
    session.flush()


def _record(
    session: Session,
    actor: Actor | None,
    now: datetime,
    round_: Round,
    act: str,
    facts: Mapping[str, object],
    detail: Mapping[str, object] | None = None,
) -> None:
    record(
        session,
        actor_id=actor.person_id if actor else None,
        now=now,
        act=act,
        subject=f"round:{round_.id}",
        scope=round_.contest_id,
        facts=facts,
        detail=detail,
    )
