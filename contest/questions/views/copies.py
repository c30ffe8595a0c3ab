"""Copying questions to another contest."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs

from contest import clock
from contest.contests.models import Role
from contest.db import db
from contest.questions import queries, services
from contest.questions.forms import CopyForm
from contest.questions.models import Bank, LookAct
from contest.questions.queries import Setter
from contest.questions.views.desk import Reply, bp, desk_of, witnessed
from contest.web.access import seated
from contest.web.content import content, worded
from contest.web.forms import carried_out, page


@bp.route("/staff/<slug>/banks/<int:bank_id>/copy", methods=["GET", "POST"])
@seated(Role.ORGANIZER)
def copy(slug: str, bank_id: int) -> Reply:
    """The chosen questions, or the whole bank, as copies for another contest of the same organizer."""
    desk, session = desk_of(slug), db.session()
    bank = desk.bank(bank_id)
    views = desk.asked_questions(bank)
    mine = {seat.contest_id for seat in desk.actor.seats if seat.role == Role.ORGANIZER} - {desk.contest.id}
    setters = {f"{each.contest_id}-{each.person_id}": each for each in queries.setters(session, mine, clock.now())}
    form = CopyForm(name=bank.name)
    form.receiver.choices = [SelectChoice(key, _setter_words(each)) for key, each in setters.items()]

    def act(unit: Session) -> Bank:
        there = setters[form.receiver.data]
        return services.copy_questions(
            unit,
            desk.actor,
            clock.now(),
            bank=queries.get_bank(unit, desk.contest.id, bank_id),
            question_ids=[view.row.id for view in views],
            receiver=services.Receiver(there.contest_id, there.person_id, form.name.data or ""),
        )

    made = carried_out(form, act)
    if made is not None:
        there = setters[form.receiver.data]
        flash(_("The questions are copied. There they wait for a reviewer or are drafts."), "ok")
        copied = redirect(url_for("banks.show", slug=there.contest_slug, bank_id=made.id), 303)
        seen = [view.current.id for view in views] or queries.exported_revisions(bank_id)
        return witnessed(copied, desk, LookAct.EXPORTED, seen)
    return page("questions/copy.html", form, contest=desk.contest, bank=bank, views=views)


def _setter_words(setter: Setter) -> str:
    return worded(_("%(contest)s: %(person)s"), contest=content(setter.contest_title), person=content(setter.full_name))
