"""Writing questions and looking at them."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from contest import clock
from contest.contests.models import Role
from contest.db import db
from contest.questions import queries, services
from contest.questions.domain import differences
from contest.questions.forms import ReviewForm, form_of
from contest.questions.labels import part_words, used_words
from contest.questions.models import Bank, LookAct, QuestionRevision
from contest.questions.policies import DESK
from contest.questions.queries import QuestionView
from contest.questions.queries.media import media_of_bank
from contest.questions.views.desk import Desk, Reply, bp, desk_of, witnessed
from contest.questions.views.findings import points_of
from contest.web.access import seated
from contest.web.forms import carried_out, page
from question_bank.kinds import kind_codes, kind_of
from question_bank.media import media_of


@bp.route("/staff/<slug>/banks/<int:bank_id>/questions/new", methods=["GET", "POST"])
@seated(Role.QUESTION_SETTER)
def write(slug: str, bank_id: int) -> Reply:
    """A new question of the kind in the address."""
    desk, session = desk_of(slug), db.session()
    bank, kind = desk.bank(bank_id), request.args.get("kind", "")
    form = form_of(kind_of(kind if kind in kind_codes() else "single"))(code=queries.next_code(session, bank.id))
    form.media = media_of_bank(session, bank.id, media_of([form.question()]))
    if form.add_row.data:
        form.show_more_rows()
    elif not form.preview.data:
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
    values = {"bank": bank, "view": None, "topics": _topics(bank)}
    return page("questions/editor.html", form, contest=desk.contest, **values)


@bp.route("/staff/<slug>/questions/<int:question_id>/edit", methods=["GET", "POST"])
@seated(Role.QUESTION_SETTER)
def revise(slug: str, question_id: int) -> Reply:
    """Change one's own question."""
    desk = desk_of(slug)
    view = desk.question(question_id)
    form = form_of(kind_of(view.current.kind))(view.question)
    form.media = media_of_bank(db.session(), view.bank.id, media_of([form.question()]))

    def act(unit: Session) -> QuestionRevision:
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
    elif not form.preview.data and carried_out(form, act) is not None:
        flash(_("The changes are saved."), "ok")
        return redirect(url_for("banks.question", slug=slug, question_id=question_id), 303)
    values = {"bank": view.bank, "view": view, "topics": _topics(view.bank)}
    _warn_of_uses(desk, view)
    shown = page("questions/editor.html", form, contest=desk.contest, **values)
    return witnessed(shown, desk, LookAct.SEEN, [view.current.id])


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
    revisions = queries.revision_list(session, view.row.id)
    shown = page(
        "questions/question.html",
        form,
        contest=desk.contest,
        rights=desk,
        view=view,
        revisions=revisions,
        numbers={revision.id: revision.number for revision in revisions},
        history=queries.history(session, view.row.id),
        corrections=queries.corrections_of(session, view.row.id),
        uses=queries.uses_of(session, desk.contest.id, [view.row.id]).get(view.row.id, []),
        points=points_of(desk, view),
        excluded=queries.excluded_questions(session, view.row),
        topic=next(
            (node.path for node in queries.topic_tree(session, view.bank.id) if node.id == view.row.topic_id), ""
        ),
    )
    return witnessed(shown, desk, LookAct.SEEN, [view.current.id])


@bp.get("/staff/<slug>/questions/<int:question_id>/preview")
@seated(*DESK)
def preview(slug: str, question_id: int) -> Reply:
    """The question alone, as it stands on a paper: without key, source and explanation."""
    desk = desk_of(slug)
    view = desk.question(question_id)
    shown = page("questions/preview.html", contest=desk.contest, view=view)
    return witnessed(shown, desk, LookAct.PREVIEWED, [view.current.id])


@bp.get("/staff/<slug>/questions/<int:question_id>/compare")
@seated(*DESK)
def compare(slug: str, question_id: int) -> Reply:
    """Two revisions side by side, with what changed marked word by word."""
    desk, session = desk_of(slug), db.session()
    view = desk.question(question_id)
    newest = view.current.number
    numbers = [request.args.get("old", max(1, newest - 1), type=int), request.args.get("new", newest, type=int)]
    old, new = (queries.get_revision(session, view.row.id, number) for number in numbers)
    rows = [(part_words(each.path, old.content, new.content), each) for each in differences(old.content, new.content)]
    shown = page(
        "questions/compare.html",
        contest=desk.contest,
        view=view,
        old=old,
        new=new,
        rows=rows,
        revisions=queries.revision_list(session, view.row.id),
    )
    return witnessed(shown, desk, LookAct.SEEN, [old.id, new.id])


def _topics(bank: Bank) -> list[str]:
    return [node.path for node in queries.topic_tree(db.session(), bank.id)]


def _warn_of_uses(desk: Desk, view: QuestionView) -> None:
    uses = queries.uses_of(db.session(), desk.contest.id, [view.row.id]).get(view.row.id, [])
    if uses and request.method == "GET":
        flash(used_words(uses), "wait")
