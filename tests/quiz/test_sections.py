"""What the committee may enter, and the sentences that citizens read of it."""

import copy
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


FULL = {
    "rows": [
        {"topic": "An toàn / Mật khẩu", "difficulty": 2, "count": 4, "kind": "single", "points": 250, "section": 0},
        {"topic": None, "difficulty": None, "count": 1, "kind": "essay", "points": 3000, "section": 1},
        {"topic": None, "difficulty": None, "count": 2, "section": 0},
    ],
    "sections": [
        {"title": "Phần I. Trắc nghiệm", "instructions": "Chọn một phương án."},
        {"title": "Phần II. Tự luận", "instructions": ""},
    ],
    "repeats": "fewest",
}


def said(value: dict[str, Any]) -> str:
    return Markup("\n".join(f"{line.term}: {line.text}" for line in PAPER.lines(value))).striptags()


def test_citizens_read_the_sections_with_kinds_and_points() -> None:
    paper, first, second = PAPER.lines(FULL)
    assert paper.answer == "7 questions"
    assert "comes again only when nothing else is left" in paper.condition
    assert [Markup(line.term).striptags() for line in (first, second)] == ["Phần I. Trắc nghiệm", "Phần II. Tự luận"]
    item = first.items[0]
    assert Markup(item).striptags() == (
        "An toàn / Mật khẩu, difficulty 2, Single choice: 4 questions, 0.25 points each"
    )
    assert "Chọn một phương án." in first.text


def changed(path: str, new: Any) -> dict[str, Any]:
    value = copy.deepcopy(FULL)
    *way, last = path.split(".")
    place: Any = value
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    place[last] = new
    return value


@pytest.mark.parametrize(
    ("path", "new"),
    [
        ("rows.0.topic", "An toàn"),
        ("rows.0.difficulty", None),
        ("rows.0.count", 5),
        ("rows.0.kind", None),
        ("rows.0.points", 500),
        ("rows.2.section", 1),
        ("sections.0.title", "Phần 1"),
        ("sections.1.instructions", "Viết không quá 300 chữ."),
        ("repeats", "allowed"),
    ],
)
def test_whatever_changes_in_the_paper_changes_what_citizens_read(path: str, new: Any) -> None:
    assert said(changed(path, new)) != said(FULL)


@pytest.mark.parametrize("value", [FULL, {"rows": [{"topic": "A", "difficulty": None, "count": 2, "points": 1500}]}])
def test_a_paper_with_everything_comes_back_from_its_form(value: dict[str, Any]) -> None:
    assert PAPER.value(PAPER.form(value)) == value


@pytest.mark.parametrize(
    "row", [{"topic": "A", "difficulty": None, "count": 20}, {"topic": None, "difficulty": 1, "count": 20}]
)
def test_a_single_line_that_narrows_the_draw_is_told(row: dict[str, Any]) -> None:
    assert said({"rows": [row]}) != said(PAPER.default())


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ({"rows-0-points": "0,25"}, []),
        ({"rows-0-points": "100"}, []),
        ({"rows-0-points": "100,001"}, ["row_points"]),
        ({"rows-0-points": "0"}, ["row_points"]),
        ({"rows-0-points": "một"}, ["row_points"]),
        ({"sections-1-title": "Phần II"}, []),
        ({"sections-1-title": "Phần II", "rows-0-section": "2"}, []),
        ({"sections-1-title": "Phần II", "rows-0-section": "1"}, ["row_section", "section_empty"]),
        ({"sections-0-title": "I", "sections-1-title": "II", "rows-0-section": "2"}, ["section_empty"]),
        ({"sections-0-instructions": "Chọn một."}, ["section_title"]),
    ],
)
def test_what_is_typed_is_checked_line_by_line(typed: dict[str, str], codes: list[str]) -> None:
    form = PaperForm(MultiDict({"rows-0-topic": "", "rows-0-count": "3", "sections-0-title": "", **typed}))
    assert [problem.code for problem in PAPER.problems(PAPER.value(form))] == codes


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
