"""Flask, with what every request pays for written shorter. What it guards and answers stays the same."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer


class CookieSessions(SecureCookieSessionInterface):
    """Flask's signed cookies. The keys never change while a process runs, so what signs with them is made once."""

    _signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The one of the application that these sessions belong to."""
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer


class Application(Flask):
    """No view of ours is a coroutine, so none is asked whether it is one."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.session_interface = CookieSessions()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself."""
        return func
