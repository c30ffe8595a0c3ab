"""Finished replies in front of Flask, for readers who bring no cookie but their language.

A view whose page is the same for all of them says how long its reply may be given again, and how to tell that it still
holds. Everybody else, and every reply that no longer holds, goes to Flask.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask import request
from sqlalchemy.exc import SQLAlchemyError

from contest import clock

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REPLIES_KEPT = 200
KEEP = "contest.keep"
LANGUAGES = {"": "vi", "locale=vi": "vi", "locale=en": "en"}
"""By the whole header `Cookie`: whoever brings anything else may be somebody."""

OF_THE_BODY = frozenset({"Content-Length", "Content-Type"})

Name = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Reply:
    """A page as Flask answered it. It may be given until `until`, while `holds` says so."""

    until: float
    holds: Callable[[], bool]
    headers: list[tuple[str, str]]
    etag: str | None
    body: bytes

    def answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """The page, or word that the browser's copy still holds."""
        if self.etag and self.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 NOT MODIFIED", [pair for pair in self.headers if pair[0] not in OF_THE_BODY])
            return ()
        start_response("200 OK", list(self.headers))
        return (self.body,)


class Front:
    """Around Flask: gives kept replies, and keeps those that a view said may be given again."""

    def __init__(self, inner: "WSGIApplication") -> None:
        self._inner = inner
        self._replies: OrderedDict[Name, _Reply] = OrderedDict()
        self._keeping = Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        name = _name(environ)
        if name is None:
            return self._inner(environ, start_response)
        reply = self._replies.get(name)
        if reply is not None and _may_be_given(reply):
            return reply.answer(environ, start_response)
        return self._asked(name, environ, start_response)

    def _asked(self, name: Name, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        started: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            started[:] = status, headers
            return start_response(status, list(headers), exc_info)

        answered = self._inner(environ, start)
        if KEEP not in environ or not started or not started[0].startswith("200") or _sets_cookie(started[1]):
            return answered
        body = b"".join(answered)
        answered.close()  # type: ignore[attr-defined] # Werkzeug's
        until, holds = environ[KEEP]
        with self._keeping:
            self._replies[name] = _Reply(until, holds, started[1], dict(started[1]).get("ETag"), body)
            while len(self._replies) > REPLIES_KEPT:
                self._replies.popitem(last=False)
        return (body,)


def keep_in_front(seconds: float, holds: Callable[[], bool] = lambda: True) -> None:
    """Let this request's reply be given again for `seconds`, while `holds`, to all who bring no cookie of their own.

    `holds` is called outside of any request.
    """
    request.environ[KEEP] = clock.monotonic() + seconds, holds


def _name(environ: "WSGIEnvironment") -> Name | None:
    language = LANGUAGES.get(environ.get("HTTP_COOKIE", ""))
    if language is None or environ["REQUEST_METHOD"] != "GET":
        return None
    return language, environ["SCRIPT_NAME"], environ["PATH_INFO"], environ["QUERY_STRING"]


def _may_be_given(reply: _Reply) -> bool:
    """A database that is gone is Flask's to tell."""
    try:
        return clock.monotonic() < reply.until and reply.holds()
    except SQLAlchemyError:
        return False


def _sets_cookie(headers: list[tuple[str, str]]) -> bool:
    return any(name == "Set-Cookie" for name, _value in headers)
