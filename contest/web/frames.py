"""Pages of the hot path: drawn once for all who read the same words, then filled in for each reader.

A template is drawn with marks where readers differ and kept, as a format of `%`, under every value that it was given;
so no other value can ever show an old page. What fills a place is escaped like anything that a template writes.
"""

import re
import secrets
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from threading import Lock

from flask import current_app, g, render_template, request, session
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf
from markupsafe import escape

FRAMES_KEPT = 200

# Letters and digits only, so that neither an address nor markup changes it; nobody outside the process can write it.
_SIGN = f"mark{secrets.token_hex(8)}"
_MARK = re.compile(_SIGN + "([a-z_]+)Z")

_frames: OrderedDict[Hashable, str] = OrderedDict()
_keeping = Lock()


def mark(name: str) -> str:
    """What stands in a drawn template where `name` (small letters) is to be filled in."""
    return f"{_SIGN}{name}Z"


def frame_of(html: str) -> str:
    """What was drawn with marks, as a format that `%` fills from a mapping of escaped values."""
    return _MARK.sub(r"%(\1)s", html.replace("%", "%%"))


def framed_page(template: str, same: Mapping[str, Hashable], differs: Mapping[str, object]) -> str:
    """The page of this reader.

    Under the names of `differs` the template finds marks: it may write them, but not look at them. Beside `same` it
    may use the language, the endpoint and what the site says of itself, and nothing else of request or reader.
    """
    values = {name: escape(value) for name, value in differs.items()}
    values["csrf_token"] = escape(generate_csrf())
    return _frame(template, same, tuple(differs)) % values


def _frame(template: str, same: Mapping[str, Hashable], places: tuple[str, ...]) -> str:
    if "_flashes" in session:  # what is told once is not kept
        return _draw(template, same, places)
    site: dict[str, object] = {}
    current_app.update_template_context(site)
    key = (template, places, tuple(same.items()), site["site"], get_locale().language, request.endpoint)
    found = _frames.get(key)
    if found is None:
        found = _draw(template, same, places)
        with _keeping:
            _frames[key] = found
            while len(_frames) > FRAMES_KEPT:
                _frames.popitem(last=False)
    return found


def _draw(template: str, same: Mapping[str, Hashable], places: tuple[str, ...]) -> str:
    """Draw with the reader's own token and name out of reach, wherever a macro might take them from."""
    token = g.csrf_token
    g.csrf_token = mark("csrf_token")
    try:
        values = {**same, **{name: mark(name) for name in places}}
        return frame_of(render_template(template, **{"current_user": None, "server_now": None, **values}))
    finally:
        g.csrf_token = token
