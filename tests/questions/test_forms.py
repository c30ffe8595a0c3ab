from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from contest.questions.forms import BulkForm, TakeForm, TopicForm, form_of
from question_bank.kinds import kind_of
from tests.question_bank.builders import question


@pytest.fixture
def backend() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


def posted(app: Flask, form: Any, **values: Any) -> Any:
    with app.test_request_context(method="POST", data=MultiDict(values)):
        return form(meta={"csrf": False})


def test_ticked_questions_are_ids_and_digests_and_nothing_malformed(app: Flask) -> None:
    form = posted(app, BulkForm, questions=["3:ab", "x:cd", "7:", ""])
    assert form.digests == {3: "ab", 7: ""}


@pytest.mark.parametrize(("typed", "parent"), [("0", None), ("5", 5)])
def test_the_top_of_the_tree_is_no_topic(app: Flask, typed: str, parent: int | None) -> None:
    assert posted(app, TopicForm, parent=typed).parent_id == parent


@pytest.mark.parametrize(("typed", "is_valid"), [("leave", True), ("rename", True), ("overwrite", False)])
def test_a_taken_code_is_left_out_or_renamed(app: Flask, typed: str, is_valid: bool) -> None:
    assert posted(app, TakeForm, clashes=typed, act="all").validate() is is_valid


def test_a_question_comes_out_of_its_form_as_it_went_in(app: Flask) -> None:
    asked = question(explanation="Vì thế.", tags=("tuần 1", "khó nhớ"))
    with app.test_request_context():
        assert form_of(kind_of("single"))(asked, meta={"csrf": False}).question() == asked


def test_tags_are_one_list_with_commas_and_what_is_wrong_with_one_stands_there(app: Flask) -> None:
    form = posted(app, form_of(kind_of("single")), tags=f" tuần 1,, khó nhớ,tuần 1, {'d' * 51}")
    assert form.question().tags == ("tuần 1", "khó nhớ", "d" * 51)
    form.validate()
    assert len(form.tags.errors) == 1
