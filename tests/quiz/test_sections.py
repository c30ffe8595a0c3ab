"""What the committee may enter, and the sentences that citizens read of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from contest.quiz.forms import AttemptsForm
from contest.quiz.sections import SECTIONS, AttemptsSection, PredictionSection

ATTEMPTS, PREDICTION = AttemptsSection(), PredictionSection()


@pytest.fixture
def backend() -> str:
    """Nothing is asked of the database."""
    return "sqlite"


@pytest.fixture(autouse=True)
def _reader(app: Flask) -> Iterator[None]:
    with app.test_request_context(), force_locale("en"):
        yield


@pytest.mark.parametrize("section", SECTIONS)
def test_what_a_new_contest_starts_with_is_faultless(section: Any) -> None:
    assert section.problems(section.default()) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"minutes": 0}, "minutes_out_of_range"),
        ({"minutes": 1}, None),
        ({"minutes": 300}, None),
        ({"minutes": 301}, "minutes_out_of_range"),
        ({"tries": 0}, "tries_out_of_range"),
        ({"tries": 100}, None),
        ({"tries": 101}, "tries_out_of_range"),
        ({"tries": None}, None),
        ({"tolerance_seconds": -1}, "tolerance_out_of_range"),
        ({"tolerance_seconds": 0}, None),
        ({"tolerance_seconds": 60}, None),
        ({"tolerance_seconds": 61}, "tolerance_out_of_range"),
    ],
)
def test_bounds_of_attempts(changes: dict[str, Any], code: str | None) -> None:
    problems = ATTEMPTS.problems({**ATTEMPTS.default(), **changes})
    assert [problem.code for problem in problems] == ([code] if code else [])
    assert [problem.field for problem in problems] == (list(changes) if code else [])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Attempts: 1 attempt in each round"),
        ({"tries": 3, "span": "day"}, "Attempts: 3 attempts a day"),
        ({"tries": None}, "Attempts: As many attempts as you like"),
        ({"minutes": 20}, "Time allowed: 20 minutes for each attempt"),
        ({"counted": "last"}, "The last attempt counts"),
        ({"tolerance_seconds": 0}, "Answers that arrive after the deadline do not count."),
        ({"tolerance_seconds": 1}, "at most 1 second late"),
        ({"key_time": "after_closing"}, "The right answers are shown after the round closes"),
        ({"result_time": "after_closing"}, "Own score: After the round closes"),
    ],
)
def test_citizens_read_each_rule_about_attempts(changes: dict[str, Any], sentence: str) -> None:
    lines = ATTEMPTS.lines({**ATTEMPTS.default(), **changes})
    assert sentence in "\n".join(f"{line.term}: {line.answer}\n{line.condition}" for line in lines)


@pytest.mark.parametrize(
    ("is_asked", "question", "codes"),
    [
        (False, "", []),
        (True, "Bao nhiêu người?", []),
        (True, "", ["question_text_missing"]),
        (True, " \n", ["question_text_missing"]),
    ],
)
def test_a_prediction_that_is_asked_has_words(is_asked: bool, question: str, codes: list[str]) -> None:
    value = {**PREDICTION.default(), "is_asked": is_asked, "question": question}
    assert [problem.code for problem in PREDICTION.problems(value)] == codes


def test_citizens_read_what_a_prediction_is_held_against_only_where_one_is_asked() -> None:
    assert PREDICTION.lines(PREDICTION.default()) == []
    [line] = PREDICTION.lines({"is_asked": True, "target": "participants", "question": "Bao nhiêu người?"})
    assert Markup(line.answer).striptags() == "Bao nhiêu người?"
    assert "Number of people taking part, fixed when the round closes" in line.condition


@pytest.mark.parametrize("section", SECTIONS)
def test_a_form_that_shows_a_value_and_is_sent_back_untouched_gives_the_same_value(section: Any) -> None:
    value = section.default()
    assert section.value(section.form(value)) == value


def test_an_empty_number_of_tries_is_no_limit() -> None:
    typed = MultiDict({**{name: str(each) for name, each in ATTEMPTS.default().items()}, "tries": ""})
    assert ATTEMPTS.value(AttemptsForm(typed))["tries"] is None
