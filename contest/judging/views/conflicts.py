"""Who must not judge whom. Participants are named by the codes of their cases: whoever reads this stays blind, too."""

from collections.abc import Mapping

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from contest import clock
from contest.contests.models import Contest
from contest.contests.views.confirm import Reply, confirmed
from contest.db import db
from contest.errors import DomainError
from contest.judging import queries
from contest.judging.forms.desk import ConflictForm
from contest.judging.policies import CONFLICT_KEEPERS
from contest.judging.queries import overview
from contest.judging.services.conflicts import note_conflict, remove_conflict
from contest.judging.views.blueprint import bp, found_contest
from contest.web.access import actor, seated
from contest.web.content import content, worded
from contest.web.forms import BaseForm, carried_out, page
from contest.web.listing import Listing, asked


@bp.route("/staff/<slug>/judging/conflicts", methods=["GET", "POST"])
@seated(*CONFLICT_KEEPERS)
def conflicts(slug: str) -> Reply:
    """What is noted, and the form that notes one more."""
    session, contest, wish = db.session(), found_contest(slug), asked("judge")
    form = _form(session, contest)
    if carried_out(form, lambda unit: _note(unit, contest, form)):
        flash(_("The conflict is noted: these cases no longer come to this judge."), "ok")
        return redirect(url_for("judging.conflicts", slug=slug), 303)
    found = queries.conflicts_page(session, contest.id, words=wish.words, number=wish.number)
    participants = [each.conflict.participation_id for each in found.rows if each.conflict.participation_id]
    return page(
        "judging/conflicts.html",
        form,
        contest=contest,
        listing=Listing(found, wish),
        codes=overview.codes_of(session, participants),
    )


@bp.route("/staff/<slug>/judging/conflicts/<int:conflict_id>/removal", methods=["GET", "POST"])
@seated(*CONFLICT_KEEPERS)
def remove(slug: str, conflict_id: int) -> Reply:
    """Ask, then let the judge have these cases again."""
    session, contest = db.session(), found_contest(slug)
    found = queries.get_conflict(session, contest.id, conflict_id)
    codes = overview.codes_of(session, [found.conflict.participation_id] if found.conflict.participation_id else [])
    kept_from = found.unit_name or next(iter(codes.values()), "–")
    return confirmed(
        BaseForm(),
        lambda unit: remove_conflict(unit, actor(), clock.now(), contest_id=contest.id, conflict_id=conflict_id),
        question=worded(
            _("Let %(judge)s have cases of %(kept_from)s again?"),
            judge=content(found.judge_name),
            kept_from=content(kept_from),
        ),
        effects=[
            _("Cases that still lack sheets may come to this judge from now on. Sheets that were struck stay struck."),
            worded(_("The reason noted was: %(reason)s"), reason=content(found.conflict.reason)),
        ],
        label=_("Remove the conflict"),
        back=url_for("judging.conflicts", slug=slug),
        done=_("The conflict is taken off the list."),
    )


def _form(session: Session, contest: Contest) -> ConflictForm:
    form = ConflictForm()
    form.judge_id.choices = _choices(queries.judges_of(session, contest.id, clock.now()))
    form.unit_id.choices = [(0, _("choose a unit")), *_choices(overview.units_judged(session, contest.id))]
    return form


def _choices(names: Mapping[int, str]) -> list[tuple[int, str]]:
    return list(names.items())


def _note(session: Session, contest: Contest, form: ConflictForm) -> object:
    code, participation_id = form.code.data or "", None
    if code:
        participation_id = overview.find_participation_of_code(session, contest.id, code)
        if participation_id is None:
            raise DomainError("code_unknown", field="code")
    return note_conflict(
        session,
        actor(),
        clock.now(),
        contest_id=contest.id,
        judge_id=form.judge_id.data,
        unit_id=form.unit_id.data or None,
        participation_id=participation_id,
        reason=form.reason.data or "",
    )
