"""Putting a correction before a second person, and applying it as a set."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.approvals.models import Proposal
from contest.approvals.services import propose
from contest.contests.models import Contest, Round
from contest.contests.queries import get_round_of
from contest.corrections.models import Correction, CorrectionState, NewMark
from contest.corrections.queries import get_asked, marked_count
from contest.corrections.services.acts import KIND, open_correction, record_act
from contest.corrections.services.effects import is_current
from contest.errors import DomainError
from contest.quiz.domain.rulings import Answer, answer_of, read_answers
from contest.quiz.models import AttemptResult, KeyRuling, OldResult
from contest.quiz.queries import rulings_of
from contest.standings.services import ensure_marked, lock_round, move_target, undo_decisions
from contest.work.services import enqueue
from question_bank.kinds import kind_of
from question_bank.question import Question

TELL = "tell of correction"
"""The kind of queued work that tells everybody whose result has changed."""


def put_forward(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, round_id: int, number: int
) -> Proposal:
    """Put a counted correction before a second person.

    Raises `NotAllowed`, `NotFound`, `correction_not_counted`, `correction_outdated` when something moved since it was
    counted, and `correction_waits`.
    """
    round_, correction = open_correction(session, actor, contest_id, round_id, number)
    if correction.state is not CorrectionState.READY:
        raise DomainError("correction_not_counted")
    ensure_marked(session, round_, now)
    if not is_current(session, round_, correction):
        raise DomainError("correction_outdated")
    content = _content(session, round_, correction, correction.digest)
    return propose(
        session,
        actor,
        now,
        contest_id=contest_id,
        kind=KIND,
        subject_id=correction.id,
        content=content,
        reason=correction.reason,
    )


def proposed_correction(session: Session, proposal: Proposal) -> dict[str, Any]:
    """What the second person says yes to: the ruling, and its effects on what stands now, which stays so meanwhile."""
    correction = session.get_one(Correction, proposal.subject_id)
    round_ = get_round_of(session, proposal.contest_id, correction.round_id)
    lock_round(session, round_)
    return _content(session, round_, correction, correction.digest if is_current(session, round_, correction) else "")


def author_of(session: Session, proposal: Proposal) -> int:
    """Who wrote the correction that somebody put forward."""
    return session.get_one(Correction, proposal.subject_id).proposed_by


def apply_correction(session: Session, actor: Actor, now: datetime, proposal: Proposal) -> None:
    """Put the ruling in force and every counted result in the place of the one that stands, which is kept.

    Readers see all of it or nothing. Raises like `standings.services.ensure_marked`.
    """
    correction = session.get_one(Correction, proposal.subject_id)
    round_ = get_round_of(session, proposal.contest_id, correction.round_id)
    ensure_marked(session, round_, now)
    assert correction.basis is not None
    assert correction.figures is not None
    figures, number = correction.figures, correction.basis + 1  # they hold: their digest was approved just now
    if marked_count(session, round_.id) != figures["attempts"]:
        raise DomainError("content_changed")  # somebody's attempt was marked since, and everybody's is now
    ruling = KeyRuling(
        round_id=round_.id,
        number=number,
        revision_id=correction.revision_id,
        act=correction.act,
        answers=correction.answers,
        note=correction.note,
        in_force_at=now,
    )
    session.add(ruling)
    session.flush()
    _swap_results(session, now, correction.id, number)
    undo_decisions(session, actor, now, round_, [person for person, _number in figures["undone"]])
    target, all_right = figures["target"][1], figures["all_right"][1]
    move_target(session, actor, now, round_, value=target, all_right=all_right)
    correction.state, correction.applied_by, correction.applied_at = CorrectionState.APPLIED, actor.person_id, now
    counted = {name: figures[name] for name in ("attempts", "changed", "people", "ranks")}
    # A detail: as a fact, without salt, the digest would confirm a guess at what is right.
    detail, facts = {"digest": correction.digest}, {"marking": number, **counted}
    record_act(session, actor, now, round_, correction, "correction.applied", facts, detail)
    enqueue(session, now, TELL, {"round_id": round_.id, "number": correction.number})


def _swap_results(session: Session, now: datetime, correction_id: int, number: int) -> None:
    """Two statements, however many attempts."""
    names = [column.name for column in OldResult.__table__.columns]
    changed = select(NewMark.attempt_id).where(NewMark.correction_id == correction_id)
    kept = select(*(getattr(AttemptResult, name) for name in names)).where(AttemptResult.attempt_id.in_(changed))
    session.execute(insert(OldResult).from_select(names, kept))
    session.execute(
        update(AttemptResult)
        .where(AttemptResult.attempt_id == NewMark.attempt_id, NewMark.correction_id == correction_id)
        .values(
            marking=number,
            right_count=NewMark.right_count,
            question_count=NewMark.question_count,
            points=NewMark.points,
            marks=NewMark.marks,
            marked_at=now,
        )
        .execution_options(synchronize_session=False)
    )
    session.expire_all()


def _content(session: Session, round_: Round, correction: Correction, digest: str) -> dict[str, Any]:
    asked = get_asked(session, round_.id, correction.revision_id)
    return {
        "slug": session.scalars(select(Contest.slug).where(Contest.id == round_.contest_id)).one(),
        "round_id": round_.id,
        "number": correction.number,
        "round": round_.name,
        "question": asked.code,
        "act": correction.act.value,
        "answers": correction.answers,
        "right_before": _right_words(asked.question, _counted_now(session, correction, asked.question)),
        "right": _right_words(asked.question, read_answers(correction.answers)),
        "note": correction.note,
        "figures": correction.figures,
        "digest": digest,
    }


def _counted_now(session: Session, correction: Correction, question: Question) -> tuple[Answer, ...]:
    """What is right before it, nothing where the question is void."""
    standing = rulings_of(session, correction.round_id).by_revision.get(correction.revision_id)
    if standing is None:
        return (answer_of(question),)
    return () if standing.is_void else standing.answers


def _right_words(question: Question, answers: Sequence[Answer]) -> list[str]:
    """What is right, as the committee writes it."""
    kind = kind_of(question.kind)
    return [kind.key_words(answer.applied(question), "vi") for answer in answers]
