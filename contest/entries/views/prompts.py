"""The organizer's pages of the prompts."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from contest import clock
from contest.contests.models import Contest, Role, Round, RoundKind
from contest.contests.queries import get_contest, get_round_of, groups_of, rounds_of
from contest.contests.views.confirm import Reply, confirmed
from contest.db import db, unit_of_work
from contest.entries.forms import BLANK_QUESTIONS, NewPromptForm, PromptForm
from contest.entries.policies import PREPARERS, may_write_prompts
from contest.entries.queries.prompts import get_prompt, prompts_by_group
from contest.entries.services import prompts as services
from contest.entries.services.drafts import QUESTIONS_MAX
from contest.entries.views.blueprint import bp
from contest.errors import NotFound
from contest.web.access import actor, seated
from contest.web.content import content, worded
from contest.web.forms import BaseForm, carried_out, page

READERS = (Role.ORGANIZER, Role.SECRETARY)


@bp.get("/staff/<slug>/prompts")
@seated(*READERS)
def prompt_rounds(slug: str) -> str | Response:
    """The rounds of entries; the only one opens at once."""
    contest = get_contest(db.session(), slug)
    rounds = [each for each in rounds_of(db.session(), contest.id) if each.kind is RoundKind.ENTRY]
    if len(rounds) == 1:
        return redirect(url_for("entries.prompts", slug=slug, round_id=rounds[0].id), 303)
    return render_template("entries/prompt_rounds.html", contest=contest, rounds=rounds)


@bp.get("/staff/<slug>/rounds/<int:round_id>/prompts")
@seated(*READERS)
def prompts(slug: str, round_id: int) -> str:
    """The prompts of a round, group by group."""
    session = db.session()
    contest, round_ = _entry_round(slug, round_id)
    return render_template(
        "entries/prompts.html",
        contest=contest,
        round=round_,
        groups=groups_of(session, contest.id),
        prompts=prompts_by_group(session, round_.id),
        may_write=may_write_prompts(actor(), contest.id) and round_.released_at is None,
    )


@bp.route("/staff/<slug>/rounds/<int:round_id>/prompts/new", methods=["GET", "POST"])
@seated(*PREPARERS)
def new_prompt(slug: str, round_id: int) -> Reply:
    """A prompt after the others of its group."""
    contest, round_ = _entry_round(slug, round_id)
    form = NewPromptForm(data={"group": request.args.get("group", type=int), "questions": [""] * BLANK_QUESTIONS})
    form.group.choices = [(group.id, group.name) for group in groups_of(db.session(), contest.id)]
    if carried_out(
        form,
        lambda session: services.add_prompt(
            session,
            actor(),
            clock.now(),
            contest_id=contest.id,
            round_id=round_.id,
            group_id=form.group.data,
            title=form.title.data or "",
            questions=form.texts,
        ),
    ):
        flash(gettext("The prompt is added."), "ok")
        return redirect(url_for("entries.prompts", slug=slug, round_id=round_id), 303)
    return page("entries/prompt.html", form, contest=contest, round=round_, prompt=None)


@bp.route("/staff/<slug>/rounds/<int:round_id>/prompts/<int:prompt_id>", methods=["GET", "POST"])
@seated(*PREPARERS)
def edit_prompt(slug: str, round_id: int, prompt_id: int) -> Reply:
    """Other words for a prompt."""
    contest, round_ = _entry_round(slug, round_id)
    prompt = get_prompt(db.session(), round_.id, prompt_id)
    shown = [*prompt.questions, *[""] * BLANK_QUESTIONS][:QUESTIONS_MAX]
    form = PromptForm(data={"title": prompt.title, "questions": shown})
    if carried_out(
        form,
        lambda session: services.change_prompt(
            session,
            actor(),
            clock.now(),
            contest_id=contest.id,
            round_id=round_.id,
            prompt_id=prompt_id,
            title=form.title.data or "",
            questions=form.texts,
        ),
    ):
        flash(gettext("The prompt is saved."), "ok")
        return redirect(url_for("entries.prompts", slug=slug, round_id=round_id), 303)
    return page("entries/prompt.html", form, contest=contest, round=round_, prompt=prompt)


@bp.post("/staff/<slug>/rounds/<int:round_id>/prompts/<int:prompt_id>/move")
@seated(*PREPARERS)
def move_prompt(slug: str, round_id: int, prompt_id: int) -> Response:
    """One place up."""
    contest, _round = _entry_round(slug, round_id)
    with unit_of_work() as session:
        services.move_prompt(
            session, actor(), clock.now(), contest_id=contest.id, round_id=round_id, prompt_id=prompt_id
        )
    return redirect(url_for("entries.prompts", slug=slug, round_id=round_id), 303)


@bp.route("/staff/<slug>/rounds/<int:round_id>/prompts/<int:prompt_id>/deletion", methods=["GET", "POST"])
@seated(*PREPARERS)
def delete_prompt(slug: str, round_id: int, prompt_id: int) -> Reply:
    """Ask, then take a prompt out."""
    contest, round_ = _entry_round(slug, round_id)
    prompt = get_prompt(db.session(), round_.id, prompt_id)
    return confirmed(
        BaseForm(),
        lambda session: services.remove_prompt(
            session, actor(), clock.now(), contest_id=contest.id, round_id=round_id, prompt_id=prompt_id
        ),
        question=worded(gettext("Delete the prompt “%(title)s”?"), title=content(prompt.title)),
        effects=[gettext("Its questions are deleted with it. This can't be undone.")],
        label=gettext("Delete the prompt"),
        back=url_for("entries.prompts", slug=slug, round_id=round_id),
        done=gettext("The prompt is deleted."),
    )


def _entry_round(slug: str, round_id: int) -> tuple[Contest, Round]:
    contest = get_contest(db.session(), slug)
    round_ = get_round_of(db.session(), contest.id, round_id)
    if round_.kind is not RoundKind.ENTRY:
        raise NotFound
    return contest, round_
