"""How far each judge is, what they reported, and who must not judge whom."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from contest.accounts.models import PersonDetails
from contest.contests.models import Role, Round, Seat
from contest.errors import NotFound
from contest.i18n import search_key
from contest.judging.domain.codes import code_key
from contest.judging.models import CaseReport, JudgeConflict, JudgingCase, ScoreSheet
from contest.paging import Page, page_of
from contest.units.models import Unit


@dataclass(frozen=True, slots=True)
class JudgeProgress:
    """What one judge has done in a round. `returned` counts cases given back."""

    judge_id: int
    full_name: str
    locked: int
    open: int
    returned: int
    last_locked_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report with the code of its case and the name of the judge who made it."""

    report: CaseReport
    code: str
    round_id: int
    judge_name: str


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A conflict in words: the judge, and the unit. Participants have no name here: who notes conflicts stays blind."""

    conflict: JudgeConflict
    judge_name: str
    unit_name: str | None


def judges_of(session: Session, contest_id: int, now: datetime) -> dict[int, str]:
    """Names of those who hold a judge's seat now, by person, in the order of names. One statement."""
    is_held = and_(
        Seat.valid_from <= now,
        Seat.ended_at.is_(None),
        or_(Seat.valid_until.is_(None), Seat.valid_until > now),
    )
    rows = session.execute(
        select(Seat.person_id, PersonDetails.full_name)
        .join(PersonDetails, PersonDetails.person_id == Seat.person_id)
        .where(Seat.contest_id == contest_id, Seat.role == Role.JUDGE, is_held)
        .order_by(PersonDetails.sort_key, Seat.person_id)
    )
    return {row.person_id: row.full_name for row in rows}


def progress(session: Session, round_: Round, now: datetime) -> list[JudgeProgress]:
    """Everybody who holds a judge's seat or has a sheet in this round, in the order of names. Two statements."""
    is_released = ScoreSheet.released_at.is_not(None)
    is_locked = and_(~is_released, ScoreSheet.locked_at.is_not(None))
    is_open = and_(~is_released, ScoreSheet.locked_at.is_(None))
    rows = session.execute(
        select(
            ScoreSheet.judge_id,
            PersonDetails.full_name,
            func.count(case((is_locked, 1))),
            func.count(case((is_open, 1))),
            func.count(case((ScoreSheet.return_reason != "", 1))),
            func.max(ScoreSheet.locked_at),
        )
        .join(JudgingCase, JudgingCase.id == ScoreSheet.case_id)
        .join(PersonDetails, PersonDetails.person_id == ScoreSheet.judge_id)
        .where(JudgingCase.round_id == round_.id)
        .group_by(ScoreSheet.judge_id, PersonDetails.full_name, PersonDetails.sort_key)
        .order_by(PersonDetails.sort_key, ScoreSheet.judge_id)
    )
    busy = [JudgeProgress(*row) for row in rows]
    at_work = {each.judge_id for each in busy}
    idle = judges_of(session, round_.contest_id, now).items()
    return busy + [JudgeProgress(judge_id, name, 0, 0, 0, None) for judge_id, name in idle if judge_id not in at_work]


def get_report(session: Session, contest_id: int, report_id: int) -> ReportRow:
    """One report of this contest. Raises `NotFound`."""
    row = session.execute(_reports().where(Round.contest_id == contest_id, CaseReport.id == report_id)).first()
    if row is None:
        raise NotFound
    return ReportRow(*row)


def reports_page(
    session: Session, round_id: int, *, words: str = "", is_open_only: bool = False, number: int = 1
) -> Page[ReportRow]:
    """Reports of a round, those that wait first, then the newest; `words` is a part of a code. Two statements."""
    statement = (
        _reports()
        .where(JudgingCase.round_id == round_id)
        .order_by(CaseReport.settled_at.is_not(None), CaseReport.id.desc())
    )
    if words:
        statement = statement.where(JudgingCase.code.contains(code_key(words), autoescape=True))
    if is_open_only:
        statement = statement.where(CaseReport.settled_at.is_(None))
    return page_of(session, statement, number, make=lambda row: ReportRow(*row))


def conflicts_page(session: Session, contest_id: int, *, words: str = "", number: int = 1) -> Page[ConflictRow]:
    """Conflicts by the judge's name; `words` is a part of a judge's or unit's name, without tones. Two statements."""
    statement = _conflicts(contest_id).order_by(PersonDetails.sort_key, JudgeConflict.id)
    if words:
        keys = (PersonDetails.search_key, Unit.search_key)
        statement = statement.where(or_(*(key.contains(search_key(words), autoescape=True) for key in keys)))
    return page_of(session, statement, number, make=lambda row: ConflictRow(*row))


def get_conflict(session: Session, contest_id: int, conflict_id: int) -> ConflictRow:
    """One conflict of this contest. Raises `NotFound`."""
    row = session.execute(_conflicts(contest_id).where(JudgeConflict.id == conflict_id)).first()
    if row is None:
        raise NotFound
    return ConflictRow(*row)


def _conflicts(contest_id: int) -> Select[JudgeConflict, str, str]:
    return (
        select(JudgeConflict, PersonDetails.full_name, Unit.name)
        .join(PersonDetails, PersonDetails.person_id == JudgeConflict.judge_id)
        .outerjoin(Unit, Unit.id == JudgeConflict.unit_id)
        .where(JudgeConflict.contest_id == contest_id)
    )


def _reports() -> Select[CaseReport, str, int, str]:
    return (
        select(CaseReport, JudgingCase.code, JudgingCase.round_id, PersonDetails.full_name)
        .join(JudgingCase, JudgingCase.id == CaseReport.case_id)
        .join(Round, Round.id == JudgingCase.round_id)
        .join(PersonDetails, PersonDetails.person_id == CaseReport.judge_id)
    )
