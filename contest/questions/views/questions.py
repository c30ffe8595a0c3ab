"""Writing questions and looking at them."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from contest import clock
from contest.contests.models import Role
from contest.db import db
from contest.questions import queries, services
from contest.questions.domain import changed_fields
from contest.questions.forms import ReviewForm, form_of
from contest.questions.policies import DESK
from contest.questions.queries import QuestionView
from contest.questions.views.desk import Desk, Reply, bp, desk_of
from contest.web.access import seated
from contest.web.forms import carried_out, page
from question_bank.kinds import kind_codes, kind_of


@bp.route("/staff/<slug>/banks/<int:bank_id>/questions/new", methods=["GET", "POST"])
@seated(Role.QUESTION_SETTER)
def write(slug: str, bank_id: int) -> Reply:
    """A new question of the kind in the address."""
    desk, session = desk_of(slug), db.session()
    bank, kind = desk.bank(bank_id), request.args.get("kind", "")
    form = form_of(kind_of(kind if kind in kind_codes() else "single"))(code=queries.next_code(session, bank.id))
    if form.add_row.data:
        form.show_more_rows()
    else:
        row = carried_out(
            form,
            lambda unit: services.write_question(
                unit,
                desk.actor,
                clock.now(),
                bank=queries.get_bank(unit, desk.contest.id, bank_id),
                code=form.code.data or "",
                question=form.question(),
            ),
        )
        if row is not None:
            flash(_("Question %(code)s is saved as a draft.", code=row.code), "ok")
            return redirect(url_for("banks.question", slug=slug, question_id=row.id), 303)
    values = {"bank": bank, "view": None, "topics": queries.topics(session, bank.id)}
    return page("questions/editor.html", form, contest=desk.contest, **values)


@bp.route("/staff/<slug>/questions/<int:question_id>/edit", methods=["GET", "POST"])
@seated(Role.QUESTION_SETTER)
def revise(slug: str, question_id: int) -> Reply:
    """Change one's own question."""
    desk = desk_of(slug)
    view = desk.question(question_id)
    form = form_of(kind_of(view.current.kind))(view.question)

    def act(unit: Session) -> object:
        return services.revise_question(
            unit,
            desk.actor,
            clock.now(),
            contest_id=desk.contest.id,
            question_id=question_id,
            question=form.question(),
        )

    if form.add_row.data:
        form.show_more_rows()
    elif carried_out(form, act):
        flash(_("The changes are saved."), "ok")
        return redirect(url_for("banks.question", slug=slug, question_id=question_id), 303)
    values = {"bank": view.bank, "view": view, "topics": queries.topics(db.session(), view.bank.id)}
    return page("questions/editor.html", form, contest=desk.contest, **values)


@bp.get("/staff/<slug>/questions/<int:question_id>")
@seated(*DESK)
def question(slug: str, question_id: int) -> Reply:
    """One question: as a citizen sees it, its key, its history, and the decision on it."""
    desk = desk_of(slug)
    view = desk.question(question_id)
    return question_page(desk, view, ReviewForm(digest=view.current.digest))


def question_page(desk: Desk, view: QuestionView, form: ReviewForm) -> Reply:
    """The page of a question, also with a decision that could not be carried out."""
    session = db.session()
    return page(
        "questions/question.html",
        form,
        contest=desk.contest,
        rights=desk,
        view=view,
        revisions=queries.revision_list(session, view.row.id),
        history=queries.history(session, view.row.id),
    )


@bp.get("/staff/<slug>/questions/<int:question_id>/compare")
@seated(*DESK)
def compare(slug: str, question_id: int) -> Reply:
    """Two revisions side by side."""
    desk, session = desk_of(slug), db.session()
    view = desk.question(question_id)
    newest = view.current.number
    numbers = [request.args.get("old", max(1, newest - 1), type=int), request.args.get("new", newest, type=int)]
    pair = [queries.get_revision(session, view.row.id, number) for number in numbers]
    old, new = (queries.question_of(revision) for revision in pair)
    sides = list(zip(pair, (old, new), strict=True))
    changed = changed_fields(old, new)
    return page("questions/compare.html", contest=desk.contest, view=view, sides=sides, changed=changed)
