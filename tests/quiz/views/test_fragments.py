"""A question is made once and filled in for each paper: whatever is shown must be that paper's."""

import pytest
from flask import Flask
from flask_babel import force_locale

from contest.quiz.domain.paper import ShownOption, ShownQuestion
from contest.quiz.views.fragments import paper_markup


def shown(slot: str, kind: str = "single", response: object = None, text: str = "Câu hỏi?") -> ShownQuestion:
    chosen = {response} if isinstance(response, str) else set(response or ()) if isinstance(response, list) else set()
    options = (
        [] if kind == "true_false" else [ShownOption(letter, f"Ý {letter}", letter in chosen) for letter in "abcd"]
    )
    return ShownQuestion(slot, kind, "Chính quyền số", text, tuple(options), response)


@pytest.fixture
def backend() -> str:
    """Nothing is read from the database."""
    return "sqlite"


@pytest.mark.parametrize(
    ("kind", "response", "checked"),
    [
        ("single", None, []),
        ("single", "b", ["b"]),
        ("multiple", ["a", "c"], ["a", "c"]),
        ("true_false", True, ["true"]),
        ("true_false", False, ["false"]),
    ],
)
def test_exactly_the_given_answer_is_checked(app: Flask, kind: str, response: object, checked: list[str]) -> None:
    with app.test_request_context():
        markup = paper_markup([shown("1", kind, response)])
    found = [value for value in ("a", "b", "c", "d", "true", "false") if f'value="{value}" checked' in markup]
    assert found == checked
    assert markup.count("checked") == len(checked)


def test_the_same_question_in_two_slots_keeps_slot_and_answer_apart(app: Flask) -> None:
    with app.test_request_context():
        markup = paper_markup([shown("1", response="a"), shown("2", response="d")])
        again = paper_markup([shown("1"), shown("2")])
    assert 'id="q1-a" name="q1" value="a" checked' in markup
    assert 'id="q2-d" name="q2" value="d" checked' in markup
    assert "checked" not in again, "one person's answer never shows on another's paper"
    assert "\x00" not in markup


def test_a_text_that_looks_like_markup_stays_text(app: Flask) -> None:
    hostile = '<script>x</script>" value="a"> checked'
    with app.test_request_context():
        markup = paper_markup([shown("1", response="a", text=hostile)])
    assert "<script>" not in markup
    assert markup.count('value="a" checked>') == 1


def test_each_language_has_its_own(app: Flask) -> None:
    with app.test_request_context():
        with force_locale("vi"):
            vietnamese = paper_markup([shown("1")])
        with force_locale("en"):
            english = paper_markup([shown("1")])
    assert "Câu 1/1" in vietnamese
    assert "Question 1 of 1" in english
