"""Requests and replies that carry a file: never on all threads at once, never with a transaction open."""

import hashlib
from collections.abc import Callable
from functools import wraps
from mimetypes import guess_extension
from threading import BoundedSemaphore
from typing import ParamSpec
from weakref import finalize

from flask import current_app, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response
from werkzeug.wsgi import FileWrapper

from contest.db import db
from contest.errors import NotFound
from contest.storage import MissingObjectError, Storage
from contest.web.failures import failure

P = ParamSpec("P")

RETRY_AFTER_SECONDS = 2
SMALL_BYTES = 1024 * 1024
PIECE = 256 * 1024
PDF = "application/pdf"
# Alone in a tab, a picture or clip is laid out by the browser's own inline style.
INERT = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; frame-ancestors 'none'"
)
# A sandbox keeps browsers from showing a PDF at all; their viewer runs apart from the site in any case.
INERT_PDF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def slots(threads: int) -> BoundedSemaphore:
    """As many bodies as a process with so many threads may carry at once: half of them stay free for answers."""
    return BoundedSemaphore(max(1, threads // 2))


def heavy(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """The view takes or gives a file. It holds a slot until its reply is closed; without a free one it is refused.

    A reply no larger than a page needs none: a document with many pictures is shown whole.
    """

    @wraps(view)
    def bounded(*arguments: P.args, **named: P.kwargs) -> ResponseReturnValue:
        free: BoundedSemaphore = current_app.extensions["bodies"]
        is_reading = request.method in {"GET", "HEAD"}
        if not is_reading and not free.acquire(blocking=False):
            return _busy()
        try:
            response = make_response(view(*arguments, **named))
        except BaseException:
            if not is_reading:
                free.release()
            raise
        if is_reading and (request.method == "HEAD" or (response.content_length or 0) <= SMALL_BYTES):
            return response
        if is_reading and not free.acquire(blocking=False):
            response.close()
            return _busy()
        # Runs once: when the server closes the reply, or when the reply is lost before.
        response.call_on_close(finalize(response, free.release))
        return response

    return bounded


def _busy() -> Response:
    response = failure(
        503,
        gettext("Many files are on their way"),
        gettext("The server is busy with other people's files. Try again in a moment; nothing is lost."),
        "busy",
    )
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def let_go() -> None:
    """Give the database connection back before bytes flow. What was read stays readable, but is no longer bound."""
    db.session.remove()


def send_stored(storage: Storage, key: str, mime: str, name: str) -> Response:
    """A stored file for the browser to show, whole or in ranges, under a neutral `name`. Nothing in it can run.

    Raises `NotFound`.
    """
    try:
        size, file = storage.size(key), storage.open(key)
    except MissingObjectError as error:
        raise NotFound from error
    response = Response(FileWrapper(file, PIECE), mimetype=mime)
    response.call_on_close(file.close)
    response.content_length = size
    response.set_etag(hashlib.sha256(key.encode()).hexdigest()[:32])
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Content-Security-Policy"] = INERT_PDF if mime == PDF else INERT
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    try:
        return response.make_conditional(request, accept_ranges=True, complete_length=size)
    except RequestedRangeNotSatisfiable:
        file.close()
        return Response(status=416, headers={"Content-Range": f"bytes */{size}", "Cache-Control": "private, no-store"})


def send_named(storage: Storage, key: str, mime: str, digest: str) -> Response:
    """The same for a file that its address names by the digest of its content: the browser may keep it for an hour.

    Raises `NotFound`.
    """
    response = send_stored(storage, key, mime, f"{digest[:12]}{guess_extension(mime) or ''}")
    if response.status_code < 400:
        response.headers["Cache-Control"] = "private, max-age=3600, immutable"
    return response
