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
    client.set_cookie("session", cookie.value[:-1] + ("A" if cookie.value[-1] != "A" else "B"))
    assert client.get("/read").text == "none"
