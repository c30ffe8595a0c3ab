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
        """Guard this application."""
        super().init_app(app)
        self._tokens = Serializer(app.config["SECRET_KEY"], SALT)

    def protect(self, apply_exemptions: bool = False) -> None:
        """Refuse the request unless it may pass. A script's token is in a header: then no form is looked for."""
        here = cast("Any", request)._get_current_object()  # noqa: SLF001 # what the proxy stands for
        if here.method in current_app.config["WTF_CSRF_METHODS"] and self._is_right(
            here.headers.get(HEADER) or here.form.get(SECRET), session.get(SECRET)
        ):
            g.csrf_valid = True
        else:
            super().protect(apply_exemptions)

    def token(self) -> str:
        """The token of this session's pages; a session without a secret gets one."""
        if SECRET not in session:
            return str(generate_csrf())
        if SECRET not in g:
            g.csrf_token = self._tokens.dumps(session[SECRET])
        return str(g.csrf_token)

    def _is_right(self, token: str | None, secret: str | None) -> bool:
        if not token or not secret:
            return False
        try:
            return hmac.compare_digest(self._tokens.loads(token), secret)
        except BadData:
            return False
