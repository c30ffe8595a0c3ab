from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import force_locale

from contest.judging.domain.panel import read_panel
from contest.judging.views.rubric import missing_words, rubric_rows
from tests.judging.world import PANEL

THIRTY = read_panel({**PANEL, "criteria": [{"code": "c1", "name": "Nội dung", "max": 30_000, "weight": 10}]})


@pytest.fixture(autouse=True)
def _reader(app: Flask) -> Iterator[None]:
    with app.test_request_context(), force_locale("en"):
        yield


@pytest.mark.parametrize(
    ("points", "chosen"),
    [(None, []), (0, [0]), (6_000, [0]), (6_250, [1]), (24_000, [3]), (24_250, [4]), (30_000, [4])],
)
def test_a_mark_belongs_to_the_fifth_that_ends_at_it(points: int | None, chosen: list[int]) -> None:
    (row,) = rubric_rows(THIRTY, {} if points is None else {"c1": points})
    assert [level.points for level in row.levels] == [6_000, 12_000, 18_000, 24_000, 30_000]
    assert [number for number, level in enumerate(row.levels) if level.is_chosen] == chosen


def test_levels_are_marks_that_may_be_given() -> None:
    odd = {"code": "c1", "name": "Nội dung", "max": 8_000, "weight": 10}
    (row,) = rubric_rows(read_panel({**PANEL, "step": 500, "criteria": [odd]}), {})
    assert [level.points for level in row.levels] == [1_500, 3_000, 4_500, 6_000, 8_000]


def test_a_weight_is_said_where_it_counts() -> None:
    assert [row.limit for row in rubric_rows(read_panel(PANEL), {})] == ["at most 60", "at most 20, counted 2 times"]


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ({}, "Total, criterion 1, 2 not marked yet"),
        ({"c1": 0}, "Total, criterion 2 not marked yet"),
        ({"c1": 0, "c2": 0}, "Total"),
    ],
)
def test_the_foot_names_what_is_missing(marks: dict[str, int], words: str) -> None:
    assert missing_words(read_panel(PANEL), marks) == words
