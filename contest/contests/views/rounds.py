"""Pages of a contest's rounds."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from contest import clock
from contest.contests.domain import Phase, overlapping
from contest.contests.forms import PostponeForm, ReasonForm, RoundForm, window_values
from contest.contests.labels.names import KINDS
from contest.contests.models import Round, RoundKind
from contest.contests.policies import DECIDE, PREPARE, may_decide
from contest.contests.queries import get_contest, get_round_of, groups_of, has_opened, phased, rounds_of
from contest.contests.services import rounds as services
from contest.contests.views.confirm import Reply, confirmed
from contest.contests.views.desk import effects_of_cancelling
from contest.db import db
from contest.web.access import actor, seated
from contest.web.content import content, worded
from contest.web.forms import BaseForm, carried_out, page

bp = Blueprint("rounds", __name__)


@bp.get("/staff/<slug>/rounds")
@seated(*PREPARE)
def index(slug: str) -> str:
    """Every round and group of the contest."""
    session, now = db.session(), clock.now()
    contest = get_contest(session, slug)
    rounds = [phased(row, now) for row in rounds_of(session, contest.id)]
    kept = [each.row for each in rounds if each.phase is not Phase.CANCELLED]
    pairs = overlapping([(row.opens_at, row.closes_at) for row in kept])
    return render_template(
        "staff/rounds.html",
        contest=contest,
        rounds=rounds,
        groups=groups_of(session, contest.id),
        overlaps=[(kept[first].name, kept[second].name) for first, second in pairs],
        kinds=KINDS,
        has_opened=has_opened(session, contest.id, now),
        may_decide=may_decide(actor(), contest.id),
    )


@bp.route("/staff/<slug>/rounds/new", methods=["GET", "POST"])
@seated(*PREPARE)
def new(slug: str) -> Reply:
    """A draft round."""
    contest = get_contest(db.session(), slug)
    form = RoundForm()

    def act(session: Session) -> Round:
        opens_at, closes_at = form.window(contest.time_zone)
        return services.add_round(
            session,
            actor(),
            clock.now(),
            contest_id=contest.id,
            kind=RoundKind(form.kind.data),
            name=form.name.data,
            opens_at=opens_at,
            closes_at=closes_at,
        )

    added = carried_out(form, act)
    if added:
        flash(worded(_("“%(name)s” is added as a draft."), name=content(added.name)), "ok")
        return redirect(url_for("rounds.index", slug=slug), 303)
    return page("staff/round.html", form, contest=contest, row=None)


@bp.route("/staff/<slug>/rounds/<int:round_id>", methods=["GET", "POST"])
@seated(*PREPARE)
def edit(slug: str, round_id: int) -> Reply:
    """Change a round that has not been released."""
    contest = get_contest(db.session(), slug)
    row = get_round_of(db.session(), contest.id, round_id)
    form = RoundForm(data={"kind": row.kind.value, "name": row.name, **window_values(row, contest)})

    def act(session: Session) -> Round:
        opens_at, closes_at = form.window(contest.time_zone)
        return services.edit_round(
            session,
            actor(),
            clock.now(),
            contest_id=contest.id,
            round_id=round_id,
            kind=RoundKind(form.kind.data),
            name=form.name.data,
            opens_at=opens_at,
            closes_at=closes_at,
        )

    if carried_out(form, act):
        flash(_("The round is saved."), "ok")
        return redirect(url_for("rounds.index", slug=slug), 303)
    return page("staff/round.html", form, contest=contest, row=row)


@bp.route("/staff/<slug>/rounds/<int:round_id>/deletion", methods=["GET", "POST"])
@seated(*PREPARE)
def delete(slug: str, round_id: int) -> Reply:
    """Remove a draft round."""
    contest = get_contest(db.session(), slug)
    row = get_round_of(db.session(), contest.id, round_id)
    return confirmed(
        BaseForm(),
        lambda session: services.delete_round(session, actor(), clock.now(), contest_id=contest.id, round_id=round_id),
        question=worded(_("Delete the round “%(name)s”?"), name=content(row.name)),
        effects=[_("Only a draft to which nothing belongs yet can be deleted. This can't be undone.")],
        label=_("Delete the round"),
        back=url_for("rounds.index", slug=slug),
        done=_("The round is deleted."),
    )


@bp.route("/staff/<slug>/rounds/<int:round_id>/release", methods=["GET", "POST"])
@seated(*DECIDE)
def release(slug: str, round_id: int) -> Reply:
    """Let the round open by its timetable."""
    session = db.session()
    contest = get_contest(session, slug)
    row = get_round_of(session, contest.id, round_id)
    form = BaseForm()
    if carried_out(
        form,
        lambda session: services.release_round(session, actor(), clock.now(), contest_id=contest.id, round_id=round_id),
    ):
        flash(worded(_("“%(name)s” is released. It opens and closes by itself."), name=content(row.name)), "ok")
        return redirect(url_for("rounds.index", slug=slug), 303)
    return page("staff/release.html", form, contest=contest, row=row, lacks=services.opening_lacks(session, row))


@bp.route("/staff/<slug>/rounds/<int:round_id>/postponement", methods=["GET", "POST"])
@seated(*DECIDE)
def postpone(slug: str, round_id: int) -> Reply:
    """Move the window of a released round forward."""
    contest = get_contest(db.session(), slug)
    row = get_round_of(db.session(), contest.id, round_id)
    form = PostponeForm(data=window_values(row, contest))

    def act(session: Session) -> Round:
        opens_at, closes_at = form.window(contest.time_zone)
        return services.postpone_round(
            session,
            actor(),
            clock.now(),
            contest_id=contest.id,
            round_id=round_id,
            opens_at=opens_at,
            closes_at=closes_at,
            reason=form.reason.data,
        )

    if carried_out(form, act):
        flash(_("The new times are in force."), "ok")
        return redirect(url_for("rounds.index", slug=slug), 303)
    return page("staff/postpone.html", form, contest=contest, row=row)


@bp.route("/staff/<slug>/rounds/<int:round_id>/cancellation", methods=["GET", "POST"])
@seated(*DECIDE)
def cancel(slug: str, round_id: int) -> Reply:
    """Call a round off."""
    contest = get_contest(db.session(), slug)
    row = get_round_of(db.session(), contest.id, round_id)
    form = ReasonForm()
    return confirmed(
        form,
        lambda session: services.cancel_round(
            session, actor(), clock.now(), contest_id=contest.id, round_id=round_id, reason=form.reason.data
        ),
        question=worded(_("Cancel the round “%(name)s”?"), name=content(row.name)),
        effects=effects_of_cancelling([phased(row, clock.now())]),
        label=_("Cancel the round"),
        back=url_for("rounds.index", slug=slug),
        done=_("The round is cancelled."),
    )
