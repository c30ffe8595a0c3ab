"""A page is drawn once for all who read the same words: whatever differs must be each reader's own."""

from collections.abc import Callable

import pytest
from flask import Flask, flash
from flask_babel import force_locale
from jinja2 import DictLoader
from markupsafe import Markup

from contest.web.frames import Frame, framed_page, mark

TEMPLATE = """{% from "token.html" import token -%}
<a href="{{ url_for('accounts.sign_in', next=reader) }}" title="{{ reader }}">{{ title }} 100 % {{ _('Sign in') }}</a>{{ token() }}
{%- for tone, message in get_flashed_messages(with_categories=True) %}{{ message }}{% endfor %}"""


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def drawn(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    pages = {"frame.html": TEMPLATE, "token.html": "{% macro token() %}{{ csrf_token() }}{% endmacro %}"}
    monkeypatch.setattr(app.jinja_env, "loader", DictLoader(pages))

    def draw(reader: object, title: str = "Tuần 2", told: str = "", locale: str = "vi") -> str:
        with app.test_request_context(), force_locale(locale):
            if told:
                flash(told)
            return framed_page("frame.html", {"title": title}, {"reader": reader}).decode()

    return draw


def test_each_reader_gets_their_own_values_and_token(drawn: Callable[..., str]) -> None:
    first, second = drawn("Lan"), drawn("Páo")
    assert 'title="Lan"' in first
    assert 'title="Páo"' in second
    assert "Lan" not in second
    tokens = {page.partition("</a>")[2] for page in (first, second)}
    assert len(tokens) == 2, "a macro that takes the token itself gets the reader's own"
    assert all(len(token) > 40 for token in tokens)


def test_another_value_or_language_is_another_page(drawn: Callable[..., str]) -> None:
    drawn("Lan")
    assert "Tuần 3 100 % Đăng nhập" in drawn("Lan", "Tuần 3")
    assert "Tuần 2 100 % Sign in" in drawn("Lan", locale="en")


@pytest.mark.parametrize(
    ("reader", "shown"),
    [
        ('"><script>', "&#34;&gt;&lt;script&gt;"),
        (Markup("&amp;"), "&amp;"),
        ("Páo & Lan".encode(), "Páo & Lan"),
        ("%(title)s %s 5%", "%(title)s %s 5%"),
    ],
)
def test_what_fills_a_place_is_text_and_nothing_else(drawn: Callable[..., str], reader: object, shown: str) -> None:
    drawn("Lan")
    assert f'title="{shown}"' in drawn(reader)


def test_what_is_told_once_is_not_kept(drawn: Callable[..., str]) -> None:
    assert drawn("Lan", "thông báo", told="Đã lưu.").endswith("Đã lưu.")
    assert "Đã lưu." not in drawn("Páo", "thông báo")


def test_a_frame_is_filled_by_name() -> None:
    frame = Frame(f"<p>{mark('name')} · 50% · {mark('name')}{mark('slot')}</p>")
    assert frame.filled({"name": b"Lan", "slot": b"7"}).decode() == "<p>Lan · 50% · Lan7</p>"
    assert Frame("không có chỗ nào").filled({}).decode() == "không có chỗ nào"
