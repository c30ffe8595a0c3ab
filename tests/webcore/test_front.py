"""What stands in front of Flask gives nobody another's page, and nothing that no longer holds."""

from itertools import count

import pytest
from flask import Flask, Response, make_response, session
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from contest.web import front
from contest.web.access import public
from contest.web.front import REPLIES_KEPT, keep_in_front


class World:
    """A page that says how often it was drawn; `holds` is asked before it is given again."""

    def __init__(self, app: Flask) -> None:
        self.drawn, self.holds, self.is_gone, self.seconds = count(1), True, False, 60.0
        self.status, self.sets_cookie = 200, False
        app.add_url_rule("/page", "page", public(self.page), methods=["GET", "POST"])

    def page(self) -> Response:
        keep_in_front(self.seconds, self.does_hold)
        reply = make_response(f"drawn {next(self.drawn)}", self.status)
        reply.set_etag("of-the-page")
        if self.sets_cookie:
            session["word"] = "nghe"
        return reply

    def does_hold(self) -> bool:
        if self.is_gone:
            raise OperationalError("directly", None, Exception())
        return self.holds


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def world(app: Flask) -> World:
    return World(app)


@pytest.fixture
def elapsed(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    seconds = [0.0]
    monkeypatch.setattr(front.clock, "monotonic", lambda: seconds[0])
    return seconds


def texts(client: FlaskClient, *paths: str, **named: object) -> list[str]:
    return [client.get(path, **named).text for path in paths]  # type: ignore[arg-type]


def test_a_kept_reply_is_given_again_with_every_header_and_an_id_of_its_own(client: FlaskClient, world: World) -> None:
    first, again = client.get("/page"), client.get("/page")
    assert first.text == again.text == "drawn 1"
    ids = [dict(reply.headers).pop("X-Request-Id") for reply in (first, again)]
    assert ids[0] != ids[1]
    assert [pair for pair in first.headers if pair[0] != "X-Request-Id"] == [
        pair for pair in again.headers if pair[0] != "X-Request-Id"
    ]
    assert "Content-Security-Policy" in again.headers


def test_a_browser_that_holds_it_gets_no_body(client: FlaskClient, world: World) -> None:
    client.get("/page")
    for held in ('"of-the-page"', 'W/"of-the-page"', '"other", "of-the-page"'):
        reply = client.get("/page", headers={"If-None-Match": held})
        assert (reply.status_code, reply.data, reply.headers["ETag"]) == (304, b"", '"of-the-page"')
        assert "Content-Length" not in reply.headers
        assert "Content-Security-Policy" in reply.headers
    assert client.get("/page", headers={"If-None-Match": '"other"'}).text == "drawn 1"


def test_each_language_and_address_has_its_own(app: Flask, world: World) -> None:
    clients = [app.test_client() for _ in range(3)]
    clients[1].set_cookie("locale", "vi")
    clients[2].set_cookie("locale", "en")
    assert [client.get("/page").text for client in clients] == ["drawn 1", "drawn 1", "drawn 2"]
    assert texts(clients[0], "/page?page=2", "/page", "/page?page=2") == ["drawn 3", "drawn 1", "drawn 3"]


@pytest.mark.parametrize(("name", "value"), [("session", "x"), ("session", ""), ("locale", "fr"), ("other", "1")])
def test_whoever_brings_another_cookie_is_answered_by_flask(
    client: FlaskClient, world: World, name: str, value: str
) -> None:
    client.get("/page")
    client.set_cookie(name, value)
    assert texts(client, "/page", "/page") == ["drawn 2", "drawn 3"]


def test_what_no_longer_holds_is_drawn_anew(client: FlaskClient, world: World) -> None:
    client.get("/page")
    world.holds = False
    assert client.get("/page").text == "drawn 2"
    world.holds = True
    assert client.get("/page").text == "drawn 2"
    world.is_gone = True
    assert client.get("/page").text == "drawn 3"


def test_a_reply_is_given_until_its_time_is_over(client: FlaskClient, world: World, elapsed: list[float]) -> None:
    client.get("/page")
    elapsed[0] = 59.9
    assert client.get("/page").text == "drawn 1"
    elapsed[0] = 60.0
    assert client.get("/page").text == "drawn 2"


def test_failures_and_replies_with_a_cookie_are_not_kept(client: FlaskClient, world: World) -> None:
    world.status = 404
    assert texts(client, "/page", "/page") == ["drawn 1", "drawn 2"]
    world.status, world.sets_cookie = 200, True
    client.get("/page")
    client.delete_cookie("session")
    world.sets_cookie = False
    assert client.get("/page").text == "drawn 4"


def test_only_reading_is_answered_in_front(client: FlaskClient, world: World) -> None:
    client.get("/page")
    assert client.head("/page").status_code == 200
    assert client.post("/page").status_code == 400, "the token is missed"
    client.delete_cookie("session")
    assert client.get("/page").text == "drawn 1"


def test_what_was_kept_first_goes_when_there_is_too_much(client: FlaskClient, world: World) -> None:
    texts(client, *(f"/page?number={number}" for number in range(REPLIES_KEPT + 1)))
    assert client.get(f"/page?number={REPLIES_KEPT}").text == f"drawn {REPLIES_KEPT + 1}"
    assert client.get("/page?number=0").text == f"drawn {REPLIES_KEPT + 2}"
