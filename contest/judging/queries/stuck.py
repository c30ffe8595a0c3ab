"""Cases for which no judge is left."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.models import Round, Seat
from contest.judging.models import JudgeConflict, JudgingCase, ScoreSheet
from contest.judging.queries.desk import judges_of
from contest.judging.queries.panel import COUNTS, panel_of
from contest.judging.queries.queue import was_chief
from contest.participation.models import Participation


@dataclass(frozen=True, slots=True)
class StuckCase:
    """A case that lacks more sheets than there are judges who may still write one."""

    id: int
    code: str


def stuck_cases(session: Session, round_: Round, now: datetime) -> list[StuckCase]:
    """By code. It takes another judge, or one conflict less, to go on. Six statements. Raises `panel_missing`."""
    seats = panel_of(session, round_).judges
    judges = set(judges_of(session, round_.contest_id, now))
    chiefs = set(session.scalars(select(Seat.person_id).where(was_chief(round_.contest_id))))
    sheets, barred = _sheets(session, round_), _barred(session, round_)
    cases = session.execute(
        select(JudgingCase.id, JudgingCase.code, Participation.id, Participation.unit_id)
        .join(Participation, Participation.id == JudgingCase.participation_id)
        .where(JudgingCase.round_id == round_.id, COUNTS)
        .order_by(JudgingCase.code)
    )
    found = []
    for case_id, code, participation_id, unit_id in cases:
        held = {sheet.judge_id for sheet in sheets[case_id] if _is_held(sheet, judges)}
        returned = {sheet.judge_id for sheet in sheets[case_id] if sheet.return_reason}
        was_unlocked = any(sheet.reopened_at for sheet in sheets[case_id])
        out = barred["participation", participation_id] | barred["unit", unit_id] | returned | held
        if len(held) + len(judges - out - (chiefs if was_unlocked else set())) < seats:
            found.append(StuckCase(case_id, code))
    return found


def _is_held(sheet: ScoreSheet, judges: set[int]) -> bool:
    """Whether the sheet counts, or its judge can still lock it."""
    return sheet.released_at is None and (sheet.locked_at is not None or sheet.judge_id in judges)


def _sheets(session: Session, round_: Round) -> dict[int, list[ScoreSheet]]:
    found: dict[int, list[ScoreSheet]] = defaultdict(list)
    of_round = select(ScoreSheet).join(JudgingCase, JudgingCase.id == ScoreSheet.case_id)
    for sheet in session.scalars(of_round.where(JudgingCase.round_id == round_.id)):
        found[sheet.case_id].append(sheet)
    return found


def _barred(session: Session, round_: Round) -> dict[tuple[str, int | None], set[int]]:
    """Judges by the unit or the participation whose cases they never get."""
    found: dict[tuple[str, int | None], set[int]] = defaultdict(set)
    for conflict in session.scalars(select(JudgeConflict).filter_by(contest_id=round_.contest_id)):
        is_of_unit = conflict.unit_id is not None
        key = ("unit", conflict.unit_id) if is_of_unit else ("participation", conflict.participation_id)
        found[key].add(conflict.judge_id)
    return found
