from pathlib import Path

import pytest
from flask import Flask, request

from contest.app import create_app
from contest.config import read_settings
from contest.web.access import public
from tests.conftest import KEYS
from tests.databases import Databases


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.mark.parametrize("path", ["/healthz", "/nowhere", "/static/css/app.css"])
def test_every_reply_is_hardened(app: Flask, path: str) -> None:
    assert app.test_client().get(path).headers["X-Content-Type-Options"] == "nosniff"


def test_pages_allow_scripts_and_styles_of_their_own_host_only(app: Flask) -> None:
    policy = app.test_client().get("/nowhere").headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy


def test_requests_have_ids_of_their_own(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/healthz").headers["X-Request-Id"] != client.get("/healthz").headers["X-Request-Id"]


@pytest.mark.parametrize(("proxies", "seen"), [("0", "127.0.0.1"), ("1", "203.0.113.7"), ("2", "198.51.100.9")])
def test_client_address_comes_from_trusted_proxies_only(
    databases: Databases, tmp_path: Path, proxies: str, seen: str
) -> None:
    url = databases.fresh("sqlite")
    environ = {"CONTEST_DATABASE_URL": url, "CONTEST_DATA": str(tmp_path), "CONTEST_TRUSTED_PROXIES": proxies}
    app = create_app(read_settings({**KEYS, **environ}))
    app.add_url_rule("/address", "address", public(lambda: str(request.remote_addr)))
    headers = {"X-Forwarded-For": "192.0.2.66, 198.51.100.9, 203.0.113.7"}
    assert app.test_client().get("/address", headers=headers).text == seen


@pytest.mark.parametrize(("flag", "is_strict"), [("yes", True), ("no", False)])
def test_secure_cookies_bring_strict_transport(
    databases: Databases, tmp_path: Path, flag: str, *, is_strict: bool
) -> None:
    environ = {
        "CONTEST_DATABASE_URL": databases.fresh("sqlite"),
        "CONTEST_DATA": str(tmp_path),
        "CONTEST_SECURE_COOKIES": flag,
    }
    app = create_app(read_settings({**KEYS, **environ}))
    assert ("Strict-Transport-Security" in app.test_client().get("/healthz").headers) is is_strict
    assert app.config["SESSION_COOKIE_SECURE"] is is_strict
    assert app.config["SESSION_COOKIE_HTTPONLY"]
