"""The committee's list of participants, and what it decides about one of them."""

from collections.abc import Callable

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from contest import clock
from contest.contests.models import Role
from contest.contests.queries import get_contest
from contest.db import db
from contest.i18n import local
from contest.participation import events, labels, queries, services
from contest.participation.forms import CheckForm, ExtraTimeForm, ReasonForm
from contest.participation.models import Participation
from contest.participation.policies import may_reset_citizens
from contest.units.labels import KINDS
from contest.units.queries import units_for_choice
from contest.web.access import actor, seated
from contest.web.forms import carried_out, page
from contest.web.listing import Listing, asked

bp = Blueprint("participants", __name__)

Reply = Response | tuple[str, int]


@bp.get("/staff/<slug>/participants")
@seated(Role.ORGANIZER, Role.SECRETARY)
def index(slug: str) -> Reply:
    """Everybody who takes part."""
    session, contest, wish = db.session(), get_contest(db.session(), slug), asked("name", "unit", "joined")
    wanted = queries.Wanted(
        request.args.get("group", type=int), request.args.get("unit", type=int), request.args.get("state", "")
    )
    found = queries.participants_page(
        session,
        contest.id,
        wanted,
        words=wish.words,
        sort=wish.sort,
        is_descending=wish.is_descending,
        number=wish.number,
    )
    return page(
        "participation/participants.html",
        contest=contest,
        listing=Listing(found, wish),
        wanted=wanted,
        groups=queries.contest_groups(session, contest.id),
        units=units_for_choice(session, local(clock.now(), contest.time_zone).date()),
        kinds=KINDS,
        states=labels.STATES,
    )


@bp.get("/staff/<slug>/participants/<int:participation_id>")
@seated(Role.ORGANIZER, Role.SECRETARY)
def show(slug: str, participation_id: int) -> Reply:
    """One participant, and what can be decided."""
    contest = get_contest(db.session(), slug)
    participant = queries.get_participant(db.session(), contest.id, participation_id)
    may_reset = may_reset_citizens(actor(), contest.id)
    panels = [panel(db.session(), participation_id) for panel in events.participant_panels]
    return page(
        "participation/participant.html", contest=contest, participant=participant, may_reset=may_reset, panels=panels
    )


@bp.route("/staff/<slug>/participants/<int:participation_id>/exclusion", methods=["GET", "POST"])
@seated(Role.ORGANIZER, Role.SECRETARY)
def exclude(slug: str, participation_id: int) -> Reply:
    """No longer count a participant."""
    return _decide(
        slug,
        participation_id,
        "participation/exclude.html",
        services.exclude_participation,
        _("The participant is excluded."),
    )


@bp.route("/staff/<slug>/participants/<int:participation_id>/restoration", methods=["GET", "POST"])
@seated(Role.ORGANIZER, Role.SECRETARY)
def restore(slug: str, participation_id: int) -> Reply:
    """Count an excluded participant again."""
    done = _("The participant is counted again.")
    return _decide(slug, participation_id, "participation/restore.html", services.restore_participation, done)


@bp.route("/staff/<slug>/participants/<int:participation_id>/extra-time", methods=["GET", "POST"])
@seated(Role.ORGANIZER, Role.SECRETARY)
def extra_time(slug: str, participation_id: int) -> Reply:
    """Give more time, for a person who needs it."""
    contest = get_contest(db.session(), slug)
    participant = queries.get_participant(db.session(), contest.id, participation_id)
    form = ExtraTimeForm(minutes=participant.extra_time_ms // services.MINUTE_MS)
    if carried_out(
        form,
        lambda session: services.grant_extra_time(
            session,
            actor(),
            clock.now(),
            contest_id=contest.id,
            participation_id=participation_id,
            minutes=form.minutes.data or 0,
            reason=form.reason.data or "",
        ),
    ):
        flash(_("The extra time is saved."), "ok")
        return redirect(url_for("participants.show", slug=slug, participation_id=participation_id), 303)
    return page("participation/extra_time.html", form, contest=contest, participant=participant)


@bp.route("/staff/<slug>/participants/<int:participation_id>/reset", methods=["GET", "POST"])
@seated(Role.SECRETARY)
def reset(slug: str, participation_id: int) -> Reply:
    """A one-time code for a citizen without mail, shown once."""
    contest, form = get_contest(db.session(), slug), CheckForm()
    code = carried_out(
        form,
        lambda session: services.reset_citizen(
            session,
            actor(),
            clock.now(),
            contest_id=contest.id,
            participation_id=participation_id,
            check_note=form.check_note.data or "",
        ),
    )
    if code:
        return slips("participation/code_slips.html", contest=contest, codes=[code])
    participant = queries.get_participant(db.session(), contest.id, participation_id)
    return page("participation/reset_citizen.html", form, contest=contest, participant=participant)


def slips(template: str, **values: object) -> Response:
    """Secrets on paper: in this reply only, kept by no cache."""
    response = make_response(render_template(template, **values))
    response.headers["Cache-Control"] = "no-store"
    return response


def _decide(slug: str, participation_id: int, template: str, decide: Callable[..., Participation], done: str) -> Reply:
    contest, form = get_contest(db.session(), slug), ReasonForm()

    def carry_out(session: Session) -> Participation:
        return decide(
            session,
            actor(),
            clock.now(),
            contest_id=contest.id,
            participation_id=participation_id,
            reason=form.reason.data or "",
        )

    if carried_out(form, carry_out):
        flash(done, "ok")
        return redirect(url_for("participants.show", slug=slug, participation_id=participation_id), 303)
    participant = queries.get_participant(db.session(), contest.id, participation_id)
    return page(template, form, contest=contest, participant=participant)
