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
