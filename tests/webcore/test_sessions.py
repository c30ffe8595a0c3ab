import pytest
from flask import Flask, session

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
