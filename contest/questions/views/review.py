"""Sending to review, deciding, retiring."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from contest import clock
from contest.contests.models import Role
from contest.db import db, unit_of_work
from contest.questions import queries, services
from contest.questions.forms import RetireForm, ReviewForm
from contest.questions.models import LookAct
from contest.questions.policies import DESK
from contest.questions.views.desk import Reply, bp, desk_of, nothing_chosen, witnessed
from contest.questions.views.questions import question_page
from contest.web.access import seated
from contest.web.forms import carried_out, page


@bp.post("/staff/<slug>/questions/<int:question_id>/sending")
@seated(Role.QUESTION_SETTER)
def send(slug: str, question_id: int) -> Reply:
    """Put one's draft before the reviewers."""
    desk = desk_of(slug)
    with unit_of_work() as session:
        services.send_to_review(
            session, desk.actor, clock.now(), contest_id=desk.contest.id, question_ids=[question_id]
        )
    flash(_("The question is sent to review."), "ok")
    return redirect(url_for("banks.question", slug=slug, question_id=question_id), 303)


@bp.post("/staff/<slug>/questions/<int:question_id>/taking-back")
@seated(Role.QUESTION_SETTER)
def take_back(slug: str, question_id: int) -> Reply:
    """Make one's question a draft again before anybody has decided on it."""
    desk = desk_of(slug)
    with unit_of_work() as session:
        services.take_back(session, desk.actor, clock.now(), contest_id=desk.contest.id, question_id=question_id)
    flash(_("The question is a draft again."), "ok")
    return redirect(url_for("banks.question", slug=slug, question_id=question_id), 303)


@bp.post("/staff/<slug>/questions/<int:question_id>/review")
@seated(Role.QUESTION_SETTER, Role.QUESTION_REVIEWER)
def review(slug: str, question_id: int) -> Reply:
    """Approve, return, or say something about a question."""
    desk, form = desk_of(slug), ReviewForm()
    verdict, note = request.form.get("verdict", "remark"), form.note.data or ""
    common = {"contest_id": desk.contest.id}

    def act(session: Session) -> bool:
        now = clock.now()
        if verdict == "approve":
            digests = {question_id: form.digest.data or ""}
            services.approve_questions(session, desk.actor, now, **common, digests=digests, note=note)
        elif verdict == "return":
            services.return_question(session, desk.actor, now, **common, question_id=question_id, note=note)
        else:
            services.add_remark(session, desk.actor, now, **common, question_id=question_id, note=note)
        return True

    if carried_out(form, act):
        done = {"approve": _("The question is approved."), "return": _("The question is returned to its author.")}
        flash(done.get(verdict) or _("The remark is kept."), "ok")
        return redirect(url_for("banks.question", slug=slug, question_id=question_id), 303)
    view = desk.question(question_id)
    form.digest.data = view.current.digest  # the next decision is about what is shown now
    return question_page(desk, view, form)


@bp.route("/staff/<slug>/banks/<int:bank_id>/retirement", methods=["GET", "POST"])
@seated(*DESK)
def retire(slug: str, bank_id: int) -> Reply:
    """Ask, then take questions out of every pool to come."""
    desk, form = desk_of(slug), RetireForm()
    bank = desk.bank(bank_id)
    views = desk.asked_questions(bank)
    if not views:
        return nothing_chosen(slug, bank_id)
    ids = [view.row.id for view in views]

    def act(session: Session) -> bool:
        services.retire_questions(
            session,
            desk.actor,
            clock.now(),
            contest_id=desk.contest.id,
            question_ids=ids,
            reason=form.note.data or "",
        )
        return True

    if carried_out(form, act):
        flash(_("Questions retired: %(num)d.", num=len(ids)), "ok")
        return redirect(url_for("banks.show", slug=slug, bank_id=bank_id), 303)
    uses = queries.uses_of(db.session(), desk.contest.id, ids)
    shown = page("questions/retire.html", form, contest=desk.contest, bank=bank, views=views, uses=uses)
    return witnessed(shown, desk, LookAct.FOUND, [view.current.id for view in views])


@bp.route("/staff/<slug>/questions/<int:question_id>/restoration", methods=["GET", "POST"])
@seated(Role.QUESTION_SETTER, Role.QUESTION_REVIEWER)
def restore(slug: str, question_id: int) -> Reply:
    """Ask why, then bring a retired question back to the reviewers or to its author."""
    desk, form = desk_of(slug), RetireForm()
    view = desk.question(question_id)

    def act(session: Session) -> bool:
        services.restore_question(
            session,
            desk.actor,
            clock.now(),
            contest_id=desk.contest.id,
            question_id=question_id,
            reason=form.note.data or "",
        )
        return True

    if carried_out(form, act):
        flash(_("The question is brought back."), "ok")
        return redirect(url_for("banks.question", slug=slug, question_id=question_id), 303)
    return page("questions/restore.html", form, contest=desk.contest, view=view)


@bp.post("/staff/<slug>/questions/<int:question_id>/remarks/<int:note_id>")
@seated(Role.QUESTION_SETTER, Role.QUESTION_REVIEWER)
def remark(slug: str, question_id: int, note_id: int) -> Reply:
    """Answer a remark, or say that it is dealt with."""
    desk, form = desk_of(slug), RetireForm()
    where = {"contest_id": desk.contest.id, "question_id": question_id, "note_id": note_id}
    is_settled = request.form.get("act") == "settle"

    def act(session: Session) -> bool:
        if is_settled:
            services.settle_remark(session, desk.actor, clock.now(), **where)
        else:
            services.answer_remark(session, desk.actor, clock.now(), **where, answer=form.note.data or "")
        return True

    if carried_out(form, act):
        flash(_("The remark is settled.") if is_settled else _("The answer is kept."), "ok")
    else:
        flash("; ".join(str(each) for errors in form.errors.values() for each in errors), "bad")
    return redirect(url_for("banks.question", slug=slug, question_id=question_id) + f"#remark-{note_id}", 303)
