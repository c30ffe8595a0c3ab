"""The committee's pages of the rules: one form per section, then a proposal to a second person."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from contest import clock
from contest.approvals.queries import find_open_proposal
from contest.approvals.services import content_digest
from contest.contests.domain import RuleSection
from contest.contests.forms import ProposeForm
from contest.contests.labels.names import RULES_STATES
from contest.contests.labels.rules import RULES, printed
from contest.contests.policies import PREPARE
from contest.contests.queries import (
    find_pending_rules,
    get_contest,
    groups_of,
    has_opened,
    printed_versions,
    round_kinds,
    rules_in_force,
    section_values,
    sections_of,
)
from contest.contests.services import rules as services
from contest.contests.views.confirm import Reply
from contest.db import db
from contest.errors import NotFound
from contest.web.access import actor, seated
from contest.web.forms import BaseForm, carried_out, page, show_on

bp = Blueprint("rules", __name__)


@bp.get("/staff/<slug>/rules")
@seated(*PREPARE)
def index(slug: str) -> str:
    """The draft section by section beside the version in force."""
    session = db.session()
    contest = get_contest(session, slug)
    pending = find_pending_rules(session, contest.id)
    in_force = rules_in_force(session, contest.id)
    sections = sections_of(session, contest.id)
    values = section_values(sections, pending or in_force)
    return render_template(
        "staff/rules.html",
        contest=contest,
        pending=pending,
        in_force=in_force,
        sections=[
            (section, section.lines(values[section.code]), bool(section.problems(values[section.code])))
            for section in sections
        ],
        versions=printed_versions(session, contest.id),
        states=RULES_STATES,
        proposal=find_open_proposal(session, contest.id, RULES.code, pending.id) if pending else None,
    )


@bp.route("/staff/<slug>/rules/<code>", methods=["GET", "POST"])
@seated(*PREPARE)
def section(slug: str, code: str) -> Reply:
    """One section of the draft."""
    session = db.session()
    contest = get_contest(session, slug)
    chosen = _section(contest.id, code)
    stored = find_pending_rules(session, contest.id) or rules_in_force(session, contest.id)
    value = section_values([chosen], stored)[code]
    form = chosen.form(None)
    if not form.is_submitted():
        form = chosen.form(value)
    groups = {group.code: group.name for group in groups_of(session, contest.id)}
    form.suit(frozenset(round_kinds(session, contest.id)), groups)
    seen = content_digest(value)
    if form.is_submitted() and not _is_in_order(chosen, form):
        seen = request.form.get("seen", seen)  # whoever still corrects faults has not seen what was saved meanwhile
    elif form.is_submitted():
        saved = carried_out(
            form,
            lambda session: services.save_section(
                session,
                actor(),
                clock.now(),
                contest_id=contest.id,
                code=code,
                value=chosen.value(form),
                seen=request.form.get("seen", ""),
            ),
        )
        if saved:
            flash(_("The section is saved in the draft."), "ok")
            return redirect(url_for("rules.index", slug=slug), 303)
    return page("staff/section.html", form, contest=contest, section=chosen, seen=seen)


@bp.route("/staff/<slug>/rules/proposal", methods=["GET", "POST"])
@seated(*PREPARE)
def propose(slug: str) -> Reply:
    """Send the draft to a second person."""
    session = db.session()
    contest = get_contest(session, slug)
    form = ProposeForm()
    if carried_out(
        form,
        lambda session: services.propose_rules(
            session,
            actor(),
            clock.now(),
            contest_id=contest.id,
            reason=form.reason.data,
            decision_number=form.decision_number.data or "",
        ),
    ):
        flash(_("The rules wait for a second person now."), "ok")
        return redirect(url_for("rules.index", slug=slug), 303)
    sections = sections_of(session, contest.id)
    values = section_values(sections, find_pending_rules(session, contest.id) or rules_in_force(session, contest.id))
    return page(
        "staff/propose.html",
        form,
        contest=contest,
        lines=printed(values),
        needs_decision=has_opened(session, contest.id, clock.now()),
    )


def _is_in_order(chosen: RuleSection, form: BaseForm) -> bool:
    """Whether the typed section can be saved; every problem lands beside its field."""
    if not form.validate():
        return False
    for problem in chosen.problems(chosen.value(form)):
        show_on(form, problem)
    return not form.has_errors


def _section(contest_id: int, code: str) -> RuleSection:
    found = next((each for each in sections_of(db.session(), contest_id) if each.code == code), None)
    if found is None:
        raise NotFound
    return found
