"""The panel rule of a round, and what it says of each case."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session

from contest.contests.models import Round, RoundKind, RulesVersion
from contest.contests.queries import rules_at_closing
from contest.errors import DomainError
from contest.judging.domain.panel import Panel, Verdict, read_panel, verdict
from contest.judging.hooks import Readiness, sources
from contest.judging.models import CaseKind, JudgingCase, PanelAgreement, ScoreSheet
from contest.participation.models import Participation

COUNTS: ColumnElement[bool] = and_(JudgingCase.set_aside_at.is_(None), Participation.excluded_at.is_(None))
"""Whether a case is scored: it was not set aside, and its participant was not excluded."""


PANEL_OF = {RoundKind.ENTRY: "panel", RoundKind.QUIZ: "essay_panel"}
"""By kind of round, the section of the rules by which it is judged."""


@dataclass(frozen=True, slots=True)
class JudgedResult:
    """What standings rank: the official score (1/1000 point) of a case, None while there is none.

    `totals` are the raw totals of its locked sheets, by place: what the verdict was made of.
    """

    participation_id: int
    group_id: int
    unit_id: int
    case_id: int
    kind: CaseKind
    subject_id: int
    score: int | None
    verdict: Verdict
    totals: tuple[int, ...]
    handed_in_at: datetime


@dataclass(frozen=True, slots=True)
class Pending:
    """How far a round is. Of its `cases`, `waiting` lack locked sheets and `to_agree` wait for the chair.

    Not yet cases: `unopened` could be opened now, the files of `checking` are still examined, those of `unreadable`
    were refused, so that judges can't see them.
    """

    cases: int
    waiting: int
    to_agree: int
    unopened: int
    checking: int
    unreadable: int

    @property
    def scored(self) -> int:
        """How many have their official score."""
        return self.cases - self.waiting - self.to_agree

    @property
    def unscored(self) -> int:
        """How many still lack score sheets, no case yet or being examined included; what can't be read gets none."""
        return self.waiting + self.unopened + self.checking


def panel_of(session: Session, round_: Round) -> Panel:
    """The panel rule of this round: the one in force when it closes. Raises `panel_missing`."""
    rules = rules_at_closing(session, round_)
    panel = find_panel(rules, round_.kind) if rules else None
    if panel is None:
        raise DomainError("panel_missing")
    return panel


def find_panel(rules: RulesVersion, kind: RoundKind) -> Panel | None:
    """The panel rule for rounds of this kind; None without a rubric."""
    value = rules.sections.get(PANEL_OF[kind])
    return read_panel(value) if value and value["criteria"] else None


def judged_results(session: Session, round_: Round) -> list[JudgedResult]:
    """Every case that counts with what the panel rule says of it. Three statements. Raises `panel_missing`."""
    panel = panel_of(session, round_)
    cases = session.execute(
        select(JudgingCase, Participation.group_id, Participation.unit_id, PanelAgreement)
        .join(Participation, Participation.id == JudgingCase.participation_id)
        .outerjoin(PanelAgreement, PanelAgreement.case_id == JudgingCase.id)
        .where(JudgingCase.round_id == round_.id, COUNTS)
        .order_by(JudgingCase.id)
    ).all()
    totals: dict[int, tuple[int, ...]] = {}
    for case_id, total in session.execute(_totals().where(JudgingCase.round_id == round_.id)):
        totals[case_id] = (*totals.get(case_id, ()), total)
    return [
        _judged(case, group_id, unit_id, totals.get(case.id, ()), verdict(panel, totals.get(case.id, ()), _agreed(row)))
        for case, group_id, unit_id, row in cases
    ]


def pending_cases(session: Session, round_id: int) -> Pending:
    """How many cases there are, lack sheets, wait for an agreement, or are still to be opened."""
    round_ = session.get_one(Round, round_id)
    verdicts = [judged.verdict for judged in judged_results(session, round_)]
    opened = set(session.execute(select(JudgingCase.kind, JudgingCase.subject_id).filter_by(round_id=round_id)))
    rest = [
        subject.readiness
        for kind, source in sources.items()
        for subject in source.subjects(session, round_)
        if (kind, subject.id) not in opened
    ]
    return Pending(
        cases=len(verdicts),
        waiting=sum(each.is_missing for each in verdicts),
        to_agree=sum(each.score is None and not each.is_missing for each in verdicts),
        unopened=rest.count(Readiness.READY),
        checking=rest.count(Readiness.CHECKING),
        unreadable=rest.count(Readiness.UNREADABLE),
    )


def rounds_judged(session: Session, contest_id: int) -> list[int]:
    """Ids of the rounds of a contest whose judging is open."""
    has_cases = exists().where(JudgingCase.round_id == Round.id)
    return list(session.scalars(select(Round.id).where(Round.contest_id == contest_id, has_cases).order_by(Round.id)))


def locked_totals(session: Session, case_id: int) -> list[int]:
    """The raw totals of the case's locked sheets, by place."""
    return [total for _case, total in session.execute(_totals().where(ScoreSheet.case_id == case_id))]


def _judged(case: JudgingCase, group_id: int, unit_id: int, totals: tuple[int, ...], settled: Verdict) -> JudgedResult:
    return JudgedResult(
        participation_id=case.participation_id,
        group_id=group_id,
        unit_id=unit_id,
        case_id=case.id,
        kind=case.kind,
        subject_id=case.subject_id,
        score=settled.score,
        verdict=settled,
        totals=totals,
        handed_in_at=case.handed_in_at,
    )


def _totals() -> Select[int, int]:
    """The total of every locked sheet with its case, by place; a locked sheet has one."""
    return (
        select(ScoreSheet.case_id, func.coalesce(ScoreSheet.total, 0))
        .join(JudgingCase, JudgingCase.id == ScoreSheet.case_id)
        .where(ScoreSheet.locked_at.is_not(None), ScoreSheet.released_at.is_(None))
        .order_by(ScoreSheet.case_id, ScoreSheet.place)
    )


def _agreed(agreement: PanelAgreement | None) -> int | None:
    return agreement.score if agreement else None
