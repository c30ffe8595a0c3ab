"""Error pages: a fact, what to do, and the request's id. Never a stack trace."""

import logging
from urllib.parse import urlsplit

from flask import Flask, Response, g, make_response, render_template, request
from flask_babel import gettext
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException

from contest.db import db
from contest.errors import DomainError
from contest.web.csrf import csrf_token
from contest.web.security import request_id
from contest.web.words import sentence

RETRY_AFTER_SECONDS = 10
UNUSABLE = (DataError, OverflowError, RecursionError)
"""Numbers beyond a column, days beyond the calendar, JSON without end: no page of ours sends them."""

log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Answer every failure with a page, or with JSON where the request spoke JSON."""
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_gone)
    app.register_error_handler(InterfaceError, _database_gone)
    for kind in UNUSABLE:
        app.register_error_handler(kind, _unusable)
    app.register_error_handler(Exception, _fault)


def failure(status: int, title: str, text: str, code: str, **extra: object) -> Response:
    """A failure in the form that the request can read."""
    if request.is_json:
        response = make_response(
            {
                "error": code,
                "message": text.striptags() if isinstance(text, Markup) else text,
                "request_id": request_id(),
                **extra,
            },
            status,
        )
    else:
        response = make_response(
            render_template(
                "errors/failure.html",
                status=status,
                title=title,
                text=text,
                code=code,
                back=_came_from() if status == 413 else None,
            ),
            status,
        )
    response.headers["Cache-Control"] = "no-store"
    if status in {429, 503}:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _came_from() -> str | None:
    """The page of ours from which a form was sent, as the browser says it; None for a page of anybody else."""
    try:
        said = urlsplit(request.referrer or "")
    except ValueError:
        return None
    if said.netloc != request.host or said.scheme not in {"http", "https"}:
        return None
    path = "/" + said.path.lstrip("/\\")  # two slashes would begin the name of another host
    return f"{path}?{said.query}" if said.query else path


def _domain_error(error: DomainError) -> Response:
    title = gettext("Not found") if error.status == 404 else gettext("This can't be done")
    return failure(error.status, title, sentence(error), error.code)


def _csrf_error(_error: CSRFError) -> Response:
    text = gettext("The page had been open for too long. Go back, reload it and send it once more.")
    return failure(400, gettext("Send it once more"), text, "csrf", csrf_token=csrf_token())


def _http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    status = error.code or 500
    title, text = _words(status)
    return failure(status, title, text, str(error.name).lower().replace(" ", "_"))


def _words(status: int) -> tuple[str, str]:
    """Title and text. A page that takes files says in `g.most_megabytes` how large they may be."""
    not_found = gettext("Not found")
    if status >= 500:
        return gettext("This page could not be opened"), gettext(
            "Answers already saved are not lost; answers not yet sent are still on this device. Try again in a moment."
        )
    most = g.get("most_megabytes")
    large = gettext("What was sent is larger than this page accepts.")
    if most is not None:
        large = gettext("The file is larger than %(most)s MB, which is the most that this page takes.", most=most)
    words = {
        403: (gettext("Not for this account"), gettext("Your role does not allow this.")),
        404: (not_found, gettext("There is no such page. Check the address, or start from the first page.")),
        405: (not_found, gettext("This address can't be opened this way. Start from the first page.")),
        413: (gettext("Too large"), large),
        429: (gettext("Too many tries"), gettext("Wait a few minutes, then try again.")),
    }
    other = (
        gettext("This can't be done"),
        gettext("The request could not be understood. Go back and try again."),
    )
    return words.get(status, other)


def _unusable(error: Exception) -> Response:
    log.warning("unusable request %s: %s", request_id(), type(error).__name__)
    db.session.remove()
    return failure(400, *_words(400), "bad_request")


def _database_gone(error: Exception) -> Response:
    """What the page would look up of its reader and of the site is as far away as the rest."""
    log.error("database unavailable", exc_info=error)
    db.session.remove()
    g.setdefault("_login_user", AnonymousUserMixin())
    g.setdefault("has_samples", False)
    return failure(503, *_words(503), "unavailable")


def _fault(error: Exception) -> Response:
    """The transaction that may have failed ends before the page reads anything."""
    log.error("unhandled error, request %s", request_id(), exc_info=error)
    db.session.remove()
    return failure(500, *_words(500), "fault")
