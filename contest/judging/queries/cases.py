"""The chief judge's list of cases, and one case with its sheets."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Subquery, and_, case, exists, func, select
from sqlalchemy.orm import Session

from contest.accounts.queries import full_names
from contest.actors import Actor
from contest.contests.models import Round
from contest.errors import NotFound
from contest.judging.domain.codes import code_key
from contest.judging.domain.panel import Panel, Verdict, mean_of_sum, verdict
from contest.judging.domain.seats import is_revealed
from contest.judging.models import CaseReport, JudgingCase, PanelAgreement, ScoreSheet
from contest.judging.queries.panel import COUNTS, panel_of
from contest.paging import Page, page_of
from contest.participation.models import Participation

CASE_STATES = ("waiting", "to_agree", "settled", "set_aside", "reported")
CASE_SORTS = ("code", "sheets", "spread", "score")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A line of the list, in 1/1000 point. Nothing of the scores is known before every sheet is locked.

    `state` is one of the first four of `CASE_STATES`; a case of an excluded participant counts as set aside.
    """

    id: int
    code: str
    state: str
    locked: int
    judges: int
    spread: int | None
    score: int | None
    has_report: bool


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet beside the others of its case. `total`, `marks` and `comment` are None where they are still hidden."""

    id: int
    judge_id: int
    judge_name: str
    place: int
    is_locked: bool
    is_own: bool
    total: int | None
    marks: dict[str, int] | None
    comment: str | None
    leased_until: datetime
    locked_at: datetime | None
    reopened_at: datetime | None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as the chief judge sees it. `verdict` is None while the sheets are hidden."""

    case: JudgingCase
    round: Round
    panel: Panel
    sheets: tuple[SheetView, ...]
    agreement: PanelAgreement | None
    verdict: Verdict | None
    counts: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the locked sheets of a complete case lie apart, in 1/1000 point."""

    case_id: int
    code: str
    spread: int
    mean: int
    needs_agreement: bool
    score: int | None


def spreads(session: Session, round_: Round) -> list[Spread]:
    """Every complete case that counts, the widest spread first. Two statements. Raises `panel_missing`."""
    panel = panel_of(session, round_)
    tally = _tally()
    rows = session.execute(
        select(JudgingCase.id, JudgingCase.code, tally.c.high - tally.c.low, tally.c.sum, PanelAgreement.score)
        .join(Participation, Participation.id == JudgingCase.participation_id)
        .join(tally, tally.c.case_id == JudgingCase.id)
        .outerjoin(PanelAgreement, PanelAgreement.case_id == JudgingCase.id)
        .where(JudgingCase.round_id == round_.id, COUNTS, tally.c.locked >= panel.judges)
        .order_by((tally.c.high - tally.c.low).desc(), JudgingCase.code)
    )
    return [_spread(panel, *row) for row in rows]


def cases_page(
    session: Session,
    round_: Round,
    *,
    words: str = "",
    state: str = "",
    sort: str = "code",
    is_descending: bool = False,
    number: int = 1,
) -> Page[CaseRow]:
    """The cases of a round; `words` is a part of a code, `state` one of `CASE_STATES`, `sort` one of `CASE_SORTS`.

    Three statements. Raises `panel_missing`.
    """
    panel = panel_of(session, round_)
    listed = _listed(round_.id, panel)
    key = listed.c[sort]
    statement = select(
        listed.c.id,
        listed.c.code,
        listed.c.state,
        listed.c.sheets,
        listed.c.spread,
        listed.c.sum,
        listed.c.agreed,
        listed.c.has_report,
    ).order_by((key.desc() if is_descending else key.asc()).nulls_last(), listed.c.code)
    if words:
        statement = statement.where(listed.c.code.contains(code_key(words), autoescape=True))
    if state == "reported":
        statement = statement.where(listed.c.has_report)
    elif state in CASE_STATES:
        statement = statement.where(listed.c.state == state)
    return page_of(session, statement, number, make=lambda row: _case_row(panel, *row))


def case_file(session: Session, actor: Actor, contest_id: int, case_id: int) -> CaseFile:
    """One case of this contest with its sheets. Raises `NotFound`, `panel_missing`.

    The sheets of others stay closed until all are locked; to a chief who also judges, until their own is.
    """
    row = session.execute(
        select(JudgingCase, Round, PanelAgreement, COUNTS)
        .join(Round, Round.id == JudgingCase.round_id)
        .join(Participation, Participation.id == JudgingCase.participation_id)
        .outerjoin(PanelAgreement, PanelAgreement.case_id == JudgingCase.id)
        .where(Round.contest_id == contest_id, JudgingCase.id == case_id)
    ).first()
    if row is None:
        raise NotFound
    found, round_, agreement, counts = row
    panel = panel_of(session, round_)
    sheets = session.scalars(
        select(ScoreSheet)
        .where(ScoreSheet.case_id == case_id, ScoreSheet.released_at.is_(None))
        .order_by(ScoreSheet.place)
    ).all()
    totals = [sheet.total for sheet in sheets if sheet.total is not None]
    is_shown = is_revealed(
        has_locked_own=any(sheet.judge_id == actor.person_id and sheet.locked_at for sheet in sheets),
        locked=len(totals),
        judges=panel.judges,
    )
    names = full_names(session, {sheet.judge_id for sheet in sheets})
    views = tuple(_view(sheet, names.get(sheet.judge_id, ""), actor, is_shown=is_shown) for sheet in sheets)
    settled = verdict(panel, totals, agreement.score if agreement else None) if is_shown else None
    return CaseFile(found, round_, panel, views, agreement, settled, bool(counts))


def _view(sheet: ScoreSheet, name: str, actor: Actor, *, is_shown: bool) -> SheetView:
    """An open sheet is its judge's own business: marks and comment are shown once it is locked."""
    is_locked, is_own = sheet.locked_at is not None, sheet.judge_id == actor.person_id
    is_read = is_own or (is_locked and is_shown)
    return SheetView(
        id=sheet.id,
        judge_id=sheet.judge_id,
        judge_name=name,
        place=sheet.place,
        is_locked=is_locked,
        is_own=is_own,
        total=sheet.total if is_read else None,
        marks=dict(sheet.marks) if is_read else None,
        comment=sheet.comment if is_read else None,
        leased_until=sheet.leased_until,
        locked_at=sheet.locked_at,
        reopened_at=sheet.reopened_at,
    )


def _tally() -> Subquery:
    return (
        select(
            ScoreSheet.case_id,
            func.count().label("locked"),
            func.max(ScoreSheet.total).label("high"),
            func.min(ScoreSheet.total).label("low"),
            func.sum(ScoreSheet.total).label("sum"),
        )
        .where(ScoreSheet.locked_at.is_not(None), ScoreSheet.released_at.is_(None))
        .group_by(ScoreSheet.case_id)
        .subquery()
    )


def _listed(round_id: int, panel: Panel) -> Subquery:
    """Every case of the round with where it stands; the column `score` only orders: it is n times the score."""
    tally = _tally()
    sheets = func.coalesce(tally.c.locked, 0)
    spread = case((sheets >= panel.judges, tally.c.high - tally.c.low))
    is_apart = spread >= panel.agree_from
    state = case(
        (~COUNTS, "set_aside"),
        (sheets < panel.judges, "waiting"),
        (and_(is_apart, PanelAgreement.case_id.is_(None)), "to_agree"),
        else_="settled",
    )
    score = case((is_apart, PanelAgreement.score * panel.judges), else_=tally.c.sum)
    reported = exists().where(CaseReport.case_id == JudgingCase.id, CaseReport.settled_at.is_(None))
    return (
        select(
            JudgingCase.id,
            JudgingCase.code,
            state.label("state"),
            sheets.label("sheets"),
            spread.label("spread"),
            case((state == "settled", score)).label("score"),
            tally.c.sum,
            PanelAgreement.score.label("agreed"),
            reported.label("has_report"),
        )
        .join(Participation, Participation.id == JudgingCase.participation_id)
        .outerjoin(tally, tally.c.case_id == JudgingCase.id)
        .outerjoin(PanelAgreement, PanelAgreement.case_id == JudgingCase.id)
        .where(JudgingCase.round_id == round_id)
        .subquery()
    )


def _case_row(
    panel: Panel,
    case_id: int,
    code: str,
    state: str,
    locked: int,
    spread: int | None,
    total: int | None,
    agreed: int | None,
    has_report: bool,
) -> CaseRow:
    score = _score(panel, spread, total, agreed) if state == "settled" else None
    return CaseRow(case_id, code, state, locked, panel.judges, spread, score, has_report)


def _spread(panel: Panel, case_id: int, code: str, spread: int, total: int, agreed: int | None) -> Spread:
    mean = mean_of_sum(int(total), panel.judges, panel.decimals)
    return Spread(case_id, code, spread, mean, spread >= panel.agree_from, _score(panel, spread, total, agreed))


def _score(panel: Panel, spread: int | None, total: int | None, agreed: int | None) -> int | None:
    if spread is None or total is None:
        return None
    if spread >= panel.agree_from:
        return agreed
    return mean_of_sum(int(total), panel.judges, panel.decimals)
