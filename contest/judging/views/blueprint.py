"""The pages' blueprint, what several of them need, and words for templates."""

from collections.abc import Callable, Sequence

from flask import Blueprint, flash, redirect
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from contest.contests.models import Contest, Round
from contest.contests.queries import get_contest, get_round_of
from contest.db import db
from contest.judging import labels
from contest.judging.domain.redaction import BLOCK
from contest.web.forms import BaseForm, carried_out, page

bp = Blueprint("judging", __name__)

Reply = Response | tuple[str, int]
SHEET = "/staff/<slug>/judging/sheets/<int:sheet_id>"
ROUND = "/staff/<slug>/judging/rounds/<int:round_id>"
CASE = "/staff/<slug>/judging/cases/<int:case_id>"


@bp.app_context_processor
def _words() -> dict[str, object]:
    return {"form_names": labels.FORMS, "case_states": labels.CASE_STATES, "sheet_states": labels.SHEET_STATES}


@bp.app_template_filter()
def paragraphs(text: str) -> list[Markup]:
    """What somebody wrote, by its line breaks; what was masked in it is said in words."""
    mask = Markup('<span class="redacted">{}</span>').format(labels.MASKED)
    lines = (line.strip() for line in text.splitlines())
    return [mask.join(line.split(BLOCK)) for line in lines if line]


@bp.app_template_filter()
def clip_length(milliseconds: int) -> str:
    """mm:ss of a clip."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes:02d}:{seconds:02d}"


def found_contest(slug: str) -> Contest:
    """The contest of the address."""
    return get_contest(db.session(), slug)


def found_round(slug: str, round_id: int) -> tuple[Contest, Round]:
    """The contest and the round of the address. Raises `NotFound`."""
    contest = found_contest(slug)
    return contest, get_round_of(db.session(), contest.id, round_id)


def step(
    form: BaseForm,
    act: Callable[[Session], object],
    *,
    question: str,
    effects: Sequence[str],
    label: str,
    back: str,
    done: str,
    after: str = "",
    kind: str = "danger",
) -> Reply:
    """Ask on GET what the step needs; on POST carry out `act`, say `done` and go `after` it, or `back`."""
    if carried_out(form, lambda session: (act(session),)):
        flash(done, "ok")
        return redirect(after or back, 303)
    return page("judging/confirm.html", form, question=question, effects=effects, label=label, back=back, kind=kind)
