import pytest
from flask import Flask
from flask_babel import force_locale

from contest.entries.domain.drafts import Missing
from contest.entries.labels.words import missing_sentence


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        (Missing("prompt_missing"), "Choose a prompt"),
        (
            Missing("words_exceeded", 2, {"words": 5001, "max": 5000}),
            "Question 2: 5,001 words; the rules allow at most 5,000",
        ),
        (
            Missing("file_refused", 1, {"fault": "not_video", "values": {}}),
            "Question 1: This is not a video. Choose a video file, for example MP4.",
        ),
        (
            Missing(
                "file_refused",
                1,
                {"fault": "video_length", "values": {"length_ms": 130_000, "min_ms": 180_000, "max_ms": 600_000}},
            ),
            "Question 1: The video is 2 minutes 10 seconds long; the rules ask for between 3 minutes and 10 minutes.",
        ),
    ],
)
def test_what_is_missing_is_said_with_question_value_and_limit(app: Flask, missing: Missing, sentence: str) -> None:
    with app.test_request_context(), force_locale("en"):
        assert missing_sentence(missing) == sentence
