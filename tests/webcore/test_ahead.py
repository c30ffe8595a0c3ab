"""Nobody waits for a page of the crowd to be compiled: not for what it includes or inherits, either."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from contest.web.ahead import FOR_CROWDS, compile_pages
from tests.factories import make_person, sign_in


@pytest.fixture
def backend() -> str:
    return "sqlite"


def test_pages_of_the_crowd_need_nothing_that_is_not_compiled(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_pages(app)
    environment = app.jinja_env
    assert environment.cache is not None
    compiled = {environment.get_template(name).name for name in FOR_CROWDS}
    assert compiled == set(FOR_CROWDS)

    def refuse(*_arguments: object, **_named: object) -> None:
        raise AssertionError

    monkeypatch.setattr(environment, "compile", refuse)
    client = app.test_client()
    assert client.get("/").status_code == 200
    assert client.get("/sign-in").status_code == 200
    sign_in(session, client, make_person(session))
    assert client.get("/").status_code == 200
