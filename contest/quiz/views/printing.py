"""Papers on paper: which were made, making some, and their files."""

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs

from contest import clock
from contest.contests.domain import Phase
from contest.contests.models import Round, RoundKind
from contest.contests.queries import phased, rounds_of
from contest.db import db, unit_of_work
from contest.errors import DomainError, NotFound
from contest.questions.models import LookAct
from contest.questions.policies import OVERSEERS
from contest.questions.views.desk import Desk, Reply, desk_of, witnessed
from contest.quiz.forms import PrintForm
from contest.quiz.models import PaperPrint
from contest.quiz.queries.printing import get_print, print_page
from contest.quiz.services.printing import order_again, order_print
from contest.quiz.views.blueprint import keys
from contest.web.access import seated
from contest.web.bodies import PDF, heavy, let_go, send_stored
from contest.web.content import CONTENT_LANGUAGE
from contest.web.forms import carried_out, page
from contest.web.listing import Listing, asked
from contest.web.words import sentence

bp = Blueprint("prints", __name__)


@bp.route("/staff/<slug>/paper-prints", methods=["GET", "POST"])
@seated(*OVERSEERS)
def index(slug: str) -> Reply:
    """Every print of the contest, and the form that orders one."""
    desk, form = desk_of(slug), PrintForm()
    rounds = _rounds(desk)
    form.round_id.choices = [SelectChoice(row.id, row.name, {"lang": CONTENT_LANGUAGE}) for row in rounds]
    if form.round_id.data is None:
        form.round_id.data = next((row.id for row in rounds if row.closes_at > clock.now()), None)

    def act(session: Session) -> PaperPrint:
        values = {"contest": desk.contest, "round_id": form.round_id.data, "wish": form.wish, "keys": keys()}
        return order_print(session, desk.actor, clock.now(), **values)

    if carried_out(form, act):
        flash(_("The papers are being made. This takes less than a minute; then both files are here."), "ok")
        return redirect(url_for("prints.index", slug=slug), 303)
    wish = asked("-made", "round", "person")
    found = print_page(
        db.session(), desk.contest.id, wish.words, wish.number, sort=wish.sort, is_descending=wish.is_descending
    )
    open_rounds = [row for row in rounds if phased(row, clock.now()).phase is Phase.OPEN]
    values = {"contest": desk.contest, "listing": Listing(found, wish), "open_rounds": open_rounds}
    return page("quiz/prints.html", form, **values)


@bp.post("/staff/<slug>/paper-prints/<int:print_id>/again")
@seated(*OVERSEERS)
def again(slug: str, print_id: int) -> Response:
    """The same papers once more, after their files were deleted."""
    desk = desk_of(slug)
    try:
        with unit_of_work() as session:
            order_again(session, desk.actor, clock.now(), contest_id=desk.contest.id, print_id=print_id)
        flash(_("The same papers are being made again."), "ok")
    except NotFound:
        raise
    except DomainError as error:
        flash(sentence(error), "bad")
    return redirect(url_for("prints.index", slug=slug), 303)


@bp.get("/staff/<slug>/paper-prints/<int:print_id>/papers.pdf")
@seated(*OVERSEERS)
@heavy
def papers(slug: str, print_id: int) -> Response:
    """The papers, each of which begins on a sheet of its own."""
    desk = desk_of(slug)
    row = get_print(db.session(), desk.contest.id, print_id)
    return _file(desk, row, row.papers_key, f"de-{row.id}.pdf")


@bp.get("/staff/<slug>/paper-prints/<int:print_id>/answers.pdf")
@seated(*OVERSEERS)
@heavy
def answers(slug: str, print_id: int) -> Response:
    """The answers to all papers of a print."""
    desk = desk_of(slug)
    row = get_print(db.session(), desk.contest.id, print_id)
    return _file(desk, row, row.keys_key, f"dap-an-{row.id}.pdf")


def _file(desk: Desk, row: PaperPrint, key: str | None, name: str) -> Response:
    """Who takes it away is kept, question by question. Raises `NotFound` once it is deleted."""
    if key is None:
        raise NotFound
    shown = list(row.shown)
    response = send_stored(current_app.extensions["storage"], key, PDF, name)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    witnessed(response, desk, LookAct.PRINTED, shown)
    let_go()
    return response


def _rounds(desk: Desk) -> list[Round]:
    rounds = rounds_of(db.session(), desk.contest.id)
    return [row for row in rounds if row.kind is RoundKind.QUIZ and row.cancelled_at is None]
