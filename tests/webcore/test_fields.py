from collections.abc import Iterator
from inspect import getsource
from re import findall

import pytest
from flask import Flask
from flask_babel import force_locale
from wtforms import DateField, IntegerField, SelectField, StringField, fields, validators
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length, NumberRange

from contest.web.fields import Sentences
from contest.web.forms import BaseForm


class Sheet(BaseForm):
    class Meta(BaseForm.Meta):
        csrf = False

    name = StringField("Tên", [Length(max=5)])
    copies = IntegerField("Số bản", [NumberRange(1, 24)])
    day = DateField("Ngày")
    unit = SelectField("Đơn vị", choices=[SelectChoice("1", "Một")])
    code = StringField("Mã", [InputRequired()])


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "sáu chữ", "Chỉ ghi tối đa 5 ký tự."),
        ("copies", "25", "Hãy ghi một số từ 1 đến 24."),
        ("copies", "nhiều", "Hãy ghi số nguyên, chỉ dùng chữ số."),
        ("day", "mai", "Hãy chọn ngày."),
        ("unit", "2", "Hãy chọn trong danh sách."),
        ("code", "", "Chưa điền mục này."),
    ],
)
def test_what_a_field_finds_wrong_by_itself_is_said_in_vietnamese(
    app: Flask, field: str, typed: str, words: str
) -> None:
    with app.test_request_context("/", method="POST", data={field: typed}), force_locale("vi"):
        form = Sheet()
        form.validate()
        assert form.errors[field][0] == words


def _messages(*modules: object) -> Iterator[str]:
    for module in modules:
        yield from findall(r'"([A-Z\'][^"\n]*\.)"', getsource(module))  # type: ignore[arg-type]


@pytest.mark.parametrize("message", ["Not a valid integer value.", "Number must be between %(min)s and %(max)s."])
def test_the_messages_are_those_of_the_installed_library(message: str) -> None:
    known = set(_messages(validators, fields.numeric))
    assert message in known
    assert Sentences().gettext(message) != message


def test_a_whole_number_is_a_line_of_text_with_the_keys_for_digits(app: Flask) -> None:
    """A browser sends nothing for what it holds for no number; a rule that may be empty would change without a word."""
    with app.test_request_context("/", method="POST", data={"copies": "1-2"}):
        drawn = Sheet().copies()
    assert 'type="text"' in drawn
    assert 'inputmode="numeric"' in drawn
    assert 'value="1-2"' in drawn
