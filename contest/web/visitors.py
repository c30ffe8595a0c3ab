"""Who is signed in, by Flask-Login."""

from flask import Flask, g, session
from flask_login import LoginManager

from contest.web.access import visitor


class Visitors(LoginManager):  # type: ignore[misc] # Flask-Login has no types
    """Knows people by the session alone, whose row in the database says whether it still counts.

    No cookie remembers anybody, no header names anybody, and nothing depends on the device: so none is looked for.
    """

    def init_app(self, app: Flask, add_context_processor: bool = True) -> None:  # noqa: ARG002 # declared there
        """Take part in this application; its pages know their reader as `current_user`."""
        app.login_manager = self  # type: ignore[attr-defined] # where Flask-Login looks for it
        app.context_processor(lambda: {"current_user": visitor()})

    def _load_user(self) -> None:
        token = session.get("_user_id")
        person = self._user_callback(token) if token is not None else None
        g._login_user = person or self.anonymous_user()  # noqa: SLF001 # where Flask-Login looks for it
