"""Which requests may change something: those that bring the token of their own session, wherever they bring it."""

import pytest
from flask import Flask, request, session
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer

from contest.web.access import public
from contest.web.csrf import csrf_token

KEPT = "a" * 40


@pytest.fixture
def guarded(app: Flask) -> Flask:
    app.add_url_rule("/change", "change", public(lambda: "changed"), methods=["POST"])
    app.add_url_rule("/read", "read", public(lambda: "read"))
    app.add_url_rule("/token", "token", public(lambda: f"{csrf_token()} {generate_csrf()}"))
    return app


def _token(app: Flask, secret: object = KEPT, key: str | None = None, salt: str = "wtf-csrf-token") -> str:
    return str(URLSafeTimedSerializer(key or app.config["SECRET_KEY"], salt).dumps(secret))


@pytest.mark.parametrize("header", ["X-CSRFToken", "X-CSRF-Token"])
@pytest.mark.parametrize("body", [{"json": {}}, {"data": {"a": "b"}}, {"data": {"csrf_token": "wrong"}}])
def test_a_token_in_a_header_opens(guarded: Flask, header: str, body: dict[str, object]) -> None:
    client = guarded.test_client()
    with client.session_transaction() as kept:
        kept["csrf_token"] = KEPT
    reply = client.post("/change", headers={header: _token(guarded)}, **body)
    is_shadowed = header == "X-CSRF-Token" and body == {"data": {"csrf_token": "wrong"}}
    assert reply.status_code == (400 if is_shadowed else 200)


@pytest.mark.parametrize("field", ["csrf_token", "join-csrf_token"])
def test_a_token_in_a_form_opens(guarded: Flask, field: str) -> None:
    client = guarded.test_client()
    with client.session_transaction() as kept:
        kept["csrf_token"] = KEPT
    assert client.post("/change", data={field: _token(guarded)}).status_code == 200


@pytest.mark.parametrize(
    "token",
    ["", "x", "a.b.c", KEPT, {"secret": "b" * 40}, {"key": "another"}, {"salt": "cookie-session"}],
)
@pytest.mark.parametrize("place", ["header", "form"])
def test_no_other_token_opens(guarded: Flask, token: str | dict[str, str], place: str) -> None:
    client = guarded.test_client()
    with client.session_transaction() as kept:
        kept["csrf_token"] = KEPT
    text = token if isinstance(token, str) else _token(guarded, **token)
    headers, data = ({"X-CSRFToken": text}, {}) if place == "header" else ({}, {"csrf_token": text})
    assert client.post("/change", headers=headers, data=data).status_code == 400
    assert client.get("/read").status_code == 200


@pytest.mark.parametrize("address", ["/later", "/nowhere"])
def test_no_body_is_read_for_a_view_that_checks_its_token_itself_or_for_none(guarded: Flask, address: str) -> None:
    reads: list[bool] = []

    def later() -> str:
        return "later"

    guarded.add_url_rule("/later", "later", public(later), methods=["POST"])
    guarded.extensions["csrf"].exempt(guarded.view_functions["later"])
    guarded.after_request(lambda reply: reads.append("form" in request.__dict__) or reply)
    client = guarded.test_client()
    client.post(address, data={"a": "b"})
    client.post("/change", data={"a": "b"})
    assert reads == [False, True]


def test_a_session_without_a_secret_changes_nothing(guarded: Flask) -> None:
    client = guarded.test_client()
    assert client.post("/change", headers={"X-CSRFToken": _token(guarded)}).status_code == 400
    with client.session_transaction() as kept:
        kept["word"] = "another thing"
    assert client.post("/change", headers={"X-CSRFToken": _token(guarded)}).status_code == 400


def test_the_token_of_a_page_opens_and_is_one_for_the_whole_page(guarded: Flask) -> None:
    client = guarded.test_client()
    for _visit in range(2):  # the first makes the secret
        with client:
            ours, theirs = client.get("/token").text.split(" ")
            assert session["csrf_token"]
        assert ours == theirs
        assert client.post("/change", data={"csrf_token": ours}).status_code == 200
