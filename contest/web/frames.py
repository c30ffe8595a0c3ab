"""Pages of the hot path: drawn once for all who read the same words, then filled in for each reader.

A template is drawn with marks where readers differ and kept, as the UTF-8 around them, under every value that it was
given; so no other value can ever show an old page. What fills a place is escaped like anything that a template writes.
"""

import re
import secrets
from collections.abc import Callable, Hashable, Iterable, Mapping

from flask import current_app, g, render_template, request, session
from flask_babel import get_locale
from flask_login import AnonymousUserMixin
from markupsafe import escape

from contest.actors import Actor, Visitor
from contest.web.access import visitor
from contest.web.csrf import csrf_token
from contest.web.kept import Kept

FRAMES_KEPT = 200

# Letters and digits only, so that neither an address nor markup changes it; nobody outside the process can write it.
_SIGN = f"mark{secrets.token_hex(8)}"
_MARK = re.compile(_SIGN + "([a-z_]+)Z")

_frames = Kept["Frame"](FRAMES_KEPT)
_NOBODY = AnonymousUserMixin()


def mark(name: str) -> str:
    """What stands in a drawn template where `name` (small letters) is to be filled in."""
    return f"{_SIGN}{name}Z"


class Frame:
    """What was drawn with marks. Filling it only copies bytes: a format would be read, and its page encoded, again."""

    def __init__(self, html: str) -> None:
        pieces = _MARK.split(html)
        self.names = tuple(pieces[1::2])
        self._pieces = [piece.encode() for piece in pieces]

    def filled(self, values: Mapping[str, bytes]) -> bytes:
        """All of it with these values, markup already, under their marks."""
        pieces = self._pieces[:]
        pieces[1::2] = map(values.__getitem__, self.names)
        return b"".join(pieces)


class _Values(dict[str, bytes]):
    """What fills the places: the token is signed only for a page that has a place for it."""

    def __missing__(self, name: str) -> bytes:
        if name != "csrf_token":
            raise KeyError(name)
        token = self[name] = escape(csrf_token()).encode()
        return token


def utf8(value: object) -> bytes:
    """A value as markup: bytes are that already."""
    return value if isinstance(value, bytes) else escape(value).encode()


def framed_page(
    template: str,
    same: Mapping[str, Hashable],
    differs: Mapping[str, object],
    follows: Callable[[], Mapping[str, object]] = dict,
) -> bytes:
    """The page of this reader.

    Under the names of `differs` the template finds marks: it may write them, but not look at them; bytes are markup,
    and everything else is escaped. Beside `same` it may use what `follows` from that and from nothing else, the
    language, the endpoint and what the site says of itself, and nothing else of request or reader.
    """
    places = tuple(differs)
    values = _Values((name, utf8(value)) for name, value in differs.items())
    if "_flashes" in session:  # what is told once is not kept
        return _draw(template, {**same, **follows()}, places).filled(values)
    key = (template, places, tuple(same.items()), current_app.extensions["site"](), get_locale().language)
    frame = _frames.value((key, request.endpoint), lambda: _draw(template, {**same, **follows()}, places))
    return frame.filled(values)


def any_reader() -> AnonymousUserMixin | Visitor:
    """Of the present reader what a layout asks, for `same`: whether somebody is signed in and has a desk.

    The name is a mark: `differs` has to hold `reader_name`.
    """
    reader = visitor()
    if not reader.is_authenticated:
        return _NOBODY
    has_desk = reader.actor.is_admin or bool(reader.actor.seats)
    return Visitor(Actor(0, is_admin=has_desk), mark("reader_name"), reader.locale, session_id=0, token="")


def _draw(template: str, values: Mapping[str, object], places: Iterable[str]) -> Frame:
    """Draw with the reader's own token and name out of reach, wherever a macro might take them from."""
    token = g.get("csrf_token")
    g.csrf_token = mark("csrf_token")
    try:
        marks = {name: mark(name) for name in places}
        return Frame(render_template(template, **{"current_user": None, "server_now": None, **values, **marks}))
    finally:
        g.csrf_token = token
        if token is None:
            del g.csrf_token
