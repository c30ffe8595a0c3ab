"""What the pages of entries share."""

from flask import Blueprint, Response, current_app, make_response, redirect

from contest.keys import Keys

bp = Blueprint("entries", __name__)


def keys() -> Keys:
    """The installation's keys."""
    found: Keys = current_app.extensions["keys"]
    return found


def see(url: str) -> Response:
    """After a form: see that page (303)."""
    return make_response(redirect(url, 303))
