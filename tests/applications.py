"""Applications for the tests: one for each database, used by one test after another.

Making one costs more than most tests do, and one that was used has its statements, templates and translations at hand.
"""

from typing import Any

from flask import Flask
from sqlalchemy import Engine

from contest import db as database
from contest.app import create_app
from contest.config import Settings
from contest.db import db
from contest.publication.views.boards import Remembered
from contest.storage import storage_of
from contest.web.bodies import slots
from contest.web.front import Front
from contest.web.shared import SharedPages

DEPTH = 4


class Applications:
    """Lends what no test left changed; one that a test did change is thrown away when it comes back."""

    def __init__(self) -> None:
        self._free: dict[str, Flask] = {}
        self._shapes: dict[str, object] = {}

    def lend(self, settings: Settings) -> Flask:
        """The application of these settings' database. It knows nothing of the tests before."""
        app = self._free.pop(settings.database_url, None) or create_app(settings)
        app.config["SETTINGS"] = settings
        app.extensions["storage"] = storage_of(settings)
        app.extensions["bodies"] = slots(settings.web_threads)
        app.extensions["shared_pages"] = SharedPages()
        app.extensions["boards"] = Remembered()
        front_of(app)._replies.clear()
        app._got_first_request = False
        self._shapes[settings.database_url] = shape(app)
        return app

    def take_back(self, app: Flask) -> None:
        """Keep it unless it was changed. Connections to a file are closed, since the next test gets another file."""
        engine, url = engine_of(app), app.config["SQLALCHEMY_DATABASE_URI"]
        with app.app_context():
            db.session.remove()
        is_busy = engine.pool.checkedout() > 0  # type: ignore[attr-defined]
        is_changed = shape(app) != self._shapes.pop(url)
        if is_busy or is_changed or engine.dialect.name == "sqlite":
            _disconnect(engine)
        if not is_busy and not is_changed:
            self._free[url] = app

    def close(self) -> None:
        """Give every connection back."""
        vars(database._of_thread).pop("lent", None)
        for app in self._free.values():
            engine_of(app).dispose()


def engine_of(app: Flask) -> Engine:
    with app.app_context():
        return db.engine


def front_of(app: Flask) -> Front:
    """The layer around Flask that keeps finished replies."""
    layer: Any = app.wsgi_app
    while not isinstance(layer, Front):
        layer = getattr(layer, "application", None) or layer._inner
    return layer


def shape(app: Flask) -> dict[str, object]:
    """What a test can change of an application and its engine: settings, hooks, templates, listeners."""
    own = {name: value for name, value in vars(app).items() if name not in {"_got_first_request", "jinja_loader"}}
    templates = {name: value for name, value in vars(app.jinja_env).items() if name != "cache"}
    engine = engine_of(app)
    return {
        "application": _seen(own),
        "templates": _seen(templates),
        "listeners": [
            len(list(getattr(of.dispatch, name))) for of in (engine, engine.pool) for name in of.dispatch._event_names
        ],
    }


def _seen(value: object, depth: int = DEPTH) -> object:
    """Containers by what is in them, all else by its identity. Empty containers come and go when they are looked at."""
    if depth and isinstance(value, dict):
        seen = {key: _seen(each, depth - 1) for key, each in value.items()}
        return {key: each for key, each in seen.items() if each not in ({}, [])}
    if depth and isinstance(value, list | tuple):
        return [_seen(each, depth - 1) for each in value]
    return id(value)


def _disconnect(engine: Engine) -> None:
    vars(database._of_thread).get("lent", {}).pop(engine, None)
    engine.dispose()
