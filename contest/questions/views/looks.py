"""Who has seen questions after they were approved: for one question, for a bank, for one person."""

from io import BytesIO

from flask import render_template, request
from werkzeug.wrappers import Response

from contest.contests.domain import slug_of
from contest.db import db
from contest.questions import queries
from contest.questions.models import Bank, LookAct
from contest.questions.policies import OVERSEERS
from contest.questions.queries import QuestionView
from contest.questions.views.desk import Desk, Reply, bp, desk_of
from contest.questions.views.workbook import write_looks
from contest.web.access import seated
from contest.web.downloads import download
from contest.web.forms import page
from contest.web.listing import Listing, asked


@bp.get("/staff/<slug>/questions/<int:question_id>/looks")
@seated(*OVERSEERS)
def question_looks(slug: str, question_id: int) -> Reply:
    """Everybody who has seen one question."""
    desk, wish, act = desk_of(slug), asked("-at", "person"), _act()
    view = desk.question(question_id)
    found = queries.look_page(
        db.session(),
        view.bank.id,
        wish.words,
        wish.number,
        question_id=question_id,
        act=act,
        sort=wish.sort,
        is_descending=wish.is_descending,
    )
    return _looks(desk, view.bank, Listing(found, wish), view=view)


@bp.get("/staff/<slug>/banks/<int:bank_id>/looks")
@seated(*OVERSEERS)
def bank_looks(slug: str, bank_id: int) -> Reply:
    """Everybody who has seen questions of a bank, and how many."""
    desk, wish = desk_of(slug), asked("-last", "person", "questions")
    bank = desk.bank(bank_id)
    found = queries.looker_page(
        db.session(), bank.id, wish.words, wish.number, sort=wish.sort, is_descending=wish.is_descending
    )
    return page("questions/lookers.html", contest=desk.contest, rights=desk, bank=bank, listing=Listing(found, wish))


@bp.get("/staff/<slug>/banks/<int:bank_id>/looks/<int:person_id>")
@seated(*OVERSEERS)
def person_looks(slug: str, bank_id: int, person_id: int) -> Reply:
    """What one person has seen of a bank."""
    desk, session, wish, act = desk_of(slug), db.session(), asked("-at", "code"), _act()
    bank = desk.bank(bank_id)
    found = queries.look_page(
        session,
        bank.id,
        wish.words,
        wish.number,
        person_id=person_id,
        act=act,
        sort=wish.sort,
        is_descending=wish.is_descending,
    )
    person = queries.get_looker(session, bank.id, person_id)
    return _looks(desk, bank, Listing(found, wish), person=person)


@bp.get("/staff/<slug>/banks/<int:bank_id>/looks.xlsx")
@seated(*OVERSEERS)
def export_looks(slug: str, bank_id: int) -> Response:
    """Every look at the questions of a bank as a workbook."""
    desk = desk_of(slug)
    bank, stream = desk.bank(bank_id), BytesIO()
    write_looks(stream, desk.contest, bank, queries.all_looks(db.session(), bank.id))
    return download(stream, f"nguoi-da-xem-{slug_of(bank.name) or bank.id}.xlsx")


def _looks(desk: Desk, bank: Bank, listing: Listing, *, view: QuestionView | None = None, person: str = "") -> Reply:
    named = {"contest": desk.contest, "bank": bank, "view": view, "person": person, "act": _act()}
    return render_template("questions/looks.html", listing=listing, **named), 200


def _act() -> str:
    act = request.args.get("act", "")
    return act if act in set(LookAct) else ""
