"""Headers of every reply, the request's id, and proxies that are trusted to name the client."""

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, abort, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "private, no-cache",
    "Vary": "Cookie",
}
STRICT_TRANSPORT = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
REQUEST_ID = "contest.request_id"


class RowId(IntegerConverter):
    """`<int:…>` in an address: what fits a key column; anything larger names nothing."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=2**31 - 1)


class Hardened:
    """Around an application: every request gets an id, and every reply the headers that it doesn't bring itself."""

    def __init__(self, inner: "WSGIApplication", headers: dict[str, str]) -> None:
        self._inner, self._headers = inner, tuple(headers.items())

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        name = environ[REQUEST_ID] = secrets.token_hex(4)

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            brought = {header for header, _value in headers}
            added = [pair for pair in self._headers if pair[0] not in brought]
            return start_response(status, [*headers, *added, ("X-Request-Id", name)], exc_info)

        return self._inner(environ, start)


def request_id() -> str:
    """The id of this request, which its reply and the log name."""
    return str(request.environ.get(REQUEST_ID, ""))


def install(app: Flask, trusted_proxies: int, *, secure_cookies: bool) -> None:
    """Give every request an id and every reply its headers."""
    app.url_map.converters["int"] = RowId
    headers = {**HEADERS, **STRICT_TRANSPORT} if secure_cookies else HEADERS
    app.wsgi_app = Hardened(app.wsgi_app, headers)  # type: ignore[method-assign]
    if trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, trusted_proxies, trusted_proxies, 0, 0, 0)  # type: ignore[method-assign]

    @app.before_request
    def _refuse_nul() -> None:
        """No address of ours holds one, and a database would stumble over it."""
        environ = request.environ
        if "\0" in environ["PATH_INFO"] or "%00" in environ["QUERY_STRING"] or "\0" in environ["QUERY_STRING"]:
            abort(404)
