from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from contest.entries.domain.limits import BOUNDS, default_limits
from contest.entries.forms import LimitsForm
from contest.entries.sections import FormsSection

SECTION = FormsSection()


@pytest.fixture
def backend() -> str:
    """What the rules say does not depend on the database."""
    return "sqlite"


@pytest.fixture
def reader(app: Flask) -> Iterator[None]:
    with app.test_request_context(), force_locale("vi"):
        yield


def test_the_rules_of_a_new_contest_are_in_order() -> None:
    assert SECTION.problems(SECTION.default()) == []


@pytest.mark.parametrize("name", BOUNDS)
def test_each_number_has_both_bounds(name: str) -> None:
    least, most = BOUNDS[name]
    value = {**default_limits(), "clip_min_seconds": 0, "clip_max_seconds": 7200}
    for number, is_right in ((least - 1, False), (least, True), (most, True), (most + 1, False)):
        found = SECTION.problems({**value, name: number})
        assert [(each.code, each.field) for each in found] == ([] if is_right else [("number_out_of_range", name)])


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"forms": []}, "forms", "no_form_chosen"),
        ({"clip_min_seconds": 600, "clip_max_seconds": 600}, "clip_max_seconds", "clip_length_reversed"),
        ({"commitment": " "}, "commitment", "commitment_text_missing"),
    ],
)
def test_a_problem_names_its_field(change: dict[str, Any], field: str, code: str) -> None:
    [problem] = SECTION.problems({**default_limits(), **change})
    assert (problem.field, problem.code) == (field, code)


@pytest.mark.usefixtures("reader")
def test_citizens_read_every_limit_and_what_blindness_cannot_hide() -> None:
    text = " ".join(f"{line.term} {line.text}" for line in SECTION.lines(default_limits()))
    for words in ("5.000 chữ", "3 phút", "10 phút", "640 × 480", "20 MB", "2.048 MB", "lộ người dự thi", "cam kết"):
        assert words in text


@pytest.mark.usefixtures("reader")
def test_limits_of_forms_that_are_not_allowed_are_not_printed() -> None:
    written = SECTION.lines({**default_limits(), "forms": ["text"]})
    assert [line.icon for line in written] == ["pencil", "file-text", "repeat", "eye-off", "shield-check"]
    assert "lộ người dự thi" not in " ".join(line.text for line in written)
    heard = SECTION.lines({**default_limits(), "forms": ["audio"]})
    assert "640" not in " ".join(line.text for line in heard)


def test_the_form_gives_back_the_value_that_filled_it(app: Flask) -> None:
    value = {**default_limits(), "forms": ["text", "video"], "clip_min_seconds": 90}
    with app.test_request_context():
        filled = SECTION.form(value)
        fields = [(field.name, each) for field in filled for each in _typed(field.data)]
    with app.test_request_context(method="POST", data=MultiDict(fields)):
        assert SECTION.value(LimitsForm()) == value


def _typed(data: Any) -> list[str]:
    return [str(each) for each in data] if isinstance(data, list) else [str(data)]
