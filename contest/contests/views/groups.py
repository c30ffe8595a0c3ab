"""Pages of a contest's groups."""

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _

from contest import clock
from contest.contests.forms import GroupForm
from contest.contests.policies import PREPARE
from contest.contests.queries import get_contest, get_group
from contest.contests.services import groups as services
from contest.contests.views.confirm import Reply, confirmed
from contest.db import db
from contest.web.access import actor, seated
from contest.web.content import content, worded
from contest.web.forms import BaseForm, carried_out, page

bp = Blueprint("groups", __name__)


@bp.route("/staff/<slug>/groups/new", methods=["GET", "POST"])
@seated(*PREPARE)
def new(slug: str) -> Reply:
    """A group after the others."""
    contest = get_contest(db.session(), slug)
    form = GroupForm()
    if carried_out(
        form,
        lambda session: services.add_group(
            session,
            actor(),
            clock.now(),
            contest_id=contest.id,
            name=form.name.data,
            age_from=form.age_from.data,
            age_to=form.age_to.data,
        ),
    ):
        flash(_("The group is added."), "ok")
        return redirect(url_for("rounds.index", slug=slug), 303)
    return page("staff/group.html", form, contest=contest, group=None)


@bp.route("/staff/<slug>/groups/<int:group_id>", methods=["GET", "POST"])
@seated(*PREPARE)
def edit(slug: str, group_id: int) -> Reply:
    """Another name or other ages."""
    contest = get_contest(db.session(), slug)
    group = get_group(db.session(), contest.id, group_id)
    form = GroupForm(obj=group)
    if carried_out(
        form,
        lambda session: services.edit_group(
            session,
            actor(),
            clock.now(),
            contest_id=contest.id,
            group_id=group_id,
            name=form.name.data,
            age_from=form.age_from.data,
            age_to=form.age_to.data,
        ),
    ):
        flash(_("The group is saved."), "ok")
        return redirect(url_for("rounds.index", slug=slug), 303)
    return page("staff/group.html", form, contest=contest, group=group)


@bp.route("/staff/<slug>/groups/<int:group_id>/deletion", methods=["GET", "POST"])
@seated(*PREPARE)
def delete(slug: str, group_id: int) -> Reply:
    """Remove a group that nobody has chosen."""
    contest = get_contest(db.session(), slug)
    group = get_group(db.session(), contest.id, group_id)
    return confirmed(
        BaseForm(),
        lambda session: services.delete_group(session, actor(), clock.now(), contest_id=contest.id, group_id=group_id),
        question=worded(_("Delete the group “%(name)s”?"), name=content(group.name)),
        effects=[_("It can be deleted only while nobody has chosen it.")],
        label=_("Delete the group"),
        back=url_for("rounds.index", slug=slug),
        done=_("The group is deleted."),
    )
