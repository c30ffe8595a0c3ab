"""The blueprint, and what its pages share: admission by counting tries, refusals, the way back."""

from datetime import datetime
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, make_response, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from contest.accounts.services import Busy, TooManyTries, count_try
from contest.accounts.services.limits import Limit
from contest.accounts.services.passwords import bound
from contest.accounts.services.resets import use_key
from contest.db import unit_of_work
from contest.errors import DomainError
from contest.web.access import visitor
from contest.web.failures import RETRY_AFTER_SECONDS
from contest.web.forms import BaseForm, page, show_on

Reply = str | tuple[str, int] | AnyResponse

bp = Blueprint("accounts", __name__)

OPEN_WITH_GIVEN_PASSWORD = {
    "static",
    "accounts.new_password",
    "accounts.sign_out",
    "accounts.set_locale",
    "accounts.session_state",
    "accounts.terms",
}


@bp.record
def _configure(state: BlueprintSetupState) -> None:
    settings = state.app.config["SETTINGS"]
    bound(settings.hashes_in_flight)
    use_key(settings.secret_key)


@bp.before_app_request
def ask_for_new_password() -> AnyResponse | None:
    """Whoever signed in with a password that somebody else gave out chooses their own first.

    Answers are left alone: they come from pages that were asked already, and are saved without a look at the person.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if request.endpoint in OPEN_WITH_GIVEN_PASSWORD or getattr(view, "policy", "in_statement") == "in_statement":
        return None
    reader = visitor()
    if not reader.is_authenticated or not reader.must_change_password:
        return None
    return redirect(url_for("accounts.new_password", next=own_path(request.full_path.rstrip("?"))), 303)


def address() -> str:
    """Where the request comes from, as far as the trusted proxies say."""
    return request.remote_addr or ""


def pair(login: str) -> str:
    """A login tried from here: what a stranger does elsewhere is counted apart from what its owner does."""
    return f"{login} {address()}"


def admit(session: Session, now: datetime, *tries: tuple[Limit, str]) -> int:
    """Count the tries; minutes to wait, or 0."""
    return max(count_try(session, now, limit, subject) for limit, subject in tries)


def check_limits(now: datetime, *tries: tuple[Limit, str]) -> None:
    """Count the tries in a unit of their own, so that a refused one counts, too. Raises `TooManyTries`."""
    with unit_of_work() as session:
        minutes = admit(session, now, *tries)
    if minutes:
        raise TooManyTries(minutes)


def refused(template: str, form: BaseForm, error: DomainError, **values: object) -> Response:
    """The page once more, with what was typed and what is wrong with it; 429 and 503 say when to come back."""
    show_on(form, error)
    response = make_response(page(template, form, **values))
    if isinstance(error, TooManyTries | Busy):
        response.status_code = error.status
        seconds = error.minutes * 60 if isinstance(error, TooManyTries) else RETRY_AFTER_SECONDS
        response.headers["Retry-After"] = str(seconds)
    return response


def own_path(target: str | None) -> str | None:
    """`target` if it is an address on this site, else None: nobody is sent elsewhere after signing in."""
    if not target or not target.startswith("/") or target[1:2] in {"/", "\\"} or not target.isprintable():
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


def way_back() -> str:
    """Where the form or the link said to go on, else the first page."""
    return own_path(request.values.get("next")) or url_for("contests.home")
