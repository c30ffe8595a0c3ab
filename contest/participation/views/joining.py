"""A person joins a contest, sees what is known of it, and changes it until the first attempt."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from contest import clock
from contest.accounts.views.blueprint import own_path
from contest.contests.hooks import news_of
from contest.contests.models import Contest, ContestState
from contest.contests.queries import get_contest
from contest.db import db
from contest.errors import NotFound
from contest.i18n import local
from contest.participation import labels, queries, services
from contest.participation.events import own_panels
from contest.participation.forms import ChoiceForm
from contest.units.queries import units_for_choice
from contest.web.access import actor, signed_in
from contest.web.forms import carried_out, page
from contest.web.words import sentence

bp = Blueprint("participation", __name__)

Reply = Response | tuple[str, int]


@bp.route("/contests/<slug>/join", methods=["GET", "POST"])
@signed_in
def join(slug: str) -> Reply:
    """Choose group and unit; then on to where the person came from."""
    contest, form = _public_contest(slug), ChoiceForm()
    onward = redirect(own_path(request.args.get("next")) or url_for("participation.mine", slug=slug), 303)
    if queries.find_participation(db.session(), contest.id, actor().person_id) is not None:
        return onward
    if carried_out(
        form,
        lambda session: services.join_contest(
            session, actor(), clock.now(), contest, group_id=form.group.data or 0, unit_id=form.unit.data or 0
        ),
    ):
        flash(_("You are taking part now."), "ok")
        return onward
    obstacle = services.find_obstacle(db.session(), actor(), clock.now(), contest)
    return _choice_page("participation/join.html", form, contest, obstacle=sentence(obstacle) if obstacle else "")


@bp.get("/contests/<slug>/participation")
@signed_in
def mine(slug: str) -> Reply:
    """What is known of the person's own participation."""
    contest = _public_contest(slug)
    facts = queries.find_own_facts(db.session(), contest.id, actor().person_id)
    if facts is None:
        return redirect(url_for("participation.join", slug=slug), 303)
    panels = [panel(db.session(), facts.id, clock.now()) for panel in own_panels]
    own_news = news_of(db.session(), actor().person_id)
    return page("participation/mine.html", contest=contest, facts=facts, panels=panels, own_news=own_news)


@bp.route("/contests/<slug>/participation/choice", methods=["GET", "POST"])
@signed_in
def change(slug: str) -> Reply:
    """Choose again, until the first attempt."""
    contest = _public_contest(slug)
    facts = queries.find_own_facts(db.session(), contest.id, actor().person_id)
    if facts is None or facts.frozen_at is not None:
        return redirect(url_for("participation.mine", slug=slug), 303)
    form = ChoiceForm(group=facts.group_id, unit=facts.unit_id)
    if carried_out(
        form,
        lambda session: services.change_participation(
            session,
            actor(),
            clock.now(),
            contest,
            facts.id,
            group_id=form.group.data or 0,
            unit_id=form.unit.data or 0,
        ),
    ):
        flash(_("The change is saved."), "ok")
        return redirect(url_for("participation.mine", slug=slug), 303)
    return _choice_page("participation/change.html", form, contest)


def _choice_page(template: str, form: ChoiceForm, contest: Contest, **values: object) -> tuple[str, int]:
    session, today = db.session(), local(clock.now(), contest.time_zone).date()
    offered = services.groups_open_to(session, contest, actor().person_id)
    form.offer(offered, units_for_choice(session, today))
    closed = [group for group in queries.contest_groups(session, contest.id) if group not in offered]
    return page(template, form, contest=contest, closed_groups=closed, ages=labels.ages, **values)


def _public_contest(slug: str) -> Contest:
    contest = get_contest(db.session(), slug)
    if contest.state is ContestState.DRAFT:
        raise NotFound
    return contest
