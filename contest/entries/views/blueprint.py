"""What the pages of entries share."""

from flask import Blueprint, Response, current_app, make_response, redirect

from contest.entries.domain.words import count_words
from contest.entries.labels.words import FORMS, ICONS, SHORT_FORMS
from contest.keys import Keys

bp = Blueprint("entries", __name__)
bp.add_app_template_filter(FORMS.get, "form_title")
bp.add_app_template_filter(SHORT_FORMS.get, "form_name")
bp.add_app_template_filter(ICONS.get, "form_icon")
bp.add_app_template_filter(count_words, "word_count")


def keys() -> Keys:
    """The installation's keys."""
    found: Keys = current_app.extensions["keys"]
    return found


def see(url: str) -> Response:
    """After a form: see that page (303)."""
    return make_response(redirect(url, 303))
