"""Starting an attempt, handing it in, and closing what ran out of time."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, inspect, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from contest.accounts.domain import ConsentPurpose
from contest.accounts.queries import has_consent
from contest.actors import Actor
from contest.contests.domain import Phase, Timetable, phase
from contest.contests.models import Contest, Round, RoundKind, RulesState, RulesVersion
from contest.contests.policies import may_take_part
from contest.errors import DomainError, NotAllowed, NotFound
from contest.i18n import local
from contest.keys import Keys
from contest.participation.models import Participation
from contest.participation.services.joining import freeze_participation
from contest.quiz.domain.answers import Batch
from contest.quiz.domain.policy import AttemptPolicy, read_policy
from contest.quiz.journal import MAX_SAVES, payload_digest
from contest.quiz.models import Attempt, AttemptState, JournalRow, QuestionSet
from contest.quiz.queries import SetName
from contest.quiz.services.sets import FrozenSet, frozen_set
from question_bank.drawing import draw_paper

PUBLIC_ID_BYTES = 12
SWEEP_PIECE = 200


@dataclass(frozen=True, slots=True)
class _Start:
    """What a start goes by. The participation's row is locked; rules and set are None where there are none."""

    participation: Participation
    round_id: int
    timetable: Timetable
    time_zone: str
    rules_id: int | None
    sections: dict[str, Any] | None
    set: SetName | None


_ANY_SET = aliased(QuestionSet)
_LAST_SET = select(func.max(_ANY_SET.number)).where(_ANY_SET.round_id == Round.id).correlate(Round).scalar_subquery()
_START = (
    select(
        Participation,
        Round.id,
        Round.opens_at,
        Round.closes_at,
        Round.released_at,
        Round.cancelled_at,
        Contest.time_zone,
        RulesVersion.id,
        RulesVersion.sections,
        QuestionSet.id,
        QuestionSet.commitment,
    )
    .join(Round, Round.contest_id == Participation.contest_id)
    .join(Contest, Contest.id == Round.contest_id)
    .outerjoin(RulesVersion, (RulesVersion.contest_id == Contest.id) & (RulesVersion.state == RulesState.IN_FORCE))
    .outerjoin(QuestionSet, (QuestionSet.round_id == Round.id) & (QuestionSet.number == _LAST_SET))
    .where(
        Round.public_id == bindparam("round_public_id"),
        Round.kind == RoundKind.QUIZ,
        Participation.person_id == bindparam("person_id"),
    )
    .with_for_update(of=Participation)
    .execution_options(populate_existing=True)
)
_EARLIER = (
    select(Attempt)
    .where(Attempt.participation_id == bindparam("participation_id"))
    .order_by(Attempt.started_at)
    .execution_options(populate_existing=True)
)


def start_attempt(session: Session, actor: Actor, now: datetime, round_public_id: str, keys: Keys) -> Attempt:
    """The person's open attempt in this round: the one that is running, or a new one with a freshly drawn paper.

    Counting happens under a lock on the participation, so that a second click, tab or device gets the same attempt.
    Raises `not_joined`, `round_not_open`, `consent_missing`, `no_tries_left`, `NotAllowed` with `committee_member` or
    `excluded`.
    """
    start = _locked_start(session, actor, round_public_id)
    earlier = session.scalars(_EARLIER, {"participation_id": start.participation.id}).all()
    running = _running(session, earlier, start.round_id, now)
    if running is not None:
        return running
    policy = _policy_for_start(session, start, now)
    if policy.tries_left(earlier, start.round_id, now, start.time_zone) == 0:
        raise DomainError("no_tries_left")
    number = sum(attempt.round_id == start.round_id for attempt in earlier) + 1
    return _new_attempt(session, now, start, policy, keys, number)


def _locked_start(session: Session, actor: Actor, round_public_id: str) -> _Start:
    row = session.execute(_START, {"round_public_id": round_public_id, "person_id": actor.person_id}).first()
    if row is None:
        raise _reason_not_to_start(session, actor, round_public_id)
    participation, round_id, *instants, zone, rules_id, sections, set_id, commitment = row
    if not may_take_part(actor, participation.contest_id):
        raise NotAllowed("committee_member")
    set_name = SetName(set_id, commitment) if set_id is not None else None
    return _Start(participation, round_id, Timetable(*instants), zone, rules_id, sections, set_name)


def _reason_not_to_start(session: Session, actor: Actor, public_id: str) -> DomainError:
    contest = session.scalar(
        select(Contest)
        .join(Round, Round.contest_id == Contest.id)
        .where(Round.public_id == public_id, Round.kind == RoundKind.QUIZ)
    )
    if contest is None:
        return NotFound()
    if not may_take_part(actor, contest.id):
        return NotAllowed("committee_member")
    return DomainError("not_joined", slug=contest.slug)


def _running(session: Session, earlier: Sequence[Attempt], round_id: int, now: datetime) -> Attempt | None:
    """The open attempt of this round. One whose time is over is closed on the way, whether or not a sweep came by."""
    for attempt in earlier:
        if attempt.round_id == round_id and attempt.state is AttemptState.OPEN:
            if now <= attempt.accepts_until:
                return attempt
            _close_overdue(attempt)
            session.flush()
    return None


def _policy_for_start(session: Session, start: _Start, now: datetime) -> AttemptPolicy:
    participation = start.participation
    if phase(start.timetable, now) is not Phase.OPEN:
        raise DomainError("round_not_open")
    if participation.excluded_at is not None:
        raise NotAllowed("excluded")
    if not has_consent(session, participation.person_id, ConsentPurpose.TAKE_PART, local(now).date()):
        raise DomainError("consent_missing")
    if start.sections is None or "attempts" not in start.sections or start.set is None:
        raise DomainError("round_not_open")
    return read_policy(start.sections["attempts"])


def _new_attempt(
    session: Session, now: datetime, start: _Start, policy: AttemptPolicy, keys: Keys, number: int
) -> Attempt:
    participation = start.participation
    assert start.set is not None
    extra = timedelta(milliseconds=participation.extra_time_ms)
    deadline_at = policy.deadline(now, start.timetable.closes_at, extra)
    attempt = Attempt(
        public_id=secrets.token_urlsafe(PUBLIC_ID_BYTES),
        round_id=start.round_id,
        participation_id=participation.id,
        person_id=participation.person_id,
        number=number,
        set_id=start.set.id,
        rules_version_id=start.rules_id,
        paper=_drawn_paper(frozen_set(session, start.set, keys), participation, number),
        state=AttemptState.OPEN,
        started_at=now,
        deadline_at=deadline_at,
        accepts_until=deadline_at + policy.tolerance,
        is_time_out=False,
    )
    session.add(attempt)
    freeze_participation(session, participation, now)
    session.flush()
    return attempt


def _drawn_paper(drawn_from: FrozenSet, participation: Participation, number: int) -> list[list[Any]]:
    """The paper that this attempt of this participation draws."""
    draw_id = bytes.fromhex(participation.draw_id)
    slots = draw_paper(drawn_from.pool, drawn_from.blueprint, drawn_from.seed, draw_id, number)
    return [[slot.ref, list(slot.order)] for slot in slots]


_OWN = (Attempt.public_id == bindparam("attempt_public_id"), Attempt.person_id == bindparam("owner_id"))
_HANDED_IN = (
    update(Attempt)
    .where(*_OWN, Attempt.state == AttemptState.OPEN, Attempt.accepts_until >= bindparam("now"))
    .values(state=AttemptState.SUBMITTED, submitted_at=bindparam("now"))
    .returning(Attempt)
    .execution_options(populate_existing=True, synchronize_session=False)
)
_LOCKED = select(Attempt).where(*_OWN).with_for_update().execution_options(populate_existing=True)


def submit_attempt(
    session: Session, actor: Actor, now: datetime, public_id: str, batch: Batch | None = None
) -> Attempt:
    """Hand the paper in with the last answers, in one transaction. Doing it twice is not an error.

    After the deadline and its tolerance the answers are kept as evidence and the attempt is closed as out of time.
    Raises `NotFound` for somebody else's attempt.
    """
    own = {"attempt_public_id": public_id, "owner_id": actor.person_id}
    attempt = session.scalar(_HANDED_IN, {**own, "now": now})
    is_in_time = attempt is not None
    if attempt is None:
        attempt = _closed_attempt(session, own)
    if batch is not None and batch.responses:
        store_batch(session, attempt, batch, now, is_late=not is_in_time)
    return attempt


def _closed_attempt(session: Session, own: Mapping[str, object]) -> Attempt:
    """The attempt that can't be handed in any more: somebody did already, or its time is over."""
    attempt = session.scalar(_LOCKED, own)
    if attempt is None:
        raise NotFound
    if attempt.state is AttemptState.OPEN:
        _close_overdue(attempt)
        session.flush()
    return attempt


def close_overdue_attempts(session: Session, now: datetime) -> int:
    """Close attempts whose time is over, at most a piece of them; how many it was. Late or twice is without harm."""
    overdue = session.scalars(
        select(Attempt)
        .where(Attempt.state == AttemptState.OPEN, Attempt.accepts_until < now)
        .order_by(Attempt.id)
        .limit(SWEEP_PIECE)
        .with_for_update(skip_locked=True)
    ).all()
    for attempt in overdue:
        _close_overdue(attempt)
    session.flush()
    return len(overdue)


def _close_overdue(attempt: Attempt) -> None:
    attempt.state, attempt.submitted_at, attempt.is_time_out = AttemptState.SUBMITTED, attempt.deadline_at, True


_JOURNAL_COLUMNS = ("attempt_id", "client", "seq", "received_at", "payload", "ages", "digest", "is_late")
_JOURNAL = inspect(JournalRow).local_table
_BATCH = select(*(bindparam(name, type_=_JOURNAL.c[name].type) for name in _JOURNAL_COLUMNS)).where(
    select(func.count()).where(JournalRow.attempt_id == bindparam("attempt_id")).scalar_subquery() < MAX_SAVES
)
_STORE = {
    name: dialect.insert(_JOURNAL).from_select(_JOURNAL_COLUMNS, _BATCH).on_conflict_do_nothing()
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}


def store_batch(session: Session, attempt: Attempt, batch: Batch, now: datetime, *, is_late: bool = False) -> None:
    """The same row that a save writes, inside a unit of work; a batch that came already is left as it is.

    Like a save, it is not stored once there are more than any page of ours makes.
    """
    payload = batch.payload
    values = {
        "attempt_id": attempt.id,
        "client": batch.client,
        "seq": batch.seq,
        "received_at": now,
        "payload": payload,
        "ages": batch.ages_text,
        "digest": payload_digest(payload),
        "is_late": is_late,
    }
    session.execute(_STORE[session.get_bind().dialect.name], values)
