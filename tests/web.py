"""Posting forms the way a browser does: with the CSRF token of the session."""

from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def csrf_token(client: FlaskClient) -> str:
    return str(client.get("/session").json["csrf_token"])


def post(client: FlaskClient, url: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
    """Send a form; `data` may hold lists and files."""
    return client.post(url, data={**(data or {}), "csrf_token": csrf_token(client)}, **options)


def post_json(client: FlaskClient, url: str, value: Any, **options: Any) -> TestResponse:
    return client.post(url, json=value, headers={"X-CSRFToken": csrf_token(client)}, **options)


def form_values(html: str) -> dict[str, str]:
    """Names and values of the inputs on a page, the first of each name: what a reader finds typed in already."""
    reader = _Inputs()
    reader.feed(html)
    return reader.values


class _Inputs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        kind = found.get("type", "text")
        if tag == "input" and found.get("name") and (kind not in {"checkbox", "radio"} or "checked" in found):
            self.values.setdefault(str(found["name"]), found.get("value") or "")
