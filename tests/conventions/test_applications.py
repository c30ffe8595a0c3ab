"""Tests that follow each other on one application see nothing of each other."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from contest.app import create_app
from tests.applications import Applications, engine_of, front_of
from tests.conftest import settings_for

KNOWN = {"babel", "boards", "bodies", "csrf", "keys", "migrate", "shared_pages", "site", "sqlalchemy", "storage"}
CHANGES: dict[str, Callable[[Flask], object]] = {
    "a setting": lambda app: app.config.update(WTF_CSRF_ENABLED=False),
    "an address": lambda app: app.add_url_rule("/another", "another", lambda: ""),
    "a hook": lambda app: app.before_request(lambda: None),
    "an answer to a fault": lambda app: app.register_error_handler(KeyError, lambda _error: ""),
    "a value of all pages": lambda app: app.jinja_env.globals.update(other=1),
    "a store": lambda app: app.extensions.update(storage=None),
    "a layer": lambda app: setattr(app, "wsgi_app", lambda *_: []),
    "a listener": lambda app: event.listen(engine_of(app), "before_cursor_execute", lambda *_: None),
    "a connection": lambda app: app.extensions.update(taken=engine_of(app).connect()),
}


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def lent(applications: Applications, database_url: str, tmp_path: Path) -> Callable[[str], Flask]:
    return lambda folder: applications.lend(settings_for(database_url, tmp_path / folder))


def test_what_was_not_changed_is_lent_again_and_keeps_nothing(
    applications: Applications, lent: Callable[[str], Flask]
) -> None:
    app = lent("first")
    assert app.test_client().get("/").status_code == 200
    assert front_of(app)._replies
    kept = {name: app.extensions[name] for name in ("boards", "bodies", "shared_pages", "storage")}
    applications.take_back(app)
    again = lent("second")
    assert again is app
    assert again.config["SETTINGS"].data.name == "second"
    assert not front_of(again)._replies
    assert [name for name, value in kept.items() if again.extensions[name] is value] == []
    applications.take_back(again)


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_is_lent_to_nobody(
    applications: Applications, lent: Callable[[str], Flask], change: str
) -> None:
    app = lent("first")
    CHANGES[change](app)
    applications.take_back(app)
    another = lent("second")
    assert another is not app
    applications.take_back(another)


def test_everything_that_an_application_holds_is_known(database_url: str, tmp_path: Path) -> None:
    """Whoever adds something that keeps anything: `Applications.lend` makes it anew for each test."""
    assert set(create_app(settings_for(database_url, tmp_path)).extensions) == KNOWN
