"""Pages of the committee's seats, and the link of an invitation."""

from datetime import date, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs

from contest import clock
from contest.contests.domain import closing_instant, opening_instant
from contest.contests.forms import SeatForm
from contest.contests.labels.letters import seat_letter
from contest.contests.labels.names import ROLES, SEAT_STATES
from contest.contests.models import Contest
from contest.contests.policies import DECIDE
from contest.contests.queries import get_contest, get_seat_row, open_invitation, open_invitations, seats_page
from contest.contests.services import seats as services
from contest.contests.views.confirm import Reply, confirmed
from contest.db import db
from contest.i18n import local
from contest.units.queries import units_for_choice
from contest.web.access import actor, public, seated, signed_in
from contest.web.content import CONTENT_LANGUAGE, content, worded
from contest.web.forms import BaseForm, carried_out, page
from contest.web.listing import Listing, asked

bp = Blueprint("seats", __name__)


@bp.get("/staff/<slug>/seats")
@seated(*DECIDE)
def index(slug: str) -> str:
    """Who sits on the committee, and who is invited."""
    session, now = db.session(), clock.now()
    contest = get_contest(session, slug)
    wish = asked("name", "role", "from")
    found = seats_page(
        session,
        contest.id,
        now,
        words=wish.words,
        sort=wish.sort,
        is_descending=wish.is_descending,
        number=wish.number,
    )
    return render_template(
        "staff/seats.html",
        contest=contest,
        listing=Listing(found, wish),
        invitations=open_invitations(session, contest.id),
        roles=ROLES,
        states=SEAT_STATES,
    )


@bp.route("/staff/<slug>/seats/new", methods=["GET", "POST"])
@seated(*DECIDE)
def new(slug: str) -> Reply:
    """Give a seat, or invite to one."""
    contest = get_contest(db.session(), slug)
    form = SeatForm()
    today = local(clock.now(), contest.time_zone).date()
    form.unit_id.choices = [
        SelectChoice("", _("No unit")),
        *(
            SelectChoice(unit.id, unit.name, {"lang": CONTENT_LANGUAGE})
            for units in units_for_choice(db.session(), today).values()
            for unit in units
        ),
    ]

    def act(session: Session) -> services.Offered:
        offer = services.Offer(
            contact=form.login.data,
            full_name=form.full_name.data,
            role=form.chosen_role,
            unit_id=form.unit_id.data,
            valid_from=first_instant(form.valid_from.data, contest, clock.now()),
            valid_until=_last_instant(form.valid_until.data, contest),
        )
        letter = seat_letter(contest, offer.role, _link)
        return services.offer_seat(
            session, actor(), clock.now(), contest_id=contest.id, offer=offer, write_letter=letter
        )

    offered = carried_out(form, act)
    if offered is None:
        return page("staff/seat.html", form, contest=contest)
    if offered.token is None:
        flash(_("The seat is given."), "ok")
        return redirect(url_for("seats.index", slug=slug), 303)
    back = url_for("seats.index", slug=slug)
    return page("staff/invited.html", form, link=_link(offered.token), full_name=form.full_name.data, back=back)


@bp.route("/staff/<slug>/seats/<int:seat_id>/end", methods=["GET", "POST"])
@seated(*DECIDE)
def end(slug: str, seat_id: int) -> Reply:
    """End a seat now."""
    contest = get_contest(db.session(), slug)
    row = get_seat_row(db.session(), contest.id, seat_id, clock.now())
    return confirmed(
        BaseForm(),
        lambda session: services.end_seat(session, actor(), clock.now(), contest_id=contest.id, seat_id=seat_id),
        question=worded(
            _("End the seat of %(name)s (%(role)s)?"), name=content(row.full_name), role=ROLES[row.seat.role]
        ),
        effects=[
            _("The person loses the rights of this seat at once."),
            _("Whoever has sat on the committee can't take part in this contest, also afterwards."),
        ],
        label=_("End the seat"),
        back=url_for("seats.index", slug=slug),
        done=_("The seat has ended."),
    )


@bp.route("/staff/<slug>/invitations/<int:invitation_id>/withdrawal", methods=["GET", "POST"])
@seated(*DECIDE)
def withdraw(slug: str, invitation_id: int) -> Reply:
    """Make an invitation's link useless."""
    contest = get_contest(db.session(), slug)
    return confirmed(
        BaseForm(),
        lambda session: services.withdraw_invitation(
            session, actor(), clock.now(), contest_id=contest.id, invitation_id=invitation_id
        ),
        question=_("Withdraw this invitation?"),
        effects=[_("Its link stops working at once. You can invite the person again.")],
        label=_("Withdraw the invitation"),
        back=url_for("seats.index", slug=slug),
        done=_("The invitation is withdrawn."),
    )


@bp.get("/invitations/<token>")
@public
def invitation(token: str) -> tuple[str, int]:
    """What the holder of this link is offered, and the way to take it."""
    session = db.session()
    offered = open_invitation(session, services.token_hash(token))
    contest = session.get(Contest, offered.contest_id) if offered else None
    body = render_template(
        "contests/invitation.html",
        offered=offered,
        contest=contest,
        token=token,
        roles=ROLES,
        is_signed_in=current_user.is_authenticated,
    )
    return body, 200 if offered else 404


@bp.post("/invitations/<token>")
@signed_in
def take(token: str) -> Reply:
    """Take the seat."""
    form = BaseForm()
    seat = carried_out(form, lambda session: services.take_invitation(session, actor(), clock.now(), token=token))
    if seat is None:
        flash(form.form_errors[0], "bad")
        return redirect(url_for("seats.invitation", token=token), 303)
    flash(_("The seat is yours. Thank you."), "ok")
    return redirect(url_for("staff.home"), 303)


def first_instant(day: date | None, contest: Contest, now: datetime) -> datetime:
    """The first instant of a seat: the beginning of that day in the contest's zone, or now."""
    return opening_instant(day, "00:00", contest.time_zone) if day else now


def _last_instant(day: date | None, contest: Contest) -> datetime | None:
    return closing_instant(day, "24:00", contest.time_zone) if day else None


def _link(token: str) -> str:
    return url_for("seats.invitation", token=token, _external=True)
