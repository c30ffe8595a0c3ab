"""The tree of topics of a bank."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs

from contest import clock
from contest.db import db
from contest.errors import DomainError, NotFound
from contest.questions import queries, services
from contest.questions.domain import PATH_MARK
from contest.questions.forms import TOP, MergeForm, TopicForm
from contest.questions.policies import OVERSEERS
from contest.questions.queries import TopicNode
from contest.questions.views.desk import Reply, bp, desk_of
from contest.web.access import seated
from contest.web.content import content
from contest.web.forms import carried_out, page


@bp.route("/staff/<slug>/banks/<int:bank_id>/topics", methods=["GET", "POST"])
@seated(*OVERSEERS)
def topics(slug: str, bank_id: int) -> Reply:
    """The tree with its counts, and a form for another topic."""
    desk, session = desk_of(slug), db.session()
    bank, form = desk.bank(bank_id), TopicForm()
    tree = queries.topic_tree(session, bank_id)
    form.parent.choices = _choices(tree, [_("the top of the tree")])

    def act(unit: Session) -> object:
        _ensure_plain(form.name.data or "")
        return services.add_topic(
            unit,
            desk.actor,
            clock.now(),
            bank=queries.get_bank(unit, desk.contest.id, bank_id),
            name=form.name.data or "",
            parent_id=form.parent_id,
        )

    if carried_out(form, act):
        flash(_("The topic is added."), "ok")
        return redirect(url_for("banks.topics", slug=slug, bank_id=bank_id), 303)
    table = queries.topic_table(session, bank_id, None, tree)
    return page("questions/topics.html", form, contest=desk.contest, rights=desk, bank=bank, table=table)


@bp.route("/staff/<slug>/banks/<int:bank_id>/topics/<int:topic_id>", methods=["GET", "POST"])
@seated(*OVERSEERS)
def topic(slug: str, bank_id: int, topic_id: int) -> Reply:
    """One topic: rename it, move it, or merge it into another one."""
    desk, session = desk_of(slug), db.session()
    bank, tree = desk.bank(bank_id), queries.topic_tree(session, bank_id)
    node = next((each for each in tree if each.id == topic_id), None)
    if node is None:
        raise NotFound
    others = [each for each in tree if each.id not in node.branch]
    form, merging = TopicForm(name=node.name, parent=node.parent_id or TOP), MergeForm()
    form.parent.choices = _choices(others, [_("the top of the tree")])
    merging.into.choices = _choices(others, [])
    is_merged = request.form.get("act") == "merge"

    def act(unit: Session) -> bool:
        now, bank_row = clock.now(), queries.get_bank(unit, desk.contest.id, bank_id)
        if is_merged:
            into = merging.into.data
            services.merge_topic(unit, desk.actor, now, bank=bank_row, topic_id=topic_id, into_id=into)
            return True
        name = form.name.data or ""
        _ensure_plain(name)
        services.change_topic(
            unit, desk.actor, now, bank=bank_row, topic_id=topic_id, name=name, parent_id=form.parent_id
        )
        return True

    if carried_out(merging if is_merged else form, act):
        flash(_("The topics are merged.") if is_merged else _("The changes are saved."), "ok")
        return redirect(url_for("banks.topics", slug=slug, bank_id=bank_id), 303)
    return page("questions/topic.html", form, merging=merging, contest=desk.contest, bank=bank, node=node)


def _choices(tree: list[TopicNode], first: list[str]) -> list[SelectChoice]:
    return [SelectChoice(TOP, words) for words in first] + [SelectChoice(node.id, content(node.path)) for node in tree]


def _ensure_plain(name: str) -> None:
    if PATH_MARK in name:
        raise DomainError("topic_mark", field="name")
