import io

import pytest
from flask import Flask, request

from contest.db import db
from contest.storage import new_key
from contest.web import bodies

CONTENT = bytes(range(256)) * 8192


@pytest.fixture
def backend():
    return "sqlite"


@pytest.fixture
def stored(app: Flask) -> str:
    """The address of a stored clip."""
    store, key = app.extensions["storage"], new_key("copies")
    store.write(key, io.BytesIO(CONTENT), len(CONTENT))

    @app.get("/clip")
    @bodies.heavy
    def clip():
        return bodies.send_stored(store, key, request.args.get("mime", "video/mp4"), "7F3K-2Q")

    @app.get("/missing")
    @bodies.heavy
    def missing():
        return bodies.send_stored(store, new_key("copies"), "video/mp4", "7F3K-2Q")

    return "/clip"


def free(app) -> int:
    return app.extensions["bodies"]._value


@pytest.mark.parametrize(("threads", "expected"), [(1, 1), (2, 1), (3, 1), (4, 2), (32, 16)])
def test_half_of_the_threads_stay_free(threads, expected):
    assert bodies.slots(threads)._value == expected


@pytest.mark.parametrize(
    ("asked", "status", "first", "length", "content_range"),
    [
        (None, 200, 0, 2097152, None),
        ("bytes=0-", 206, 0, 2097152, "bytes 0-2097151/2097152"),
        ("bytes=5-9", 206, 5, 5, "bytes 5-9/2097152"),
        ("bytes=2097151-", 206, 2097151, 1, "bytes 2097151-2097151/2097152"),
        ("bytes=-10", 206, 2097142, 10, "bytes 2097142-2097151/2097152"),
        ("bytes=2097152-", 416, 0, 0, "bytes */2097152"),
        ("bytes=nonsense", 416, 0, 0, "bytes */2097152"),
    ],
)
def test_ranges(app, client, stored, asked, status, first, length, content_range):
    reply = client.get(stored, headers={"Range": asked} if asked else {})
    assert (reply.status_code, reply.headers.get("Content-Range")) == (status, content_range)
    assert reply.data == CONTENT[first : first + length]
    reply.close()
    assert free(app) == 2


def test_a_range_of_something_else_gives_the_whole(client, stored):
    with client.head(stored) as reply:
        etag = reply.headers["ETag"]
    with client.get(stored, headers={"Range": "bytes=0-9", "If-Range": etag}) as reply:
        assert reply.status_code == 206
    with client.get(stored, headers={"Range": "bytes=0-9", "If-Range": '"other"'}) as reply:
        assert (reply.status_code, reply.data) == (200, CONTENT)


def test_head_tells_the_size_and_gives_the_slot_back(app, client, stored):
    with client.head(stored) as reply:
        assert (reply.headers["Content-Length"], reply.headers["Accept-Ranges"], reply.data) == (
            "2097152",
            "bytes",
            b"",
        )
    assert free(app) == 2


@pytest.mark.parametrize(
    ("mime", "policy"), [("video/mp4", "sandbox; default-src 'none'"), ("application/pdf", "default-src 'none'")]
)
def test_a_file_is_shown_under_a_neutral_name_kept_nowhere_and_runs_nothing(client, stored, mime, policy):
    with client.get(f"{stored}?mime={mime}") as reply:
        headers = reply.headers
    assert headers["Content-Type"] == mime
    assert headers["Content-Disposition"] == 'inline; filename="7F3K-2Q"'
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith(policy)
    assert "script-src" not in headers["Content-Security-Policy"]
    assert "Content-Encoding" not in headers


def test_what_is_not_stored_is_not_found_and_gives_the_slot_back(app, client, stored):
    assert client.get("/missing").status_code == 404
    assert free(app) == 2


@pytest.mark.parametrize("accept", ["html", "json"])
def test_one_too_many_is_asked_to_come_back(app, client, stored, accept):
    held = [client.get(stored, buffered=False) for _ in range(2)]
    json = {"json": {}} if accept == "json" else {}
    refused = client.get(stored, **json)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "2")
    assert (refused.is_json and refused.json["error"] == "busy") is (accept == "json")
    held[0].close()  # a reader who goes away in the middle
    with client.get(stored) as reply:
        assert reply.status_code == 200
    held[1].close()
    assert free(app) == 2


@pytest.mark.parametrize(("size", "status"), [(1024 * 1024, 206), (1024 * 1024 + 1, 503)])
def test_small_replies_are_never_refused(app, client, stored, size, status):
    """A page with ten pictures asks for all of them at once."""
    held = [client.get(stored, buffered=False) for _ in range(2)]
    with client.get(stored, headers={"Range": f"bytes=0-{size - 1}"}) as reply:
        assert reply.status_code == status
    for reply in held:
        reply.close()
    assert free(app) == 2


def test_a_failing_view_gives_its_slot_back(app, client):
    @app.route("/broken", methods=["GET", "POST"])
    @bodies.heavy
    def broken():
        raise RuntimeError("no")

    app.extensions["csrf"].exempt(broken)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    for _ in range(3):
        assert client.get("/broken").status_code == 500
        assert client.post("/broken").status_code == 500
    assert free(app) == 2


def test_a_reply_that_is_lost_before_it_is_closed_gives_its_slot_back(app):
    @bodies.heavy
    def view():
        return "a body"

    with app.test_request_context(method="POST"):
        reply = view()
        assert free(app) == 1
        del reply
    assert free(app) == 2


def test_a_body_too_many_is_refused_unread(app, client):
    @app.post("/slow")
    @bodies.heavy
    def slow():
        return client.post("/slower").get_data()  # another one while this one is on its way

    @app.post("/slower")
    @bodies.heavy
    def slower():
        return client.post("/third").status

    @app.post("/third")
    @bodies.heavy
    def third():
        pytest.fail("nothing was refused")

    for view in (slow, slower, third):
        app.extensions["csrf"].exempt(view)
    with client.post("/slow") as reply:
        assert reply.text == "503 SERVICE UNAVAILABLE"
    assert free(app) == 2


def test_no_connection_is_held_while_a_body_arrives(app, client, session):
    seen = []

    @app.post("/take")
    @bodies.heavy
    def take():
        db.session.connection()
        bodies.let_go()
        seen.append((db.engine.pool.checkedout(), request.stream.read()))
        return "", 204

    app.extensions["csrf"].exempt(take)
    with client.post("/take", data=b"body") as reply:
        assert reply.status_code == 204
    assert seen == [(0, b"body")]
    assert free(app) == 2
