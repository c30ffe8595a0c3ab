"""The pages' blueprint, what several of them need, and words for templates."""

from flask import Blueprint
from markupsafe import Markup

from contest.contests.models import Contest, Round
from contest.contests.queries import get_contest, get_round_of
from contest.db import db
from contest.judging import labels
from contest.judging.domain.redaction import BLOCK

bp = Blueprint("judging", __name__)

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
