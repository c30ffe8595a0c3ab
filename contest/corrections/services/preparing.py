"""Preparing a correction: written down, counted again, given up."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.contests.models import Round
from contest.corrections import queries
from contest.corrections.models import Correction, CorrectionState
from contest.corrections.queries import AskedQuestion
from contest.corrections.services.acts import open_correction, quiz_round, record_act
from contest.corrections.services.effects import forget_effects, queue_count
from contest.errors import DomainError
from contest.quiz.domain.rulings import Answer, Ruling, RulingAct, read_answers, ruled, stored_answers
from contest.quiz.queries import rulings_of
from contest.standings.queries import get_rules_at_closing
from contest.standings.services import ensure_marked, lock_round
from contest.work.models import WorkItem, WorkState
from question_bank.kinds import kind_of
from question_bank.question import Question

NEEDS_ANSWER = frozenset({RulingAct.KEY, RulingAct.ALSO})
"""Acts that say what is right."""

MOST_OPEN = 20
"""Corrections of a round that are neither applied nor given up; each holds marks of its own."""


def prepare_correction(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    round_id: int,
    revision_id: int,
    act: RulingAct,
    given: Answer | None,
    reason: str,
    note: str,
    appeals: str = "",
) -> Correction:
    """Write down what is to be ruled about a question of a closed round, and queue the count of its effects.

    Raises `NotAllowed`, `NotFound`, `reason_missing`, `correction_note_missing`, `not_marked_by_machine`,
    `right_answer_missing`, `key_unusable`, `ruling_unchanged`, `corrections_many`, and like `ensure_marked`.
    """
    round_ = quiz_round(session, actor, contest_id, round_id)
    asked = queries.get_asked(session, round_.id, revision_id)
    _ensure_written(reason, note)
    _ensure_ready(session, round_, now)
    correction = Correction(
        round_id=round_.id,
        number=_next_number(session, round_.id),
        revision_id=revision_id,
        act=act,
        answers=stored_answers(_new_answers(session, round_.id, asked, act, given)),
        reason=reason.strip(),
        appeals=appeals.strip(),
        note=note.strip(),
        proposed_by=actor.person_id,
        proposed_at=now,
    )
    queue_count(session, now, correction)
    session.add(correction)
    session.flush()
    _note(session, actor, now, round_, correction, asked.code)
    return correction


def recount_correction(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, round_id: int, number: int
) -> Correction:
    """Count the effects again, since something moved: also what others have ruled about the question meanwhile.

    Raises like `acts.open_correction`, `correction_counting`, and `ruling_unchanged` when nothing is left to rule.
    """
    round_, correction = open_correction(session, actor, contest_id, round_id, number)
    if correction.state is CorrectionState.COUNTING and _is_counting(session, correction):
        raise DomainError("correction_counting")
    ensure_marked(session, round_, now)
    correction.answers = stored_answers(_answers_now(session, correction))
    correction.state, correction.counted_at, correction.figures = CorrectionState.COUNTING, None, None
    queue_count(session, now, correction)
    session.flush()
    return correction


def drop_correction(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, round_id: int, number: int
) -> Correction:
    """Give a correction up that was not applied. Raises like `acts.open_correction`."""
    round_, correction = open_correction(session, actor, contest_id, round_id, number)
    correction.state = CorrectionState.DROPPED
    forget_effects(session, correction.id)
    record_act(session, actor, now, round_, correction, "correction.dropped")
    return correction


def _new_answers(
    session: Session, round_id: int, asked: AskedQuestion, act: RulingAct, given: Answer | None
) -> tuple[Answer, ...]:
    """What is right by the ruling that follows from what counts now."""
    standing = rulings_of(session, round_id).by_revision.get(asked.revision_id)
    ruling = ruled(act, asked.question, standing, _usable(asked.question, act, given), 0, "")
    _ensure_changes(asked.question, standing, ruling)
    return ruling.answers


def _answers_now(session: Session, correction: Correction) -> tuple[Answer, ...]:
    """What is right by a correction if it follows from what counts now; an answer that it gave is its last one."""
    asked = queries.get_asked(session, correction.round_id, correction.revision_id)
    given = read_answers(correction.answers)[-1] if correction.act in NEEDS_ANSWER else None
    return _new_answers(session, correction.round_id, asked, correction.act, given)


def _is_counting(session: Session, correction: Correction) -> bool:
    return session.get_one(WorkItem, correction.work_id).state is not WorkState.FAILED


def _ensure_ready(session: Session, round_: Round, now: datetime) -> None:
    """Whether the round is closed, marked and ranked by rules, and has room for one more; it stays locked."""
    ensure_marked(session, round_, now)
    get_rules_at_closing(session, round_)
    lock_round(session, round_)
    _ensure_room(session, round_.id)


def _note(session: Session, actor: Actor, now: datetime, round_: Round, correction: Correction, code: str) -> None:
    said = {
        "question": code,
        "act": correction.act.value,
        "answers": correction.answers,
        "reason": correction.reason,
        "appeals": correction.appeals,
    }
    record_act(session, actor, now, round_, correction, "correction.prepared", detail=said)


def _ensure_written(reason: str, note: str) -> None:
    if not reason.strip():
        raise DomainError("reason_missing", field="reason")
    if not note.strip():
        raise DomainError("correction_note_missing", field="note")


def _usable(question: Question, act: RulingAct, given: Answer | None) -> Answer | None:
    """The answer that this act needs, when it can be a key of the question."""
    kind = kind_of(question.kind)
    if not kind.is_marked:
        raise DomainError("not_marked_by_machine")
    if act not in NEEDS_ANSWER:
        return None
    if given is None:
        raise DomainError("right_answer_missing", field="answer")
    if kind.problems(given.applied(question)):
        raise DomainError("key_unusable", field="answer")
    return given


def _ensure_changes(question: Question, standing: Ruling | None, ruling: Ruling) -> None:
    own = ruled(RulingAct.RESTORE, question, None, None, 0, "")
    counted = standing or own
    is_same_void = ruling.act is counted.act or not (ruling.is_void or counted.is_void)
    repeats = len(set(ruling.answers)) < len(ruling.answers)
    if repeats or (is_same_void and ruling.answers == counted.answers):
        raise DomainError("ruling_unchanged", field="answer" if ruling.act in NEEDS_ANSWER else "act")


def _ensure_room(session: Session, round_id: int) -> None:
    is_open = Correction.state.in_([CorrectionState.COUNTING, CorrectionState.READY])
    found = select(func.count()).select_from(Correction).where(Correction.round_id == round_id, is_open)
    if (session.scalar(found) or 0) >= MOST_OPEN:
        raise DomainError("corrections_many", most=MOST_OPEN)


def _next_number(session: Session, round_id: int) -> int:
    return (session.scalar(select(func.max(Correction.number)).where(Correction.round_id == round_id)) or 0) + 1
