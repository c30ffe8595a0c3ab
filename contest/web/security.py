"""Headers of every reply, the request's id, and proxies that are trusted to name the client."""

import secrets

from flask import Flask, Response, abort, g, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


class RowId(IntegerConverter):
    """`<int:…>` in an address: what fits a key column; anything larger names nothing."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=2**31 - 1)


def install(app: Flask, trusted_proxies: int, *, secure_cookies: bool) -> None:
    """Give every request an id and every reply its headers."""
    app.url_map.converters["int"] = RowId
    if trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, trusted_proxies, trusted_proxies, 0, 0, 0)  # type: ignore[method-assign]

    @app.before_request
    def _name_request() -> None:
        g.request_id = secrets.token_hex(4)

    @app.before_request
    def _refuse_nul() -> None:
        """No address of ours holds one, and a database would stumble over it."""
        if "\0" in request.path or "\0" in "".join(request.args.values()):
            abort(404)

    @app.after_request
    def _add_headers(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("X-Request-Id", g.get("request_id", ""))
        if secure_cookies:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if request.endpoint != "static":
            headers.setdefault("Cache-Control", "private, no-cache")
        return response
