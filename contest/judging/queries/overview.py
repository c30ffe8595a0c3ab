"""What the desk shows beside a case or a judge: totals by case, figures by judge, the score table."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.accounts.models import PersonDetails
from contest.actors import Actor
from contest.contests.models import Group, Round
from contest.errors import NotFound
from contest.judging.domain.codes import code_key
from contest.judging.domain.panel import Verdict, rounded_mean, verdict
from contest.judging.models import JudgingCase, PanelAgreement, ScoreSheet
from contest.judging.queries.panel import COUNTS, panel_of
from contest.participation.models import Participation
from contest.units.models import Unit

_IS_LOCKED = (ScoreSheet.locked_at.is_not(None), ScoreSheet.released_at.is_(None))


@dataclass(frozen=True, slots=True)
class JudgeFigures:
    """`mean` (1/1000 point) of the sheets in complete cases, `minutes` from taking to locking in the middle."""

    mean: int | None
    minutes: int


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """How many sheets of a round a judge has locked, and how many are drafts."""

    locked: int
    drafts: int


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Of which case a sheet is, and whose."""

    case_id: int
    code: str
    judge_name: str


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A case of the score table; without totals and verdict while sheets are missing, so that nobody learns a part."""

    case_id: int
    code: str
    group_name: str
    totals: tuple[int, ...]
    agreed: int | None
    verdict: Verdict
    counts: bool

    @property
    def score(self) -> int | None:
        """The official score, of a case that counts."""
        return self.verdict.score if self.counts else None

    @property
    def state(self) -> str:
        """One of `CASE_STATES`."""
        if not self.counts:
            return "set_aside"
        if self.verdict.is_missing:
            return "waiting"
        return "to_agree" if self.verdict.score is None else "settled"


def own_figures(session: Session, actor: Actor, round_id: int) -> OwnFigures:
    """One statement."""
    row = session.execute(
        select(func.count(ScoreSheet.locked_at), func.count())
        .join(JudgingCase, JudgingCase.id == ScoreSheet.case_id)
        .join(Participation, Participation.id == JudgingCase.participation_id)
        .where(
            JudgingCase.round_id == round_id,
            ScoreSheet.judge_id == actor.person_id,
            ScoreSheet.released_at.is_(None),
            COUNTS,
        )
    ).one()
    return OwnFigures(row[0], row[1] - row[0])


def sheet_totals(session: Session, case_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """The totals of the locked sheets of these cases, by place. One statement."""
    return _by_case(
        session.execute(
            select(ScoreSheet.case_id, ScoreSheet.total)
            .where(ScoreSheet.case_id.in_(case_ids), *_IS_LOCKED)
            .order_by(ScoreSheet.case_id, ScoreSheet.place)
        )
    )


def _by_case(rows: Iterator[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for case_id, total in rows:
        found[case_id] = (*found.get(case_id, ()), total)
    return found


def set_aside_count(session: Session, round_id: int) -> int:
    """How many cases of the round are not scored: set aside, or of an excluded participant. One statement."""
    statement = (
        select(func.count())
        .select_from(JudgingCase)
        .join(Participation, Participation.id == JudgingCase.participation_id)
        .where(JudgingCase.round_id == round_id, ~COUNTS)
    )
    return session.scalar(statement) or 0


def score_table(session: Session, round_: Round) -> list[ScoreLine]:
    """Every case of the round by code. Three statements. Raises `panel_missing`."""
    panel = panel_of(session, round_)
    cases = session.execute(
        select(JudgingCase.id, JudgingCase.code, Group.name, PanelAgreement.score, COUNTS.label("counts"))
        .join(Participation, Participation.id == JudgingCase.participation_id)
        .join(Group, Group.id == Participation.group_id)
        .outerjoin(PanelAgreement, PanelAgreement.case_id == JudgingCase.id)
        .where(JudgingCase.round_id == round_.id)
        .order_by(JudgingCase.code)
    ).all()
    totals = _by_case(
        session.execute(
            select(ScoreSheet.case_id, ScoreSheet.total)
            .join(JudgingCase, JudgingCase.id == ScoreSheet.case_id)
            .where(JudgingCase.round_id == round_.id, *_IS_LOCKED)
            .order_by(ScoreSheet.case_id, ScoreSheet.place)
        )
    )
    lines = []
    for row in cases:
        settled = verdict(panel, totals.get(row.id, ()), row.score)
        known = () if settled.is_missing else totals[row.id]
        lines.append(ScoreLine(row.id, row.code, row.name, known, row.score, settled, bool(row.counts)))
    return lines


def judge_figures(session: Session, round_: Round, judges: int) -> dict[int, JudgeFigures]:
    """Figures of everybody who has locked a sheet; `judges` is how many sheets complete a case. One statement."""
    locked_in_case = func.count().over(partition_by=ScoreSheet.case_id)
    rows = session.execute(
        select(ScoreSheet.judge_id, ScoreSheet.total, ScoreSheet.taken_at, ScoreSheet.locked_at, locked_in_case)
        .join(JudgingCase, JudgingCase.id == ScoreSheet.case_id)
        .where(JudgingCase.round_id == round_.id, *_IS_LOCKED)
    )
    totals: dict[int, list[int]] = {}
    minutes: dict[int, list[float]] = {}
    for judge_id, total, taken_at, locked_at, locked in rows:
        assert total is not None
        assert locked_at is not None
        minutes.setdefault(judge_id, []).append((locked_at - taken_at).total_seconds() / 60)
        totals.setdefault(judge_id, []).extend([total] if locked >= judges else [])
    return {
        judge_id: JudgeFigures(
            rounded_mean(totals[judge_id], 1) if totals[judge_id] else None, round(median(minutes[judge_id]))
        )
        for judge_id in minutes
    }


def case_group(session: Session, case_id: int) -> str:
    """The name of the group in which the case is judged. One statement."""
    return session.scalars(
        select(Group.name)
        .join(Participation, Participation.group_id == Group.id)
        .join(JudgingCase, JudgingCase.participation_id == Participation.id)
        .where(JudgingCase.id == case_id)
    ).one()


def get_sheet(session: Session, contest_id: int, sheet_id: int) -> SheetFacts:
    """A sheet of this contest. Raises `NotFound`. One statement."""
    row = session.execute(
        select(JudgingCase.id, JudgingCase.code, PersonDetails.full_name)
        .join(ScoreSheet, ScoreSheet.case_id == JudgingCase.id)
        .join(Round, Round.id == JudgingCase.round_id)
        .join(PersonDetails, PersonDetails.person_id == ScoreSheet.judge_id)
        .where(Round.contest_id == contest_id, ScoreSheet.id == sheet_id)
    ).first()
    if row is None:
        raise NotFound
    return SheetFacts(*row)


def find_participation_of_code(session: Session, contest_id: int, code: str) -> int | None:
    """Whose case this code names in the contest, as a number; None for an unknown code."""
    return session.scalar(
        select(JudgingCase.participation_id)
        .join(Round, Round.id == JudgingCase.round_id)
        .where(Round.contest_id == contest_id, JudgingCase.code == code_key(code))
        .limit(1)
    )


def codes_of(session: Session, participation_ids: Collection[int]) -> dict[int, str]:
    """The codes by which these participants are judged, one after the other. One statement."""
    found: dict[int, str] = {}
    rows = session.execute(
        select(JudgingCase.participation_id, JudgingCase.code)
        .where(JudgingCase.participation_id.in_(participation_ids))
        .order_by(JudgingCase.id)
    )
    for participation_id, code in rows:
        found[participation_id] = f"{found[participation_id]}, {code}" if participation_id in found else code
    return found


def units_judged(session: Session, contest_id: int) -> dict[int, str]:
    """The units whose people take part in the contest, in the order of names. One statement."""
    rows = session.execute(
        select(Unit.id, Unit.name)
        .where(Unit.id.in_(select(Participation.unit_id).where(Participation.contest_id == contest_id)))
        .order_by(Unit.sort_key, Unit.id)
    )
    return {row.id: row.name for row in rows}
