from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from contest.judging.domain.panel import read_panel
from contest.judging.forms.desk import SheetForm, agreement_form, sheet_form
from tests.judging.world import PANEL

TYPED = {"revision": "3", "comment": ""}


@pytest.fixture
def backend() -> str:
    return "sqlite"


def posted(app: Flask, make: Any, **typed: str) -> Any:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context(method="POST", data=MultiDict(typed)):
        form = make()
        form.validate()
        return form


def sheet() -> SheetForm:
    return sheet_form(read_panel(PANEL), {"c1": 12_500}, "", 3)


@pytest.mark.parametrize(
    ("typed", "points"),
    [("0", 0), ("60", 60_000), ("12,5", 12_500), ("12.25", 12_250), (" 7 ", 7_000), ("7.000", 7_000)],
)
def test_marks_are_read_exactly(app: Flask, typed: str, points: int) -> None:
    form = posted(app, sheet, **TYPED, **{"mark-c1": typed})
    assert (form.errors, form.marks) == ({}, {"c1": points})


@pytest.mark.parametrize(
    "typed", ["60.25", "-1", "12.3", "1e1", "0x5", "NaN", "∞", "99999999999", "12,5,5", "12.0001", "một"]
)
def test_what_is_no_mark_is_told_and_kept(app: Flask, typed: str) -> None:
    form = posted(app, sheet, **TYPED, **{"mark-c1": typed})
    assert list(form.errors) == ["mark-c1"]
    assert form.marks == {}
    assert form.mark("c1")._value() == typed.replace(",", ".")


def test_a_mark_that_is_not_typed_is_no_mark(app: Flask) -> None:
    assert posted(app, sheet, **TYPED, **{"mark-c1": "", "mark-c2": "5"}).marks == {"c2": 5_000}


def test_a_sheet_shows_what_is_stored(app: Flask) -> None:
    with app.test_request_context():
        form = sheet()
        assert (form.mark("c1")._value(), form.mark("c2")._value()) == ("12.5", "")
        assert 'max="60"' in str(form.mark("c1")())
        assert 'step="0.25"' in str(form.mark("c1")())


@pytest.mark.parametrize(
    ("decimals", "typed", "is_good"),
    [
        (0, "70", True),
        (0, "70,5", False),
        (1, "70,5", True),
        (1, "70,55", False),
        (1, "100", True),
        (1, "100,1", False),
    ],
)
def test_an_agreed_score_has_the_decimals_of_the_panel(app: Flask, decimals: int, typed: str, is_good: bool) -> None:
    panel = read_panel({**PANEL, "decimals": decimals})
    form = posted(app, lambda: agreement_form(panel), score=typed, note="Đã đối thoại")
    assert (form.errors == {}) == is_good
