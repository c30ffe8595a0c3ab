import pytest
from flask import Flask
from flask_babel import force_locale

from contest.entries.domain.limits import MB
from contest.entries.labels.files import fault_sentence, length_words, size_words


@pytest.fixture
def backend() -> str:
    """Words need no database."""
    return "sqlite"


@pytest.mark.parametrize(
    ("milliseconds", "vietnamese", "english"),
    [
        (0, "0 giây", "0 seconds"),
        (999, "0 giây", "0 seconds"),
        (1000, "1 giây", "1 second"),
        (60_000, "1 phút", "1 minute"),
        (130_400, "2 phút 10 giây", "2 minutes 10 seconds"),
        (600_000, "10 phút", "10 minutes"),
    ],
)
def test_a_length_is_told_in_minutes_and_seconds(app: Flask, milliseconds: int, vietnamese: str, english: str) -> None:
    with app.test_request_context():
        with force_locale("vi"):
            assert length_words(milliseconds) == vietnamese
        with force_locale("en"):
            assert length_words(milliseconds) == english


@pytest.mark.parametrize(
    ("size", "words"), [(1, "0,1 MB"), (3 * MB // 2, "1,5 MB"), (10 * MB, "10 MB"), (2048 * MB, "2.048 MB")]
)
def test_a_size_is_told_in_megabytes(app: Flask, size: int, words: str) -> None:
    with app.test_request_context(), force_locale("vi"):
        assert size_words(size) == words


def test_a_fault_names_the_value_and_the_limit(app: Flask) -> None:
    values = {"length_ms": 130_000, "min_ms": 180_000, "max_ms": 600_000}
    with app.test_request_context(), force_locale("en"):
        said = fault_sentence("video_length", values)
    assert said == "The video is 2 minutes 10 seconds long; the rules ask for between 3 minutes and 10 minutes."
