"""The operator's pages: contests and their first organizers. No question, entry or score is shown here."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from contest import clock
from contest.contests.forms import NewContestForm, OrganizerForm
from contest.contests.labels.letters import seat_letter
from contest.contests.labels.names import CONTEST_STATES, SEAT_STATES
from contest.contests.models import Role
from contest.contests.queries import contests_page, get_contest, open_invitations, organizer_rows
from contest.contests.services import contests, seats
from contest.contests.views.confirm import Reply
from contest.db import db
from contest.web.access import actor, admin_only
from contest.web.forms import carried_out, page
from contest.web.listing import Listing, asked

bp = Blueprint("admin", __name__)


@bp.get("/admin/contests")
@admin_only
def index() -> str:
    """Every contest of the installation."""
    wish = asked("-created", "title")
    found = contests_page(
        db.session(), words=wish.words, sort=wish.sort, is_descending=wish.is_descending, number=wish.number
    )
    return render_template("staff/admin_contests.html", listing=Listing(found, wish), states=CONTEST_STATES)


@bp.route("/admin/contests/new", methods=["GET", "POST"])
@admin_only
def new() -> Reply:
    """A contest for a committee."""
    form = NewContestForm()
    contest = carried_out(
        form,
        lambda session: contests.create_contest(
            session,
            actor(),
            clock.now(),
            facts=form.facts,
            slug=form.slug.data or "",
            time_zone=form.time_zone.data,
        ),
    )
    if contest:
        flash(_("The contest is created as a draft. Seat its organizer next."), "ok")
        return redirect(url_for("admin.show", slug=contest.slug), 303)
    return page("staff/admin_new.html", form)


@bp.route("/admin/contests/<slug>", methods=["GET", "POST"])
@admin_only
def show(slug: str) -> Reply:
    """A contest's organizers, and a form to seat one."""
    session, now = db.session(), clock.now()
    contest = get_contest(session, slug)
    form = OrganizerForm()

    def act(session: Session) -> seats.Offered:
        offer = seats.Offer(form.login.data, form.full_name.data, Role.ORGANIZER, None, clock.now(), None)
        letter = seat_letter(contest, offer.role, _link)
        return seats.offer_seat(session, actor(), clock.now(), contest_id=contest.id, offer=offer, write_letter=letter)

    offered = carried_out(form, act)
    if offered and offered.token is None:
        flash(_("The seat is given."), "ok")
        return redirect(url_for("admin.show", slug=slug), 303)
    if offered and offered.token:
        back = url_for("admin.show", slug=slug)
        return page("staff/invited.html", form, link=_link(offered.token), full_name=form.full_name.data, back=back)
    return page(
        "staff/admin_contest.html",
        form,
        contest=contest,
        organizers=organizer_rows(session, contest.id, now),
        invitations=[row for row in open_invitations(session, contest.id) if row.invitation.role is Role.ORGANIZER],
        states=CONTEST_STATES,
        seat_states=SEAT_STATES,
    )


def _link(token: str) -> str:
    return url_for("seats.invitation", token=token, _external=True)
