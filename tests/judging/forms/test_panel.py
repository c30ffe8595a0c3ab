"""Numbers with decimals as people type them, kept as integers."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from contest.judging.forms.panel import ScaledField
from contest.web.forms import RowForm


class NumberForm(RowForm):
    number = ScaledField("Điểm", digits=3, most=1_000_000)
    weight = ScaledField("Hệ số", digits=1, most=100)


@pytest.fixture
def request_context(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        yield


def typed(**values: str) -> NumberForm:
    return NumberForm(formdata=MultiDict(values))


@pytest.mark.usefixtures("request_context")
@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,5", 12_500),
        ("12.5", 12_500),
        (" 12 ", 12_000),
        ("0", 0),
        ("0,001", 1),
        ("0,250000", 250),
        ("1000", 1_000_000),
        ("", None),
    ],
)
def test_a_number_is_read_with_comma_or_point(text: str, number: int | None) -> None:
    form = typed(number=text)
    assert form.validate()
    assert form.number.data == number


@pytest.mark.usefixtures("request_context")
@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize("text", ["1000,001", "1,2345", "-1", "1e3", "1,", ",5", "mười", "1 000", "١", "1" * 5000])
def test_anything_else_is_refused_and_stays_in_its_field(text: str) -> None:
    form = typed(number=text)
    assert not form.validate()
    assert "1.000" in form.number.errors[0]
    assert form.number._value() == text


@pytest.mark.usefixtures("request_context")
@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize(("stored", "shown"), [(12_500, "12,5"), (1_000_000, "1000"), (0, "0"), (None, "")])
def test_what_is_stored_is_shown_so_that_it_can_be_sent_again(stored: Any, shown: str) -> None:
    form = NumberForm(data={"number": stored})
    assert form.number._value() == shown
    assert typed(number=shown).number.data == stored
