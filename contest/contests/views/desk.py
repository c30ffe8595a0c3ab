"""The committee's desk of a contest: overview, details, announcing, copying, cancelling, archiving."""

from dataclasses import dataclass

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from contest import clock
from contest.accounts.queries import full_names
from contest.approvals.domain import kind_of
from contest.approvals.queries import open_proposals
from contest.audit.labels import act_words, actor_words
from contest.audit.queries import acts_page
from contest.contests.domain import Phase
from contest.contests.forms import ContestForm, DuplicateForm, ReasonForm
from contest.contests.hooks import cancel_effects, overview_figures, overview_panels
from contest.contests.labels.names import CONTEST_STATES, KINDS, ROLES
from contest.contests.labels.times import closing_moment, days, moment, time_left
from contest.contests.models import Role
from contest.contests.policies import DECIDE, PREPARE, may_decide, may_prepare
from contest.contests.queries import RoundInPhase, desks_of, get_contest, phased, rounds_of
from contest.contests.services import contests as services
from contest.contests.services.rounds import opening_lacks
from contest.contests.views.confirm import Reply, confirmed
from contest.db import db
from contest.web.access import actor, seated, signed_in
from contest.web.content import content, worded
from contest.web.forms import BaseForm, carried_out, page

bp = Blueprint("staff", __name__)

LAST_ACTS = 4


@dataclass(frozen=True, slots=True)
class Desk:
    """What the bar of a desk says."""

    title: str
    decision: str
    roles: str


@bp.app_context_processor
def _desk_values() -> dict[str, object]:
    return {"desk": _desk}


def _desk() -> Desk:
    """The desk of this request's contest, read once."""
    if "desk" not in g:
        contest = get_contest(db.session(), (request.view_args or {})["slug"])
        roles = sorted(Role(role) for role in actor().roles_in(contest.slug))
        g.desk = Desk(contest.title, contest.decision_number, ", ".join(str(ROLES[role]) for role in roles))
    desk: Desk = g.desk
    return desk


bp.add_app_template_filter(moment, "moment")
bp.add_app_template_filter(closing_moment, "closing_moment")
bp.add_app_template_filter(time_left, "time_left")
bp.add_app_template_global(days, "window_days")


@bp.get("/staff")
@signed_in
def home() -> str:
    """The desks of the person who is signed in."""
    seats = actor().seats
    desks = desks_of(db.session(), frozenset(seat.contest_id for seat in seats))
    roles = {desk.id: [ROLES[Role(role)] for role in sorted(actor().roles_in(desk.slug))] for desk in desks}
    return render_template("staff/home.html", desks=desks, roles=roles, states=CONTEST_STATES)


@bp.get("/staff/<slug>/")
@seated(*Role)
def overview(slug: str) -> str:
    """Where the contest stands and what has to be done now."""
    session, now = db.session(), clock.now()
    contest = get_contest(session, slug)
    rounds = [phased(row, now) for row in rounds_of(session, contest.id)]
    prepares = may_prepare(actor(), contest.id)
    coming = next((each for each in rounds if each.phase in {Phase.DRAFT, Phase.UPCOMING}), None) if prepares else None
    acts = acts_page(session, contest.id, 1).rows[:LAST_ACTS] if prepares else []
    return render_template(
        "staff/overview.html",
        contest=contest,
        rounds=rounds,
        open_round=next((each for each in rounds if each.phase is Phase.OPEN), None),
        coming=coming,
        lacks=opening_lacks(session, coming.row) if coming else [],
        figures=[stat for figures in overview_figures for stat in figures(session, contest, now)] if prepares else [],
        panels=[panel(session, contest, now) for panel in overview_panels] if prepares else [],
        proposals=open_proposals(session, contest.id) if prepares else [],
        acts=acts,
        names=full_names(session, {each.actor_id for each in acts if each.actor_id}),
        words={"kind": kind_of, "act": act_words, "actor": actor_words, "kinds": KINDS, "states": CONTEST_STATES},
        may_prepare=prepares,
        may_decide=may_decide(actor(), contest.id),
    )


@bp.route("/staff/<slug>/edit", methods=["GET", "POST"])
@seated(*PREPARE)
def edit(slug: str) -> Reply:
    """What the contest says about itself."""
    contest = get_contest(db.session(), slug)
    form = ContestForm(obj=contest)
    if carried_out(
        form,
        lambda session: services.edit_contest(session, actor(), clock.now(), contest_id=contest.id, facts=form.facts),
    ):
        flash(_("The details are saved."), "ok")
        return redirect(url_for("staff.overview", slug=slug), 303)
    return page("staff/edit.html", form, contest=contest, may_decide=may_decide(actor(), contest.id))


@bp.route("/staff/<slug>/announcement-of-contest", methods=["GET", "POST"])
@seated(*DECIDE)
def announce(slug: str) -> Reply:
    """Show a draft to citizens."""
    contest = get_contest(db.session(), slug)
    return confirmed(
        BaseForm(),
        lambda session: services.announce_contest(session, actor(), clock.now(), contest_id=contest.id),
        question=worded(_("Announce “%(title)s”?"), title=content(contest.title)),
        effects=[_("Everybody can read about the contest from now on."), _("It can't become a draft again.")],
        label=_("Announce the contest"),
        back=url_for("staff.overview", slug=slug),
        done=_("The contest is announced."),
    )


@bp.route("/staff/<slug>/copy", methods=["GET", "POST"])
@seated(*DECIDE)
def duplicate(slug: str) -> Reply:
    """A new draft made of this contest."""
    contest = get_contest(db.session(), slug)
    form = DuplicateForm()
    copy = carried_out(
        form,
        lambda session: services.duplicate_contest(
            session,
            actor(),
            clock.now(),
            contest_id=contest.id,
            title=form.title.data,
            slug=form.slug.data or "",
            decision_number=form.decision_number.data,
            decision_date=form.decision_date.data,
            starts_on=form.starts_on.data,
        ),
    )
    if copy:
        flash(_("The copy is a draft. Check its rounds and rules."), "ok")
        return redirect(url_for("staff.overview", slug=copy.slug), 303)
    return page("staff/duplicate.html", form, contest=contest)


@bp.route("/staff/<slug>/cancellation", methods=["GET", "POST"])
@seated(*DECIDE)
def cancel(slug: str) -> Reply:
    """Call the contest off."""
    session, now = db.session(), clock.now()
    contest = get_contest(session, slug)
    rounds = [phased(row, now) for row in rounds_of(session, contest.id)]
    stopped = [each for each in rounds if each.phase in {Phase.DRAFT, Phase.UPCOMING, Phase.OPEN}]
    form = ReasonForm()
    return confirmed(
        form,
        lambda session: services.cancel_contest(
            session, actor(), clock.now(), contest_id=contest.id, reason=form.reason.data
        ),
        question=worded(_("Cancel “%(title)s”?"), title=content(contest.title)),
        effects=effects_of_cancelling(stopped),
        label=_("Cancel the contest"),
        back=url_for("staff.overview", slug=slug),
        done=_("The contest is cancelled."),
    )


@bp.route("/staff/<slug>/archive", methods=["GET", "POST"])
@seated(*DECIDE)
def archive(slug: str) -> Reply:
    """Put a finished contest away."""
    contest = get_contest(db.session(), slug)
    return confirmed(
        BaseForm(),
        lambda session: services.archive_contest(session, actor(), clock.now(), contest_id=contest.id),
        question=worded(_("Archive “%(title)s”?"), title=content(contest.title)),
        effects=[_("Its pages and results stay readable; nothing in it can be changed any more.")],
        label=_("Archive the contest"),
        back=url_for("staff.overview", slug=slug),
        done=_("The contest is archived."),
    )


def effects_of_cancelling(stopped: list[RoundInPhase]) -> list[str]:
    """What calling these rounds off means, in sentences with numbers."""
    ids = [each.row.id for each in stopped]
    opened = sum(each.phase is Phase.OPEN for each in stopped)
    return [
        ngettext("%(num)d round will not take place.", "%(num)d rounds will not take place.", len(ids)),
        ngettext("%(num)d of them is open now.", "%(num)d of them are open now.", opened),
        *(sentence for effect in cancel_effects for sentence in effect(db.session(), ids)),
        _("The reason is shown to everybody. This can't be undone."),
    ]
