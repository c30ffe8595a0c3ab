"""A judge's own sheets."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.contests.models import Round
from contest.errors import NotFound
from contest.judging.domain.codes import code_key
from contest.judging.domain.panel import Panel
from contest.judging.models import JudgingCase, ScoreSheet
from contest.judging.policies import may_judge
from contest.judging.queries.panel import panel_of
from contest.paging import Page, page_of

SHEET_STATES: dict[str, ColumnElement[bool]] = {
    "open": and_(ScoreSheet.locked_at.is_(None), ScoreSheet.released_at.is_(None)),
    "locked": and_(ScoreSheet.locked_at.is_not(None), ScoreSheet.released_at.is_(None)),
    "released": ScoreSheet.released_at.is_not(None),
}


@dataclass(frozen=True, slots=True)
class JudgeSheet:
    """A judge's own sheet with its case and the panel rule it is filled by."""

    sheet: ScoreSheet
    case: JudgingCase
    round: Round
    panel: Panel

    @property
    def is_locked(self) -> bool:
        """Whether it counts."""
        return self.sheet.locked_at is not None and self.sheet.released_at is None

    @property
    def is_open(self) -> bool:
        """Whether it can be filled: neither locked nor released."""
        return self.sheet.locked_at is None and self.sheet.released_at is None

    @property
    def may_see_case(self) -> bool:
        """Whether the case may be read with it: a released sheet shows only what its judge wrote."""
        return self.sheet.released_at is None


@dataclass(frozen=True, slots=True)
class OwnSheetRow:
    """A line of a judge's list. `total` is in 1/1000 point once locked; `state` is one of `SHEET_STATES`."""

    id: int
    code: str
    round_id: int
    round_name: str
    total: int | None
    taken_at: datetime
    saved_at: datetime | None
    leased_until: datetime
    locked_at: datetime | None
    released_at: datetime | None
    reopened_at: datetime | None

    @property
    def state(self) -> str:
        """Released, locked or open."""
        if self.released_at is not None:
            return "released"
        return "locked" if self.locked_at is not None else "open"


def judge_sheet(session: Session, actor: Actor, contest_id: int, sheet_id: int) -> JudgeSheet:
    """A judge's own sheet of this contest. Raises `NotFound` for any other, and without a judge's seat.

    Two statements.
    """
    row = session.execute(
        select(ScoreSheet, JudgingCase, Round)
        .join(JudgingCase, JudgingCase.id == ScoreSheet.case_id)
        .join(Round, Round.id == JudgingCase.round_id)
        .where(ScoreSheet.id == sheet_id, ScoreSheet.judge_id == actor.person_id, Round.contest_id == contest_id)
    ).first()
    if row is None or not may_judge(actor, contest_id):
        raise NotFound
    return JudgeSheet(*row, panel=panel_of(session, row[2]))


def own_sheets(
    session: Session,
    actor: Actor,
    *,
    contest_id: int,
    words: str = "",
    state: str = "",
    sort: str = "taken",
    is_descending: bool = True,
    number: int = 1,
) -> Page[OwnSheetRow]:
    """The judge's sheets in this contest by taken, code or total; `words` is a part of a code. Two statements."""
    key = {"taken": ScoreSheet.taken_at, "code": JudgingCase.code, "total": ScoreSheet.total}[sort]
    statement = (
        select(
            ScoreSheet.id,
            JudgingCase.code,
            Round.id,
            Round.name,
            ScoreSheet.total,
            ScoreSheet.taken_at,
            ScoreSheet.saved_at,
            ScoreSheet.leased_until,
            ScoreSheet.locked_at,
            ScoreSheet.released_at,
            ScoreSheet.reopened_at,
        )
        .join(JudgingCase, JudgingCase.id == ScoreSheet.case_id)
        .join(Round, Round.id == JudgingCase.round_id)
        .where(Round.contest_id == contest_id, ScoreSheet.judge_id == actor.person_id)
        .order_by((key.desc() if is_descending else key.asc()).nulls_last(), ScoreSheet.id.desc())
    )
    if words:
        statement = statement.where(JudgingCase.code.contains(code_key(words), autoescape=True))
    if state in SHEET_STATES:
        statement = statement.where(SHEET_STATES[state])
    return page_of(session, statement, number, make=lambda row: OwnSheetRow(*row))
