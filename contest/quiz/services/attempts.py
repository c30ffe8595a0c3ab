"""Starting an attempt, handing it in, and closing what ran out of time."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from contest.accounts.domain import ConsentPurpose
from contest.accounts.queries import has_consent
from contest.actors import Actor
from contest.contests.domain import Phase, phase
from contest.contests.models import Contest, Round, RoundKind, RulesVersion
from contest.contests.queries import rules_in_force, timetable_of
from contest.errors import DomainError, NotAllowed, NotFound
from contest.i18n import local
from contest.keys import Keys
from contest.participation.models import Participation
from contest.participation.services.joining import freeze_participation
from contest.quiz.domain.answers import Batch
from contest.quiz.domain.policy import AttemptPolicy, read_policy
from contest.quiz.journal import MAX_SAVES, payload_digest
from contest.quiz.models import Attempt, AttemptState, JournalRow, QuestionSet
from contest.quiz.services.sets import frozen_set
from question_bank.drawing import draw_paper

PUBLIC_ID_BYTES = 12
SWEEP_PIECE = 200


def start_attempt(session: Session, actor: Actor, now: datetime, round_public_id: str, keys: Keys) -> Attempt:
    """The person's open attempt in this round: the one that is running, or a new one with a freshly drawn paper.

    Counting happens under a lock on the participation, so that a second click, tab or device gets the same attempt.
    Raises `not_joined`, `round_not_open`, `consent_missing`, `no_tries_left`, `NotAllowed` with `committee_member` or
    `excluded`.
    """
    round_, contest = _round_and_contest(session, round_public_id)
    if actor.holds(contest.id):
        raise NotAllowed("committee_member")
    participation = session.scalar(
        select(Participation)
        .where(Participation.contest_id == contest.id, Participation.person_id == actor.person_id)
        .with_for_update()
    )
    if participation is None:
        raise DomainError("not_joined", slug=contest.slug)
    earlier = session.scalars(
        select(Attempt).where(Attempt.participation_id == participation.id).order_by(Attempt.started_at)
    ).all()
    running = _running(session, earlier, round_, now)
    if running is not None:
        return running
    rules, policy = _rules_for_start(session, contest, round_, participation, now)
    if policy.tries_left(earlier, round_.id, now, contest.time_zone) == 0:
        raise DomainError("no_tries_left")
    number = sum(attempt.round_id == round_.id for attempt in earlier) + 1
    return _new_attempt(session, now, round_, participation, rules, policy, keys, number)


def _round_and_contest(session: Session, public_id: str) -> tuple[Round, Contest]:
    row = session.execute(
        select(Round, Contest)
        .join(Contest, Contest.id == Round.contest_id)
        .where(Round.public_id == public_id, Round.kind == RoundKind.QUIZ)
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def _running(session: Session, earlier: Sequence[Attempt], round_: Round, now: datetime) -> Attempt | None:
    """The open attempt of this round. One whose time is over is closed on the way, whether or not a sweep came by."""
    for attempt in earlier:
        if attempt.round_id == round_.id and attempt.state is AttemptState.OPEN:
            if now <= attempt.accepts_until:
                return attempt
            _close_overdue(attempt)
            session.flush()
    return None


def _rules_for_start(
    session: Session, contest: Contest, round_: Round, participation: Participation, now: datetime
) -> tuple[RulesVersion, AttemptPolicy]:
    if phase(timetable_of(round_), now) is not Phase.OPEN:
        raise DomainError("round_not_open")
    if participation.excluded_at is not None:
        raise NotAllowed("excluded")
    if not has_consent(session, participation.person_id, ConsentPurpose.TAKE_PART, local(now).date()):
        raise DomainError("consent_missing")
    rules = rules_in_force(session, contest.id)
    if rules is None or "attempts" not in rules.sections:
        raise DomainError("round_not_open")
    return rules, read_policy(rules.sections["attempts"])


def _new_attempt(
    session: Session,
    now: datetime,
    round_: Round,
    participation: Participation,
    rules: RulesVersion,
    policy: AttemptPolicy,
    keys: Keys,
    number: int,
) -> Attempt:
    set_row, paper = _drawn_paper(session, round_, participation, number, keys)
    deadline_at = policy.deadline(now, round_.closes_at, timedelta(milliseconds=participation.extra_time_ms))
    attempt = Attempt(
        public_id=secrets.token_urlsafe(PUBLIC_ID_BYTES),
        round_id=round_.id,
        participation_id=participation.id,
        person_id=participation.person_id,
        number=number,
        set_id=set_row.id,
        rules_version_id=rules.id,
        paper=paper,
        state=AttemptState.OPEN,
        started_at=now,
        deadline_at=deadline_at,
        accepts_until=deadline_at + policy.tolerance,
        is_time_out=False,
    )
    session.add(attempt)
    session.flush()
    freeze_participation(session, participation, now)
    return attempt


def _drawn_paper(
    session: Session, round_: Round, participation: Participation, number: int, keys: Keys
) -> tuple[QuestionSet, list[list[Any]]]:
    """The newest set of the round, and the paper that this attempt of this participation draws from it."""
    newest = select(QuestionSet).where(QuestionSet.round_id == round_.id).order_by(QuestionSet.number.desc()).limit(1)
    set_row = session.scalar(newest)
    if set_row is None:
        raise DomainError("round_not_open")
    drawn_from = frozen_set(session, set_row, keys)
    draw_id = bytes.fromhex(participation.draw_id)
    slots = draw_paper(drawn_from.pool, drawn_from.blueprint, drawn_from.seed, draw_id, number)
    return set_row, [[slot.ref, list(slot.order)] for slot in slots]


def submit_attempt(
    session: Session, actor: Actor, now: datetime, public_id: str, batch: Batch | None = None
) -> Attempt:
    """Hand the paper in with the last answers, in one transaction. Doing it twice is not an error.

    After the deadline and its tolerance the answers are kept as evidence and the attempt is closed as out of time.
    Raises `NotFound` for somebody else's attempt.
    """
    attempt = session.scalar(
        select(Attempt)
        .where(Attempt.public_id == public_id, Attempt.person_id == actor.person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if attempt is None:
        raise NotFound
    is_over = attempt.state is not AttemptState.OPEN or now > attempt.accepts_until
    if batch is not None and batch.responses:
        store_batch(session, attempt, batch, now, is_late=is_over)
    if attempt.state is AttemptState.OPEN:
        if is_over:
            _close_overdue(attempt)
        else:
            attempt.state, attempt.submitted_at = AttemptState.SUBMITTED, now
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


def store_batch(session: Session, attempt: Attempt, batch: Batch, now: datetime, *, is_late: bool = False) -> None:
    """The same row that a save writes, inside a unit of work; a batch that came already is left as it is.

    Like a save, it is not stored once there are more than any page of ours makes.
    """
    saves = session.scalar(select(func.count()).where(JournalRow.attempt_id == attempt.id)) or 0
    if saves >= MAX_SAVES:
        return
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(
        dialect.insert(JournalRow)
        .values(
            attempt_id=attempt.id,
            client=batch.client,
            seq=batch.seq,
            received_at=now,
            payload=batch.payload,
            ages=batch.ages_text,
            digest=payload_digest(batch.payload),
            is_late=is_late,
        )
        .on_conflict_do_nothing()
    )
