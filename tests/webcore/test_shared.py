"""Pages that all signed-out readers share, and who gets a page of their own."""

from collections.abc import Callable

import pytest
from flask import Flask, session
from flask_login import login_user
from sqlalchemy.orm import Session

from contest.actors import Actor, Visitor
from contest.web.shared import is_shared, shared_page
from tests.factories import make_person


@pytest.fixture
def backend() -> str:
    """No page here asks the database."""
    return "sqlite"


def maker() -> tuple[list[int], Callable[[], str]]:
    made: list[int] = []

    def make() -> str:
        made.append(len(made) + 1)
        return f"trang {made[-1]}"

    return made, make


def test_signed_out_readers_share_a_page_in_their_language(app: Flask) -> None:
    made, make = maker()
    for cookie in ("vi", "vi", "en"):
        with app.test_request_context(headers={"Cookie": f"locale={cookie}"}):
            assert is_shared()
            shown = shared_page("home", make)
            assert shown == ("trang 2" if cookie == "en" else "trang 1")
    assert made == [1, 2]


def test_another_page_is_made_for_itself(app: Flask) -> None:
    _made, make = maker()
    with app.test_request_context():
        assert [shared_page(key, make) for key in ("home", "rules", "home")] == ["trang 1", "trang 2", "trang 1"]


def test_who_has_to_be_told_something_gets_an_own_page(app: Flask) -> None:
    _made, make = maker()
    with app.test_request_context():
        session["_flashes"] = [("ok", "Đã đăng xuất.")]
        assert not is_shared()
        assert [shared_page("home", make) for _ in range(2)] == ["trang 1", "trang 2"]


def test_who_is_signed_in_gets_an_own_page(app: Flask, session: Session) -> None:
    _made, make = maker()
    person = make_person(session)
    with app.test_request_context():
        login_user(Visitor(Actor(person.id), "Hoàng Thị Bích Ngọc", "vi", 1, "token", must_change_password=False))
        assert not is_shared()
        assert [shared_page("home", make) for _ in range(2)] == ["trang 1", "trang 2"]
