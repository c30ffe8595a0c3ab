"""Sending to review, deciding, retiring."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from contest import clock
from contest.contests.models import Role
from contest.db import unit_of_work
from contest.errors import DomainError, NotFound
from contest.questions import services
from contest.questions.forms import RetireForm, ReviewForm
from contest.questions.policies import DESK
from contest.questions.views.desk import Reply, bp, desk_of
from contest.questions.views.questions import question_page
from contest.web.access import seated
from contest.web.forms import carried_out, page
from contest.web.words import sentence


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
    return question_page(desk, desk.question(question_id), form)


@bp.route("/staff/<slug>/banks/<int:bank_id>/retirement", methods=["GET", "POST"])
@seated(*DESK)
def retire(slug: str, bank_id: int) -> Reply:
    """Ask, then take questions out of every pool to come."""
    desk, form = desk_of(slug), RetireForm()
    ids = [int(part) for part in request.args.get("questions", "").split(",") if part.isdecimal()]
    views = [desk.question(id_) for id_ in ids]
    bank = desk.bank(bank_id)
    if not views:
        flash(sentence(DomainError("nothing_chosen")), "bad")
        return redirect(url_for("banks.show", slug=slug, bank_id=bank_id), 303)
    if any(view.bank.id != bank.id for view in views):
        raise NotFound

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
    return page("questions/retire.html", form, contest=desk.contest, bank=bank, views=views)
