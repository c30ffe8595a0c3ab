"""What a browser keeps between two requests: Flask's signed cookies, read and written with less work."""

import hashlib
import json
from typing import Any

from flask import Flask, Response
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from contest.web.signing import Serializer


class CookieContent(TaggedJSONSerializer):
    """JSON with tags for what JSON lacks. Most cookies hold none, and need not be searched for them."""

    def loads(self, value: str) -> Any:
        """What was written; a tag begins with a space, and nothing else that is written here does."""
        return super().loads(value) if '{" ' in value else json.loads(value)


class CookieSessions(SecureCookieSessionInterface):
    """Flask's signed cookies. The key never changes while a process runs, so what signs with it is made once."""

    serializer = CookieContent()
    digest_method = staticmethod(hashlib.sha1)
    _signing: Serializer | None = None

    def get_signing_serializer(self, app: Flask) -> Serializer:
        """The one of the application that these sessions belong to."""
        if self._signing is None:
            how = {"key_derivation": self.key_derivation, "digest_method": self.digest_method}
            self._signing = Serializer(app.secret_key or "", self.salt, serializer=self.serializer, signer_kwargs=how)
        return self._signing

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write a cookie where there is something new to write; that replies vary by cookies, all of them say."""
        if session.modified:
            super().save_session(app, session, response)
