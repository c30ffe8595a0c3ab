"""What the committee may enter, and the sentences that citizens read of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from contest.quiz.forms import AttemptsForm, PaperForm
from contest.quiz.sections import SECTIONS, AttemptsSection, PaperSection, PredictionSection

ATTEMPTS, PAPER, PREDICTION = AttemptsSection(), PaperSection(), PredictionSection()


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
    ("rows", "codes"),
    [
        ([], ["rows_missing"]),
        ([("A", None, 1), ("B", 2, 3)], []),
        ([("A", None, 0)], ["row_count"]),
        ([("A", None, 1), (None, 2, 1)], []),
        ([(None, None, 1), ("A", 2, 1)], []),
    ],
)
def test_a_paper_needs_lines_that_can_be_filled(rows: list[tuple[Any, ...]], codes: list[str]) -> None:
    value = {"rows": [dict(zip(("topic", "difficulty", "count"), row, strict=True)) for row in rows]}
    assert [problem.code for problem in PAPER.problems(value)] == codes


def test_citizens_read_how_many_questions_of_what() -> None:
    rows = [("Chính quyền số", 1, 2), ("Chính quyền số", 3, 1), (None, None, 4)]
    value = {"rows": [dict(zip(("topic", "difficulty", "count"), row, strict=True)) for row in rows]}
    [line] = PAPER.lines(value)
    assert line.answer == "7 questions"
    assert tuple(Markup(item).striptags() for item in line.items) == (
        "Chính quyền số: 3 questions (difficulty 1: 2; difficulty 3: 1)",
        "any topic: 4 questions",
    )
    [plain] = PAPER.lines(PAPER.default())
    assert (plain.answer, plain.items) == ("20 questions", ())


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


def test_lines_without_a_number_are_left_out_and_texts_are_composed() -> None:
    typed = MultiDict(
        {
            "rows-0-topic": "Chi\u0301nh quye\u0302\u0300n",
            "rows-0-difficulty": "2",
            "rows-0-count": "3",
            "rows-1-topic": "Bỏ",
            "rows-1-difficulty": "",
            "rows-1-count": "",
        }
    )
    assert PAPER.value(PaperForm(typed)) == {"rows": [{"topic": "Chính quyền", "difficulty": 2, "count": 3}]}


def test_an_empty_number_of_tries_is_no_limit() -> None:
    typed = MultiDict({**{name: str(each) for name, each in ATTEMPTS.default().items()}, "tries": ""})
    assert ATTEMPTS.value(AttemptsForm(typed))["tries"] is None
