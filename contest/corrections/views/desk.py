"""The desk of corrections: which question, what is ruled, what it would do, and the way to a second person."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from contest import clock
from contest.approvals.queries import find_open_proposal, open_proposals
from contest.contests.models import Contest, Round, RoundKind
from contest.contests.queries import get_contest, get_round_of
from contest.corrections import labels, queries
from contest.corrections.domain import source_of_place, source_of_result
from contest.corrections.forms import CorrectionForm
from contest.corrections.models import Correction
from contest.corrections.policies import PREPARE, may_see_people
from contest.corrections.queries.papers import points_on_papers
from contest.corrections.services.acts import KIND
from contest.corrections.services.applying import put_forward
from contest.corrections.services.preparing import drop_correction, prepare_correction, recount_correction
from contest.db import db
from contest.errors import NotFound
from contest.notices.queries import people_told
from contest.questions.models import LookAct
from contest.questions.views.desk import Desk, witnessed
from contest.questions.views.media import media_of
from contest.quiz.domain.rulings import RulingAct, read_answers
from contest.quiz.queries import may_key_show, rulings_of
from contest.standings.queries import pending_matters, units_by_id
from contest.web.access import actor, seated
from contest.web.forms import BaseForm, carried_out, page
from contest.web.listing import Listing, asked
from question_bank.kinds import kind_of
from question_bank.question import Question

bp = Blueprint("corrections", __name__)

WINNERS_SHOWN = 50
Reply = Response | tuple[str, int]


@bp.context_processor
def _words() -> dict[str, object]:
    return {
        "rulings": labels.RULINGS,
        "states": labels.STATES,
        "target_words": labels.target_words,
        "kind_of": kind_of,
        "right_questions": _right_questions,
    }


def _right_questions(question: Question, correction: Correction) -> list[Question]:
    """The question by each answer that a correction makes right."""
    return [answer.applied(question) for answer in read_answers(correction.answers)]


@bp.get("/staff/<slug>/corrections")
@seated(*PREPARE)
def index(slug: str) -> Reply:
    """The quiz rounds whose keys may be corrected."""
    contest = get_contest(db.session(), slug)
    rounds = queries.quiz_rounds(db.session(), contest.id)
    return page("corrections/index.html", contest=contest, rounds=rounds, now=clock.now())


@bp.get("/staff/<slug>/rounds/<int:round_id>/corrections")
@seated(*PREPARE)
def round_page(slug: str, round_id: int) -> Reply:
    """Every correction of a round, and its questions to begin another one with."""
    session, wish = db.session(), asked("code")
    contest, round_ = quiz_round(slug, round_id)
    found = queries.questions_page(session, round_.id, words=wish.words, number=wish.number)
    shown = page(
        "corrections/round.html",
        contest=contest,
        round=round_,
        pending=pending_matters(session, round_, clock.now()),
        rows=queries.corrections_of(session, round_.id),
        waiting={each.subject_id for each in open_proposals(session, contest.id) if each.kind == KIND},
        listing=Listing(found, wish),
    )
    return witnessed(shown, Desk(contest, actor()), LookAct.FOUND, [each.revision_id for each in found.rows])


@bp.route("/staff/<slug>/rounds/<int:round_id>/corrections/new/<int:revision_id>", methods=["GET", "POST"])
@seated(*PREPARE)
def create(slug: str, round_id: int, revision_id: int) -> Reply:
    """What is to be ruled about one question."""
    session = db.session()
    contest, round_ = quiz_round(slug, round_id)
    found = queries.get_asked(session, round_.id, revision_id)
    standing = rulings_of(session, round_.id).by_revision.get(revision_id)
    acts = [act for act in RulingAct if standing or act is not RulingAct.RESTORE]
    form = CorrectionForm(found.question, acts)

    def act(unit: Session) -> Correction:
        return prepare_correction(
            unit,
            actor(),
            clock.now(),
            contest_id=contest.id,
            round_id=round_.id,
            revision_id=revision_id,
            **form.ruled(),
        )

    correction = carried_out(form, act)
    if correction is not None:
        flash(_("The effects are being counted. Nothing has changed yet."), "ok")
        return redirect(_url(slug, round_id, correction.number), 303)
    shown = page(
        "corrections/create.html",
        form,
        contest=contest,
        round=round_,
        asked=found,
        counts=points_on_papers(session, round_.id, revision_id, found.question),
        media=media_of(contest, found.bank),
        standing=standing,
        pending=pending_matters(session, round_, clock.now()),
        is_key_secret=not may_key_show(session, round_, clock.now()),
        others=[each for each in queries.rounds_that_asked(session, contest.id, revision_id) if each.id != round_.id],
    )
    return witnessed(shown, Desk(contest, actor()), LookAct.SEEN, [revision_id])


@bp.get("/staff/<slug>/rounds/<int:round_id>/corrections/<int:number>")
@seated(*PREPARE)
def show(slug: str, round_id: int, number: int) -> Reply:
    """What a correction does, in figures, and where it stands."""
    return _shown(slug, round_id, number, BaseForm())


@bp.post("/staff/<slug>/rounds/<int:round_id>/corrections/<int:number>/proposal")
@seated(*PREPARE)
def propose(slug: str, round_id: int, number: int) -> Reply:
    """Put it before a second person."""
    return _done(slug, round_id, number, put_forward, _("The correction waits for a second person now."))


@bp.post("/staff/<slug>/rounds/<int:round_id>/corrections/<int:number>/count")
@seated(*PREPARE)
def recount(slug: str, round_id: int, number: int) -> Reply:
    """Count its effects again."""
    return _done(slug, round_id, number, recount_correction, _("The effects are being counted again."))


@bp.post("/staff/<slug>/rounds/<int:round_id>/corrections/<int:number>/end")
@seated(*PREPARE)
def drop(slug: str, round_id: int, number: int) -> Reply:
    """Give it up."""
    return _done(slug, round_id, number, drop_correction, _("The correction is given up. Nothing was changed."))


def quiz_round(slug: str, round_id: int) -> tuple[Contest, Round]:
    """The contest and a quiz round of it. Raises `NotFound`."""
    contest = get_contest(db.session(), slug)
    round_ = get_round_of(db.session(), contest.id, round_id)
    if round_.kind is not RoundKind.QUIZ:
        raise NotFound
    return contest, round_


def _done(slug: str, round_id: int, number: int, act: Callable[..., object], words: str) -> Reply:
    contest, round_ = quiz_round(slug, round_id)
    form = BaseForm()
    asked_for = {"contest_id": contest.id, "round_id": round_.id, "number": number}
    if carried_out(form, lambda unit: (act(unit, actor(), clock.now(), **asked_for),)):
        flash(words, "ok")
        return redirect(_url(slug, round_id, number), 303)
    return _shown(slug, round_id, number, form)


def _shown(slug: str, round_id: int, number: int, form: BaseForm) -> Reply:
    session = db.session()
    contest, round_ = quiz_round(slug, round_id)
    row = queries.get_correction(session, round_.id, number)
    correction = row.correction
    found = queries.get_asked(session, round_.id, correction.revision_id)
    units = correction.figures["units"] if correction.figures else []
    names = may_see_people(actor(), contest.id)
    shown = page(
        "corrections/show.html",
        form,
        contest=contest,
        round=round_,
        row=row,
        correction=correction,
        asked=found,
        counts=points_on_papers(session, round_.id, correction.revision_id, found.question),
        media=media_of(contest, found.bank),
        proposal=find_open_proposal(session, contest.id, KIND, correction.id),
        units=units,
        known=units_by_id(session, [unit_id for unit_id, *_ranks in units]),
        winners=queries.prizes_moved(session, correction.id, WINNERS_SHOWN) if names else [],
        undone=queries.people_undone(session, correction) if names else [],
        may_see_people=names,
        told=people_told(session, [source_of_result(correction.id), source_of_place(correction.id)]),
    )
    return witnessed(shown, Desk(contest, actor()), LookAct.SEEN, [correction.revision_id])


def _url(slug: str, round_id: int, number: int) -> str:
    return url_for("corrections.show", slug=slug, round_id=round_id, number=number)
