"""Every failure is a page with a request id, or JSON where JSON was spoken; never a stack trace."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.test import TestResponse

from contest.errors import DomainError, NotAllowed, NotFound
from contest.web.access import public
from tests.web import csrf_token, post_json

SECRET = "the driver's own words"


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def failing(app: Flask, client: FlaskClient) -> Callable[[Callable[[], Any]], TestResponse]:
    raiser: list[Callable[[], Any]] = []

    @app.route("/fail", methods=["GET", "POST"])
    @public
    def fail() -> Any:
        return raiser[0]()

    def answer(act: Callable[[], Any], *, as_json: bool = False) -> TestResponse:
        raiser[:] = [act]
        return post_json(client, "/fail", {}) if as_json else client.get("/fail")

    return answer


def raising(error: BaseException) -> Callable[[], Any]:
    def act() -> None:
        raise error

    return act


CASES = [
    (raising(DomainError("not_found")), 409),
    (raising(NotAllowed()), 403),
    (raising(NotFound()), 404),
    (lambda: abort(404), 404),
    (lambda: abort(413), 413),
    (lambda: abort(429), 429),
    (lambda: abort(400), 400),
    (raising(OperationalError("SELECT", {}, OSError(SECRET))), 503),
    (raising(InterfaceError("SELECT", {}, OSError(SECRET))), 503),
    (raising(RuntimeError(SECRET)), 500),
]


@pytest.mark.parametrize(("act", "status"), CASES)
def test_failure_is_a_page_with_the_request_id(failing: Any, act: Callable[[], Any], status: int) -> None:
    reply = failing(act)
    assert reply.status_code == status
    assert reply.mimetype == "text/html"
    assert reply.headers["X-Request-Id"] in reply.text
    assert reply.headers["Cache-Control"] == "no-store"
    assert SECRET not in reply.text
    assert "Traceback" not in reply.text
    assert (reply.headers.get("Retry-After") is not None) == (status in {429, 503})


@pytest.mark.parametrize(("act", "status"), CASES)
def test_failure_is_json_where_json_was_spoken(failing: Any, act: Callable[[], Any], status: int) -> None:
    reply = failing(act, as_json=True)
    assert reply.status_code == status
    body = reply.get_json()
    assert body["request_id"] == reply.headers["X-Request-Id"]
    assert body["message"]
    assert SECRET not in reply.text


def test_domain_error_keeps_its_code(failing: Any) -> None:
    assert failing(raising(NotAllowed()), as_json=True).get_json()["error"] == "not_allowed"


def test_post_without_a_token_is_refused_with_a_fresh_one(failing: Any, client: FlaskClient) -> None:
    failing(lambda: "in")
    reply = client.post("/fail", json={})
    assert (reply.status_code, reply.get_json()["error"]) == (400, "csrf")
    fresh = reply.get_json()["csrf_token"]
    assert client.post("/fail", json={}, headers={"X-CSRFToken": fresh}).status_code == 200
    assert client.post("/fail", data={"csrf_token": csrf_token(client)}).status_code == 200


def test_unknown_address_and_method_are_explained(client: FlaskClient) -> None:
    assert client.get("/nowhere").status_code == 404
    assert client.put("/healthz", headers={"X-CSRFToken": csrf_token(client)}).status_code == 405


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        ("http://localhost/entries/abc?form=video", "/entries/abc?form=video"),
        ("http://localhost//evil.example/x", "/evil.example/x"),
        ("http://evil.example/entries/abc", None),
        ("javascript://localhost/alert(1)", None),
        ("http://[", None),
        (None, None),
    ],
)
def test_what_was_too_large_leads_back_to_the_page_it_came_from(
    app: Flask, client: FlaskClient, referrer: str | None, back: str | None
) -> None:
    app.add_url_rule("/large", view_func=public(lambda: abort(413)))
    page = client.get("/large", headers={"Referer": referrer} if referrer else {}).text
    links = re.findall(r'href="([^"]*)"[^>]*><span>Quay lại trang trước', page.replace("\n", ""))
    assert links == ([back] if back else [])
    assert "Về trang đầu" in page or 'href="/"' in page
