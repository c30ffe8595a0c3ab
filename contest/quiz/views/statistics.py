"""What answers say about questions: the rounds that are over, one round, one question."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TypeVar

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from contest import clock
from contest.contests.domain import slug_of
from contest.contests.models import Contest
from contest.contests.queries import get_contest
from contest.db import db, unit_of_work
from contest.errors import DomainError
from contest.i18n import show_datetime, show_scaled
from contest.questions.models import LookAct
from contest.questions.policies import OVERSEERS
from contest.questions.services import Look, record_looks
from contest.quiz import hooks
from contest.quiz.domain.sample import Sample
from contest.quiz.labels import SAMPLES
from contest.quiz.queries import statistics as queries
from contest.quiz.queries.statistics import ItemRow, Standing
from contest.quiz.services.statistics import request_statistics
from contest.quiz.views.charts import AnswerChart, answer_chart, histogram
from contest.web.access import actor, seated
from contest.web.downloads import download
from contest.web.forms import page
from contest.web.listing import Listing, asked
from contest.web.security import request_id
from contest.web.words import sentence
from question_bank.controls import Choice, Control
from question_bank.kinds import kind_of
from question_bank.paper import controls_shown
from question_bank.question import Question
from question_bank.statistics import (
    AnswerRow,
    Flag,
    ItemFigures,
    PaperFigures,
    PartFigures,
    flags_of,
    item_figures,
    paper_figures,
    too_few,
)
from question_bank.statistics.workbook import NOTHING, OTHERS, paper_rows, write_statistics
from question_bank.words import Locale, said

bp = Blueprint("statistics", __name__)
ROUND = "/staff/<slug>/statistics/<int:round_id>"

Reply = Response | tuple[str, int]
Shown = TypeVar("Shown", Response, Reply)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as the page names it."""

    mark: str
    text: str
    row: AnswerRow


@dataclass(frozen=True, slots=True)
class PartShown:
    """A part of a question: its answers, what else was counted, and the chart of it."""

    label: str
    answers: list[Answered]
    chart: AnswerChart


@dataclass(frozen=True, slots=True)
class ItemShown:
    """A question with its figures and what they say."""

    row: ItemRow
    question: Question
    figures: ItemFigures
    flags: tuple[Flag, ...]
    few: Flag | None


@bp.get("/staff/<slug>/statistics")
@seated(*OVERSEERS)
def index(slug: str) -> Reply:
    """Every quiz round that is over, and how far its statistics are."""
    contest, wish = get_contest(db.session(), slug), asked("-closes")
    found = queries.standing_page(
        db.session(), contest.id, clock.now(), wish.words, wish.number, is_descending=wish.is_descending
    )
    return page("quiz/statistics.html", contest=contest, listing=Listing(found, wish))


@bp.get(ROUND)
@seated(*OVERSEERS)
def round_page(slug: str, round_id: int) -> Reply:
    """The paper as a whole and its questions, those to be looked at again first."""
    contest, standing = _found(slug, round_id)
    session, wish = db.session(), asked(*queries.SORTS)
    is_flagged_only = request.args.get("flagged") == "1"
    found = queries.item_page(
        session,
        round_id,
        words=wish.words,
        is_flagged_only=is_flagged_only,
        sort=wish.sort,
        is_descending=wish.is_descending,
        number=wish.number,
    )
    figures, asked_questions = _paper(standing), queries.counted_questions(session, round_id).questions
    shown = page(
        "quiz/statistics_round.html",
        contest=contest,
        standing=standing,
        is_stale=_is_stale(standing),
        paper=figures,
        named=paper_rows(figures) if figures else [],
        chart=histogram(figures.bars) if figures else None,
        listing=Listing(found, wish),
        questions=[_item(row, asked_questions) for row in found.rows],
        is_flagged_only=is_flagged_only,
        samples=SAMPLES,
    )
    return _witnessed(shown, LookAct.FOUND, [row.item.revision_id for row in found.rows])


@bp.get(f"{ROUND}/questions/<int:revision_id>")
@seated(*OVERSEERS)
def item(slug: str, round_id: int, revision_id: int) -> Reply:
    """One question: what was answered, by whom of the three groups."""
    contest, standing = _found(slug, round_id)
    session = db.session()
    row = queries.get_item(session, round_id, revision_id)
    shown_item = _item(row, queries.counted_questions(session, round_id).questions)
    shown = page(
        "quiz/statistics_item.html",
        contest=contest,
        standing=standing,
        shown=shown_item,
        parts=_parts(shown_item.question, shown_item.figures),
        correction_endpoints=hooks.correction_endpoints,
    )
    return _witnessed(shown, LookAct.SEEN, [revision_id])


@bp.post(ROUND)
@seated(*OVERSEERS)
def renew(slug: str, round_id: int) -> Response:
    """Draw the statistics up, or draw them up again from other attempts."""
    contest = get_contest(db.session(), slug)
    wanted = request.form.get("sample", "")
    sample = Sample(wanted) if wanted in set(Sample) else Sample.FIRST
    try:
        with unit_of_work() as session:
            request_statistics(session, actor(), clock.now(), contest_id=contest.id, round_id=round_id, sample=sample)
    except DomainError as error:
        if error.status in {403, 404}:
            raise
        flash(sentence(error), "bad")
    else:
        flash(_("The statistics are being drawn up. Load this page again in a moment."), "ok")
    return redirect(url_for("statistics.round_page", slug=slug, round_id=round_id), 303)


@bp.get(f"{ROUND}/export.xlsx")
@seated(*OVERSEERS)
def export(slug: str, round_id: int) -> Reply:
    """Paper, questions and answers as a workbook; without anybody's name."""
    contest, standing = _found(slug, round_id)
    figures = _paper(standing)
    if figures is None:
        flash(_("There are no statistics of this round yet."), "wait")
        return redirect(url_for("statistics.round_page", slug=slug, round_id=round_id), 303)
    lines, stream = queries.statistics_lines(db.session(), round_id), BytesIO()
    write_statistics(stream, _heading(contest, standing), figures, list(lines.values()), _locale())
    file = download(stream, f"thong-ke-{slug_of(standing.round.name) or round_id}.xlsx")
    return _witnessed(file, LookAct.EXPORTED, lines)


def _found(slug: str, round_id: int) -> tuple[Contest, Standing]:
    contest = get_contest(db.session(), slug)
    return contest, queries.get_standing(db.session(), contest.id, round_id, clock.now())


def _paper(standing: Standing) -> PaperFigures | None:
    kept = standing.statistics.figures if standing.statistics else None
    return paper_figures(kept) if kept else None


def _is_stale(standing: Standing) -> bool:
    """Whether results were marked, or people excluded, since the statistics were drawn up."""
    kept = standing.statistics
    if kept is None or kept.computed_at is None:
        return False
    marked = queries.marked_now(db.session(), standing.round.id)
    return (kept.results, kept.marked_at) != (marked.results, marked.marked_at)


def _item(row: ItemRow, questions: Mapping[int, Question]) -> ItemShown:
    question, figures = row.question(questions), item_figures(row.item.figures)
    return ItemShown(row, question, figures, flags_of(question, figures), too_few(figures))


def _parts(question: Question, figures: ItemFigures) -> list[PartShown]:
    controls = controls_shown(question, range(len(kind_of(question.kind).option_ids(question))))
    return [
        PartShown(said(control.label, _locale()), *_answers(control, part))
        for control, part in zip(controls, figures.parts, strict=True)
    ]


def _answers(control: Control, part: PartFigures) -> tuple[list[Answered], AnswerChart]:
    locale, choices = _locale(), {choice.value: choice for choice in control.choices}
    answered = []
    for number, row in enumerate(part.rows, start=1):
        choice = choices.get(row.value, Choice(row.value, str(number), row.value))
        answered.append(Answered(said(choice.mark, locale) or str(number), said(choice.text, locale), row))
    chart = answer_chart(part, [each.mark for each in answered])
    if part.others:
        answered.append(Answered("", OTHERS.said(locale), part.others))
    return [*answered, Answered("", NOTHING.said(locale), part.nothing)], chart


def _heading(contest: Contest, standing: Standing) -> list[str]:
    kept = standing.statistics
    made = show_datetime(kept.computed_at, contest.time_zone) if kept and kept.computed_at else ""
    sample = str(SAMPLES[kept.sample]) if kept else ""
    title = _("STATISTICS OF %(round)s", round=standing.round.name.upper())
    return [contest.organizer_name, contest.title, title, f"{sample}; {made}"]


def _witnessed(shown: Shown, act: LookAct, revision_ids: Collection[int]) -> Shown:
    """A finished reply, once it is kept who sees these questions."""
    if revision_ids:
        with unit_of_work() as session:
            record_looks(session, Look(actor().person_id, clock.now(), request_id(), act), revision_ids)
    return shown


def _locale() -> Locale:
    return "vi" if get_locale().language == "vi" else "en"


@bp.context_processor
def _words() -> dict[str, object]:
    return {"percent": _percent, "figure": _figure}


def _percent(value: float | None) -> str:
    """A share in percent with one digit; a dash for none."""
    return "–" if value is None else f"{show_scaled(round(value * 10), 1, _locale())} %"


def _figure(value: float | None) -> str:
    """A number with at most two digits; a dash for none."""
    return "–" if value is None else show_scaled(round(value * 100), 2, _locale())
