import pytest
from flask import Flask, redirect, session, url_for
from werkzeug.utils import redirect as werkzeug_redirect

from contest.web.access import public


def test_a_cookie_is_believed_only_as_it_was_signed(app: Flask) -> None:
    app.add_url_rule("/write", "write", public(lambda: session.update(word="nghe") or "ok"))
    app.add_url_rule("/read", "read", public(lambda: session.get("word", "none")))
    client = app.test_client()
    client.get("/write")
    assert client.get("/read").text == "nghe"
    cookie = client.get_cookie("session")
    assert cookie is not None
    head, tail = cookie.value[:-6], cookie.value[-5:]  # the last sign of all holds bits that nobody reads
    client.set_cookie("session", head + ("A" if cookie.value[-6] != "A" else "B") + tail)
    assert client.get("/read").text == "none"


@pytest.mark.parametrize(
    "content",
    [{"word": "nghe"}, {}, {"a": ("tuple", 1), "list": [1, "2"], "nothing": None}, {"": "{ ", "text": '{" t": [1]}'}],
)
def test_a_cookie_gives_back_what_was_written(app: Flask, content: dict[str, object]) -> None:
    app.add_url_rule("/write", "write", public(lambda: session.update(content) or "ok"))
    app.add_url_rule("/read", "read", public(lambda: repr(dict(session))))
    client = app.test_client()
    client.get("/write")
    assert client.get("/read").text == repr(content)


def test_every_reply_says_that_cookies_matter_and_only_news_is_written(app: Flask) -> None:
    app.add_url_rule("/write", "write", public(lambda: session.update(word="nghe") or "ok"))
    app.add_url_rule("/read", "read", public(lambda: session.get("word", "none")))
    app.add_url_rule("/forget", "forget", public(lambda: str(session.pop("word"))))
    client = app.test_client()
    assert client.get("/write").headers["Set-Cookie"].startswith("session=")
    reply = client.get("/read")
    assert (reply.headers["Vary"], "Set-Cookie" in reply.headers) == ("Cookie", False)
    assert "session=;" in client.get("/forget").headers["Set-Cookie"]
    assert client.get("/read").text == "none"
    assert client.get("/nowhere").headers["Vary"] == "Cookie"


@pytest.mark.parametrize(
    "header", ["", "session", "session=", "session=a.b.c", "a=1; session=;;", "\xff=\xfe", "session=\xff"]
)
def test_a_header_that_no_browser_of_ours_sends_is_nobody(app: Flask, header: str) -> None:
    app.add_url_rule("/read", "read", public(lambda: session.get("word", "none")))
    client = app.test_client(use_cookies=False)
    assert client.get("/read", headers={"Cookie": header}).text == "none"


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/a?next=/b", "/a?next=/b"),
        ("/đợt-thi?q=ă b", "/%C4%91%E1%BB%A3t-thi?q=%C4%83%20b"),
        ("/%C4%91?a=%2F", "/%C4%91?a=%2F"),
        ('/"<>', "/%22%3C%3E"),
        ("https://example.vn/a", "https://example.vn/a"),
    ],
)
def test_a_redirect_names_its_address_as_werkzeug_would(app: Flask, target: str, location: str) -> None:
    app.add_url_rule("/go", "go", public(lambda: redirect(target, 303)))
    reply = app.test_client().get("/go")
    assert (reply.status_code, reply.headers["Location"], reply.headers["Content-Length"]) == (303, location, "0")
    assert werkzeug_redirect(target, 303).get_wsgi_headers({})["Location"] == location


@pytest.mark.parametrize("target", ["/a\r\nSet-Cookie: b=c", "/a\nb"])
def test_a_redirect_writes_no_header_of_somebody_else(app: Flask, target: str) -> None:
    app.add_url_rule("/go", "go", public(lambda: redirect(target, 303)))
    assert "Set-Cookie" not in app.test_client().get("/go").headers


@pytest.mark.parametrize(
    "host", ["example.vn", "example.vn:8443", "[::1]:8000", "xn--bcher-kva.example", "a b", "ă.vn", "-"]
)
def test_the_site_answers_under_every_name(app: Flask, host: str) -> None:
    app.add_url_rule("/here", "here", public(lambda: url_for("here", _external=True)))
    reply = app.test_client().get("/here", headers={"Host": host.encode().decode("latin1")})
    known = url_of_flask(host.encode().decode("latin1"))
    assert (reply.status_code, reply.text if reply.status_code == 200 else "") == known


def url_of_flask(host: str) -> tuple[int, str]:
    """What Flask itself answers."""
    plain = Flask("plain")
    plain.add_url_rule("/here", "here", lambda: url_for("here", _external=True))
    reply = plain.test_client().get("/here", headers={"Host": host})
    return reply.status_code, reply.text if reply.status_code == 200 else ""
