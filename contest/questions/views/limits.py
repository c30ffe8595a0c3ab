"""What papers owe a question."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from contest import clock
from contest.db import db
from contest.questions import queries, services
from contest.questions.forms import LimitsForm
from contest.questions.policies import OVERSEERS
from contest.questions.views.desk import Reply, bp, desk_of
from contest.web.access import seated
from contest.web.forms import carried_out, page


@bp.route("/staff/<slug>/questions/<int:question_id>/papers", methods=["GET", "POST"])
@seated(*OVERSEERS)
def limits(slug: str, question_id: int) -> Reply:
    """Whether it is on every paper, and beside which questions never. Shows codes, and no question."""
    desk = desk_of(slug)
    view = desk.question(question_id)
    form = LimitsForm(is_compulsory=view.row.is_compulsory)

    def act(unit: Session) -> bool:
        services.limit_question(
            unit,
            desk.actor,
            clock.now(),
            contest_id=desk.contest.id,
            question_id=question_id,
            is_compulsory=form.is_compulsory.data,
            is_alone=form.is_alone.data,
            beside=form.codes,
        )
        return True

    if carried_out(form, act):
        flash(_("The changes are saved."), "ok")
        return redirect(url_for("banks.question", slug=slug, question_id=question_id), 303)
    excluded = queries.excluded_questions(db.session(), view.row)
    return page("questions/limits.html", form, contest=desk.contest, view=view, excluded=excluded)
