"""The committee's desk for units. It stands here because units themselves know nothing of contests."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from contest import clock
from contest.contests.models import Role
from contest.contests.queries import get_contest
from contest.db import db
from contest.i18n import local
from contest.units.forms import HeadcountForm, UnitForm
from contest.units.labels import KINDS
from contest.units.models import UnitKind
from contest.units.queries import get_unit, headcounts_of, units_page
from contest.units.services import add_unit, set_headcount
from contest.web.access import actor, seated
from contest.web.forms import carried_out, page
from contest.web.listing import Listing, asked

bp = Blueprint("units", __name__)

Reply = Response | tuple[str, int]


@bp.get("/staff/<slug>/units")
@seated(Role.ORGANIZER, Role.SECRETARY)
def index(slug: str) -> Reply:
    """Every unit in force today, with its headcount."""
    contest, wish = get_contest(db.session(), slug), asked("name", "code", "people")
    kind = next((known for known in UnitKind if known.value == request.args.get("kind")), None)
    found = units_page(
        db.session(),
        local(clock.now(), contest.time_zone).date(),
        words=wish.words,
        kind=kind,
        sort=wish.sort,
        is_descending=wish.is_descending,
        number=wish.number,
    )
    return page("units/index.html", contest=contest, listing=Listing(found, wish), kind=kind, kinds=KINDS)


@bp.route("/staff/<slug>/units/new", methods=["GET", "POST"])
@seated(Role.ORGANIZER, Role.SECRETARY)
def new(slug: str) -> Reply:
    """Add an agency or a school."""
    contest, form = get_contest(db.session(), slug), UnitForm()
    unit = carried_out(
        form,
        lambda session: add_unit(
            session,
            actor(),
            clock.now(),
            contest_id=contest.id,
            kind=UnitKind(form.kind.data),
            code=form.code.data or "",
            name=form.name.data or "",
        ),
    )
    if unit:
        flash(_("The unit is added. Enter its headcount next."), "ok")
        return redirect(url_for("units.headcount", slug=slug, unit_id=unit.id), 303)
    return page("units/new.html", form, contest=contest)


@bp.route("/staff/<slug>/units/<int:unit_id>/headcount", methods=["GET", "POST"])
@seated(Role.ORGANIZER, Role.SECRETARY)
def headcount(slug: str, unit_id: int) -> Reply:
    """Enter a headcount; the earlier ones stand below."""
    contest = get_contest(db.session(), slug)
    today = local(clock.now(), contest.time_zone).date()
    form = HeadcountForm(valid_from=today)
    if carried_out(
        form,
        lambda session: set_headcount(
            session,
            actor(),
            clock.now(),
            contest_id=contest.id,
            unit_id=unit_id,
            valid_from=form.valid_from.data or today,
            people=form.people.data or 0,
            source=form.source.data or "",
        ),
    ):
        flash(_("The headcount is saved."), "ok")
        return redirect(url_for("units.headcount", slug=slug, unit_id=unit_id), 303)
    unit, counts = get_unit(db.session(), unit_id), headcounts_of(db.session(), unit_id)
    return page("units/headcount.html", form, contest=contest, unit=unit, counts=counts)
