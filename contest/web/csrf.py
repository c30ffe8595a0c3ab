"""Flask-WTF's guard of every request that changes something. Its tokens are the same; what signs them is made once."""

import hmac
from typing import Any, cast

from flask import Flask, current_app, g, request, session
from flask_wtf.csrf import CSRFProtect, generate_csrf
from itsdangerous import BadData

from contest.web.signing import Serializer

SALT = "wtf-csrf-token"
SECRET = "csrf_token"  # noqa: S105 # where the session keeps it
HEADER = "X-CSRFToken"


class Guard(CSRFProtect):  # type: ignore[misc] # Flask-WTF has no types
    """Lets a request with the right token pass at once; about any other one Flask-WTF decides."""

    def init_app(self, app: Flask) -> None:
        """Guard this application, and give its pages the token."""
        super().init_app(app)
        self.tokens = Serializer(app.config["SECRET_KEY"], SALT)
        app.jinja_env.globals["csrf_token"] = csrf_token
        app.context_processor(lambda: {"csrf_token": csrf_token})

    def protect(self, apply_exemptions: bool = False) -> None:
        """Refuse the request unless it may pass.

        A script's token is in a header: then no form is looked for, nor where a view does so itself, or there is none.
        """
        here = cast("Any", request)._get_current_object()  # noqa: SLF001 # what the proxy stands for
        if here.method not in current_app.config["WTF_CSRF_METHODS"]:
            return
        secret = session.get(SECRET)
        if self._is_right(here.headers.get(HEADER), secret):
            g.csrf_valid = True
        elif apply_exemptions and (not here.endpoint or self._is_exempt()):
            return
        elif self._is_right(here.form.get(SECRET), secret):
            g.csrf_valid = True
        else:
            super().protect()

    def _is_right(self, token: str | None, secret: str | None) -> bool:
        if not token or not secret:
            return False
        try:
            return hmac.compare_digest(self.tokens.loads(token), secret)
        except BadData:
            return False


def csrf_token() -> str:
    """The token of this request's page. A session without a secret gets one."""
    if SECRET in session and SECRET not in g:
        guard: Guard = current_app.extensions["csrf"]
        g.csrf_token = guard.tokens.dumps(session[SECRET])
    return str(g.csrf_token if SECRET in g else generate_csrf())
