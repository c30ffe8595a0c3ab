from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import force_locale

from contest.judging.domain.redaction import BLOCK
from contest.judging.views.blueprint import clip_length, paragraphs


@pytest.fixture(autouse=True)
def _reader(app: Flask) -> Iterator[None]:
    with app.test_request_context(), force_locale("en"):
        yield


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Một\r\n\r\n  Hai \nBa", ["Một", "Hai", "Ba"]),
        ("<b>đậm</b> & hết", ["&lt;b&gt;đậm&lt;/b&gt; &amp; hết"]),
        (f"Em là {BLOCK}.", ['Em là <span class="redacted">a name was covered</span>.']),
        (f"{BLOCK}<i>", ['<span class="redacted">a name was covered</span>&lt;i&gt;']),
    ],
)
def test_lines_become_paragraphs_in_which_nothing_runs(text: str, found: list[str]) -> None:
    assert [str(paragraph) for paragraph in paragraphs(text)] == found


@pytest.mark.parametrize(
    ("milliseconds", "words"), [(0, "00:00"), (59_999, "00:59"), (402_000, "06:42"), (3_600_000, "60:00")]
)
def test_a_clip_says_minutes_and_seconds(milliseconds: int, words: str) -> None:
    assert clip_length(milliseconds) == words
