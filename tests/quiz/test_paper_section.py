"""The section "paper" of the rules: form, checks, and what citizens read."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from contest.quiz.forms import BLANK_ROWS, MAX_ROWS, PaperForm
from contest.quiz.paper_section import PaperSection, TypedPaper

PAPER = PaperSection()


@pytest.fixture
def backend() -> str:
    """Nothing is asked of the database."""
    return "sqlite"


@pytest.fixture(autouse=True)
def _reader(app: Flask) -> Iterator[None]:
    with app.test_request_context(), force_locale("en"):
        yield


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


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"rows-0-count": "", "rows-1-points": "0"}, "Line 2: the points of a question must be above 0"),
        ({"rows-1-points": "0"}, "Line 2: the points of a question must be above 0"),
        ({"rows-0-points": "0"}, "Line 1: the points of a question must be above 0"),
        ({"rows-0-count": "", "rows-1-section": "2", "sections-0-title": "I"}, "Line 2: choose one of the sections"),
        (
            {"sections-2-title": "III", "rows-0-section": "3", "rows-1-section": "2"},
            "Line 2: choose one of the sections",
        ),
        ({"sections-1-title": "II", "sections-3-title": "IV", "rows-0-section": "2"}, "Section 4"),
    ],
)
def test_a_fault_names_the_line_that_the_reader_sees(typed: dict[str, str], sentence: str) -> None:
    form = typed_paper({"rows-0-count": "3", **{f"sections-{number}-title": "" for number in range(4)}, **typed})
    assert not form.validate()
    assert form.form_errors == []
    assert any(str(field.errors[0]).startswith(sentence) for field in form.faulty), form.errors


@pytest.mark.parametrize("count", [MAX_ROWS - BLANK_ROWS, MAX_ROWS - 1, MAX_ROWS])
def test_a_paper_of_many_lines_can_still_be_written(count: int) -> None:
    value = {"rows": [{"topic": f"Chủ đề {number}", "difficulty": None, "count": 1} for number in range(count)]}
    form = PAPER.form(value)
    assert len(form.rows) == MAX_ROWS
    assert PAPER.value(form) == value


def test_a_paper_in_order_is_taken() -> None:
    form = typed_paper({"rows-0-count": ""})
    assert form.validate(), form.errors


def typed_paper(typed: dict[str, str]) -> TypedPaper:
    """Return a form of two lines as a browser sends it; the second wants two questions."""
    blank = {f"rows-{number}-{name}": "" for number in range(2) for name in ("difficulty", "kind", "section")}
    form = MultiDict({**blank, "rows-1-count": "2", "repeats": "allowed", **typed})
    return TypedPaper(form, meta={"csrf": False})
