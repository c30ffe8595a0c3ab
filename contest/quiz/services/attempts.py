"""Starting an attempt and handing it in."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, bindparam, func, insert, or_, select, true, update
from sqlalchemy.dialects.postgresql import insert as upsert  # SQLite spells it the same way
from sqlalchemy.orm import Session, aliased

from contest.accounts.domain import ConsentPurpose
from contest.accounts.queries import consent_columns, is_consent_given
from contest.actors import Actor
from contest.contests.domain import Phase, Timetable, phase
from contest.contests.models import Contest, Round, RoundKind, RulesState, RulesVersion
from contest.contests.policies import may_take_part
from contest.errors import DomainError, NotAllowed, NotFound
from contest.i18n import local
from contest.keys import Keys
from contest.participation.models import Participation
from contest.participation.services.joining import freeze_locked
from contest.quiz.domain.answers import Batch
from contest.quiz.domain.policy import AttemptPolicy, read_policy
from contest.quiz.journal import LONG_BYTES, MAX_BYTES, MAX_SAVES, payload_digest
from contest.quiz.models import Attempt, AttemptState, JournalRow, QuestionSet
from contest.quiz.queries import SetName
from contest.quiz.services.papers import drawn_paper
from contest.quiz.services.sets import frozen_set
from contest.statements import DirectStep, bound

PUBLIC_ID_BYTES = 12


@dataclass(frozen=True, slots=True)
class _Participation:
    """Who starts: the columns of the row of this name."""

    id: int
    contest_id: int
    person_id: int
    draw_id: str
    frozen_at: datetime | None
    excluded_at: datetime | None
    extra_time_ms: int


@dataclass(frozen=True, slots=True)
class _Start:
    """What a start goes by. The participation's row is locked; rules and set are None where there are none.

    `consent` is for `is_consent_given`.
    """

    participation: _Participation
    consent: tuple[date | None, str | None]
    round_id: int
    timetable: Timetable
    time_zone: str
    rules_id: int | None
    sections: dict[str, Any] | None
    set: SetName | None


@dataclass(frozen=True, slots=True)
class _Earlier:
    """An attempt of this participation that was started before."""

    id: int
    public_id: str
    round_id: int
    state: AttemptState
    started_at: datetime
    accepts_until: datetime


_ANY_SET = aliased(QuestionSet)
_LAST_SET = select(func.max(_ANY_SET.number)).where(_ANY_SET.round_id == Round.id).correlate(Round).scalar_subquery()
_START = DirectStep(
    select(
        *(getattr(Participation, column.name) for column in fields(_Participation)),
        *consent_columns(Participation.person_id, ConsentPurpose.TAKE_PART),
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
)
_EARLIER = DirectStep(
    select(*(getattr(Attempt, column.name) for column in fields(_Earlier)))
    .where(Attempt.participation_id == bindparam("started_by"))
    .order_by(Attempt.started_at)
)
_NEW = DirectStep(insert(Attempt).values(bound(Attempt, leave_out={"id", "set_aside_at", "is_swept"})))


def start_attempt(session: Session, actor: Actor, now: datetime, round_public_id: str, keys: Keys) -> str:
    """The public id of the person's open attempt in this round: of the one that runs, or a new one, its paper drawn.

    Counting happens under a lock on the participation, so that a second click, tab or device gets the same attempt.
    Raises `not_joined`, `round_not_open`, `consent_missing`, `no_tries_left`, `NotAllowed` with `committee_member` or
    `excluded`.
    """
    start = _locked_start(session, actor, round_public_id)
    earlier = _earlier(session, start.participation)
    running = _running(session, earlier, start.round_id, now)
    if running is not None:
        return running.public_id
    policy = _policy_for_start(start, now)
    if policy.tries_left(earlier, start.round_id, now, start.time_zone) == 0:
        raise DomainError("no_tries_left")
    number = sum(attempt.round_id == start.round_id for attempt in earlier) + 1
    return _new_attempt(session, now, start, policy, keys, number)


def _locked_start(session: Session, actor: Actor, round_public_id: str) -> _Start:
    row = _START.find(session, round_public_id=round_public_id, person_id=actor.person_id)
    if row is None:
        raise _reason_not_to_start(session, actor, round_public_id)
    own = len(fields(_Participation))
    participation, consent = _Participation(*row[:own]), row[own : own + 2]
    round_id, *instants, zone, rules_id, sections, set_id, commitment = row[own + 2 :]
    if not may_take_part(actor, participation.contest_id):
        raise NotAllowed("committee_member")
    set_name = SetName(set_id, commitment) if set_id is not None else None
    return _Start(participation, consent, round_id, Timetable(*instants), zone, rules_id, sections, set_name)


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


def _earlier(session: Session, participation: _Participation) -> list[_Earlier]:
    """Every start freezes the participation: before that there is none."""
    if participation.frozen_at is None:
        return []
    return [_Earlier(*row) for row in _EARLIER.rows(session, started_by=participation.id)]


def _running(session: Session, earlier: Sequence[_Earlier], round_id: int, now: datetime) -> _Earlier | None:
    """The open attempt of this round. One whose time is over is closed on the way, whether or not a sweep came by."""
    for attempt in earlier:
        if attempt.round_id == round_id and attempt.state is AttemptState.OPEN:
            if now <= attempt.accepts_until:
                return attempt
            _close_overdue(session.get_one(Attempt, attempt.id))
            session.flush()
    return None


def _policy_for_start(start: _Start, now: datetime) -> AttemptPolicy:
    participation = start.participation
    if phase(start.timetable, now) is not Phase.OPEN:
        raise DomainError("round_not_open")
    if participation.excluded_at is not None:
        raise NotAllowed("excluded")
    if not is_consent_given(*start.consent, local(now).date()):
        raise DomainError("consent_missing")
    if start.sections is None or "attempts" not in start.sections or start.set is None:
        raise DomainError("round_not_open")
    return read_policy(start.sections["attempts"])


def _new_attempt(session: Session, now: datetime, start: _Start, policy: AttemptPolicy, keys: Keys, number: int) -> str:
    participation = start.participation
    assert start.set is not None
    extra = timedelta(milliseconds=participation.extra_time_ms)
    deadline_at = policy.deadline(now, start.timetable.closes_at, extra)
    public_id = secrets.token_urlsafe(PUBLIC_ID_BYTES)
    _NEW.rows(
        session,
        public_id=public_id,
        round_id=start.round_id,
        participation_id=participation.id,
        person_id=participation.person_id,
        number=number,
        set_id=start.set.id,
        rules_version_id=start.rules_id,
        paper=drawn_paper(session, frozen_set(session, start.set, keys), keys, participation, number),
        state=AttemptState.OPEN,
        started_at=now,
        deadline_at=deadline_at,
        accepts_until=deadline_at + policy.tolerance,
        submitted_at=None,
        is_time_out=False,
    )
    if participation.frozen_at is None:
        freeze_locked(session, participation.id, now)
    return public_id


_OWN = (Attempt.public_id == bindparam("attempt_public_id"), Attempt.person_id == bindparam("owner_id"))
_HANDED_IN = DirectStep(
    update(Attempt)
    .where(*_OWN, Attempt.state == AttemptState.OPEN, Attempt.accepts_until >= bindparam("now"))
    .values(state=AttemptState.SUBMITTED, submitted_at=bindparam("now"))
    .returning(Attempt.id)
)
_LOCKED = select(Attempt).where(*_OWN).with_for_update().execution_options(populate_existing=True)


def submit_attempt(session: Session, actor: Actor, now: datetime, public_id: str, batch: Batch | None = None) -> None:
    """Hand the paper in with the last answers, in one transaction. Doing it twice is not an error.

    After the deadline and its tolerance the answers are kept as evidence and the attempt is closed as out of time.
    Raises `NotFound` for somebody else's attempt.
    """
    own = {"attempt_public_id": public_id, "owner_id": actor.person_id}
    handed_in = _HANDED_IN.find(session, now=now, **own)
    attempt_id = handed_in[0] if handed_in else _closed_attempt(session, own).id
    if batch is not None and batch.responses:
        store_batch(session, attempt_id, batch, now, is_late=not handed_in)


def _closed_attempt(session: Session, own: Mapping[str, object]) -> Attempt:
    """The attempt that can't be handed in any more: somebody did already, or its time is over."""
    attempt = session.scalar(_LOCKED, own)
    if attempt is None:
        raise NotFound
    if attempt.state is AttemptState.OPEN:
        _close_overdue(attempt)
        session.flush()
    return attempt


def _close_overdue(attempt: Attempt) -> None:
    attempt.state, attempt.submitted_at, attempt.is_time_out = AttemptState.SUBMITTED, attempt.deadline_at, True


_COLUMNS = bound(JournalRow)
_SAVES = JournalRow.attempt_id == bindparam("attempt_id")
_COUNT = select(func.count()).where(_SAVES).scalar_subquery()
_LENGTH = select(func.coalesce(func.sum(func.length(JournalRow.payload)), 0)).where(_SAVES).scalar_subquery()
_HAS_ROOM = and_(_COUNT < MAX_SAVES, or_(bindparam("size", type_=Integer) <= LONG_BYTES, _LENGTH < MAX_BYTES))


def _storing(*conditions: ColumnElement[bool]) -> DirectStep:
    values = select(*_COLUMNS.values()).where(*conditions)
    return DirectStep(upsert(JournalRow).from_select(list(_COLUMNS), values).on_conflict_do_nothing())


_STORE = _storing(true())
_STORE_EVIDENCE = _storing(_HAS_ROOM)


def store_batch(session: Session, attempt_id: int, batch: Batch, now: datetime, *, is_late: bool = False) -> None:
    """The same row that a save writes, inside a unit of work; a batch that came already is left as it is.

    What comes late is stored only until there is more, or longer, than any page of ours sends. The answers that hand a
    paper in are always stored: they are one batch, and whoever sent them is told that they arrived.
    """
    payload = batch.payload
    values = {
        "attempt_id": attempt_id,
        "client": batch.client,
        "seq": batch.seq,
        "received_at": now,
        "payload": payload,
        "ages": batch.ages_text,
        "digest": payload_digest(payload),
        "is_late": is_late,
    }
    if is_late:
        _STORE_EVIDENCE.rows(session, **values, size=len(payload.encode()))
    else:
        _STORE.rows(session, **values)
