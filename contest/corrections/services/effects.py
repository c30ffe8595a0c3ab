"""What a correction would do: every attempt marked again in pieces, then both lists compared."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from contest.contests.models import Round
from contest.corrections import queries
from contest.corrections.domain import Figures, Listed, Moved, figures, unfit
from contest.corrections.models import Correction, CorrectionState, Move, NewMark
from contest.keys import Keys
from contest.quiz.domain.rulings import Ruling, Rulings, read_answers
from contest.quiz.queries import rulings_of
from contest.quiz.services.results import marked_again
from contest.standings.queries import material_of, ranked
from contest.work.models import WorkItem
from contest.work.services import enqueue
from question_bank.question import canonical_json

WORK = "count correction"
"""The kind of queued work that counts effects."""

PIECE = 200
"""Attempts marked in one unit of work."""


@dataclass(frozen=True, slots=True)
class Effects:
    """What a correction would do to what stands now: both lists, compared."""

    material: str
    before: Listed
    after: Listed
    figures: Figures
    digest: str


def queue_count(session: Session, now: datetime, correction: Correction) -> None:
    """Have the effects counted, from the first attempt on."""
    total = queries.marked_count(session, correction.round_id)
    correction.basis = rulings_of(session, correction.round_id).number
    arguments = {"round_id": correction.round_id, "number": correction.number}
    correction.work_id = enqueue(session, now, WORK, arguments, total).id


def piece_of(session: Session, correction_id: int, keys: Keys, *, offset: int, limit: int) -> list[dict[str, Any]]:
    """What a piece of the round's attempts would get where that differs: rows of `NewMark`. It writes nothing."""
    correction = session.get_one(Correction, correction_id, populate_existing=True)
    rulings = _rulings_with(session, correction)
    found = marked_again(session, correction.round_id, rulings, keys, offset=offset, limit=limit)
    return [
        {
            "correction_id": correction_id,
            "attempt_id": each.standing.attempt_id,
            **{name: each.columns[name] for name in ("right_count", "question_count", "points", "marks")},
        }
        for each in found
        if each.differs
    ]


def keep_piece(session: Session, correction_id: int, rows: Sequence[dict[str, Any]], *, is_first: bool) -> None:
    """Keep what a piece would get; the first one drops what was counted before. Twice is without harm."""
    if not _is_counting(session, correction_id):
        return
    if is_first:
        forget_effects(session, correction_id)
    if rows:
        session.execute(insert(NewMark), rows)


def begin_moves(session: Session, correction_id: int) -> None:
    """Forget whom an earlier count moved."""
    session.execute(delete(Move).where(Move.correction_id == correction_id))


def keep_moves(session: Session, correction_id: int, moves: Sequence[Moved]) -> None:
    """Keep a piece of those whom the new marks move, unless the correction was given up meanwhile."""
    if _is_counting(session, correction_id):
        session.execute(insert(Move), [_move(correction_id, each) for each in moves])


def finish_count(session: Session, now: datetime, correction_id: int, effects: Effects) -> None:
    """Keep the figures and the digest of the effects. From now on the correction can be put forward."""
    correction = session.get_one(Correction, correction_id, populate_existing=True)
    if correction.state is not CorrectionState.COUNTING:
        return
    correction.material, correction.digest = effects.material, effects.digest
    correction.figures = effects.figures.stored
    correction.state, correction.counted_at = CorrectionState.READY, now
    session.flush()


def effects_of(session: Session, round_: Round, correction: Correction) -> Effects:
    """What the counted marks would do to the lists as they stand now. The same statements for any number of people.

    It ranks the round at least twice, which takes too long for a writing unit: that one asks `is_current`.
    """
    material = material_of(session, round_)
    marks = queries.new_marks(session, correction.id)
    decided = queries.decided_places(session, round_.id)
    undone = unfit(decided, queries.ties_after(material, marks)) if decided else {}
    before = queries.listed(ranked(material))
    standings = ranked(material, assumed=queries.assumed_by(marks, undone))
    after = queries.listed(standings)
    attempts = session.get_one(WorkItem, correction.work_id).total
    counted = figures(
        before,
        after,
        attempts=attempts,
        changed=len(marks),
        is_percent=standings.rules.is_percent,
        undone=undone,
    )
    return Effects(material.digest, before, after, counted, _digest(correction, attempts, marks, before, after))


def is_current(session: Session, round_: Round, correction: Correction) -> bool:
    """Whether everything that the effects were counted from still stands, so that they are what they were."""
    return (
        correction.figures is not None
        and rulings_of(session, round_.id).number == correction.basis
        and queries.marked_count(session, round_.id) == correction.figures["attempts"]
        and material_of(session, round_).digest == correction.material
    )


def forget_effects(session: Session, correction_id: int) -> None:
    """Drop what was counted."""
    session.execute(delete(NewMark).where(NewMark.correction_id == correction_id))
    session.execute(delete(Move).where(Move.correction_id == correction_id))


def _is_counting(session: Session, correction_id: int) -> bool:
    state = session.scalar(select(Correction.state).where(Correction.id == correction_id).with_for_update())
    return state is CorrectionState.COUNTING


def _move(correction_id: int, each: Moved) -> dict[str, object]:
    return {
        "correction_id": correction_id,
        "participation_id": each.participation_id,
        "group_id": each.after.group_id,
        "points_before": each.before.points,
        "points_after": each.after.points,
        "right_before": each.before.right_count,
        "right_after": each.after.right_count,
        "rank_before": each.before.rank,
        "rank_after": each.after.rank,
        "prize_before": each.before.prize,
        "prize_after": each.after.prize,
    }


def _rulings_with(session: Session, correction: Correction) -> Rulings:
    rulings = rulings_of(session, correction.round_id)
    ruling = Ruling(correction.act, read_answers(correction.answers), rulings.number + 1, correction.note)
    return rulings.with_ruling(correction.revision_id, ruling)


def _digest(correction: Correction, attempts: int, marks: Sequence[NewMark], before: Listed, after: Listed) -> str:
    """SHA-256 over what is ruled, every new mark and both lists, a line of JSON each."""
    digest = hashlib.sha256()

    def add(*values: object) -> None:
        digest.update(canonical_json(list(values)) + b"\n")

    add(correction.revision_id, correction.act.value, correction.answers, correction.note, correction.basis, attempts)
    for each in marks:
        add(each.attempt_id, each.right_count, each.question_count, each.points, each.marks)
    for shown in (before, after):
        add(shown.target, shown.all_right, shown.undecided)
        for key, line in sorted(shown.people.items()):
            add(key, line.group_id, line.points, line.right_count, line.rank, line.prize)
        for unit_id, unit in sorted(shown.units.items()):
            add("unit", unit_id, unit.rank, unit.points)
    return digest.hexdigest()
