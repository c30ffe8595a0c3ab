from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import force_locale

from contest.web.content import content, worded


@pytest.fixture
def backend() -> str:
    """Nothing is asked of the database."""
    return "sqlite"


@pytest.fixture(autouse=True)
def _request(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("locale", "text", "html"),
    [
        ("vi", "Tuần 2", "Tuần 2"),
        ("en", "Tuần 2", '<span lang="vi">Tuần 2</span>'),
        ("vi", "<b>", "&lt;b&gt;"),
        ("en", "<b>", '<span lang="vi">&lt;b&gt;</span>'),
        ("en", "", ""),
        ("en", None, ""),
    ],
)
def test_what_people_wrote_says_its_language_on_a_page_of_another_and_is_never_markup(
    locale: str, text: str | None, html: str
) -> None:
    with force_locale(locale):
        assert str(content(text)) == html


def test_a_sentence_keeps_marked_content_and_escapes_everything_else() -> None:
    with force_locale("en"):
        said = worded("<%(name)s> & %(other)s", name=content("Tuần <2>"), other="<i>")
    assert str(said) == '&lt;<span lang="vi">Tuần &lt;2&gt;</span>&gt; &amp; &lt;i&gt;'
