import pytest
from flask import Flask

from contest.paging import Page
from contest.web.access import public
from contest.web.listing import Listing, asked


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.mark.parametrize(
    ("query", "words", "sort", "is_descending", "number"),
    [
        ("", "", "name", False, 1),
        ("q=+xã+&sort=-code&page=3", "xã", "code", True, 3),
        ("sort=password", "", "name", False, 1),
        ("sort=-password", "", "name", False, 1),
        ("page=x", "", "name", False, 1),
    ],
)
def test_address_is_read_and_unknown_orders_are_the_first(
    app: Flask, query: str, words: str, sort: str, *, is_descending: bool, number: int
) -> None:
    with app.test_request_context(f"/?{query}"):
        found = asked("name", "code")
    assert (found.words, found.sort, found.is_descending, found.number) == (words, sort, is_descending, number)


def test_links_keep_what_was_asked(app: Flask) -> None:
    app.add_url_rule("/list/<slug>", "list", public(lambda slug: ""))
    with app.test_request_context("/list/ta?q=xã&sort=code&page=2"):
        listing = Listing(Page([], 2, 25, 60), asked("name", "code"))
        assert listing.url(3) == "/list/ta?q=xã&sort=code&page=3".replace("xã", "x%C3%A3")
        assert listing.sort_url("code") == "/list/ta?q=x%C3%A3&sort=-code"
        assert listing.sort_url("name") == "/list/ta?q=x%C3%A3&sort=name"
        assert (listing.pages, listing.total, listing.number) == (3, 60, 2)
