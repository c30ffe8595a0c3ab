import pytest
from flask import Flask, redirect, url_for
from werkzeug.utils import redirect as werkzeug_redirect

from contest.web.access import public


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
