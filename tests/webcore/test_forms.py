from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from wtforms import FieldList, FormField, StringField, TextAreaField
from wtforms.validators import InputRequired

from contest.errors import DomainError, NotAllowed, NotFound
from contest.units.models import Unit
from contest.web.forms import BaseForm, RowForm, carried_out, page, show_on
from tests.factories import make_unit


class NameForm(BaseForm):
    class Meta(BaseForm.Meta):
        csrf = False

    name = StringField("Name", [InputRequired("Write the name.")])
    note = TextAreaField("Note")


class LineForm(RowForm):
    topic = StringField("Topic")


def post(app: Flask, **data: str) -> Any:
    return app.test_request_context("/", method="POST", data=data)


def test_one_line_is_tidied_and_composed_while_paragraphs_are_kept(app: Flask) -> None:
    with post(app, name="  Tra\u0302\u0300n   A ", note="một\n\n  hai"):
        form = NameForm()
        assert (form.name.data, form.note.data) == ("Trần A", "một\n\n  hai")


class ListForm(BaseForm):
    class Meta(BaseForm.Meta):
        csrf = False

    rows = FieldList(FormField(LineForm))


def test_lines_of_a_list_are_tidied_too_and_need_no_token_of_their_own(app: Flask) -> None:
    with post(app, **{"rows-0-topic": "  Tra\u0302\u0300n\0   A "}):
        form = ListForm()
        assert form.validate_on_submit()
        assert form.rows.data == [{"topic": "Trần A"}]


def test_act_is_carried_out_and_committed(app: Flask, session: Session) -> None:
    with post(app, name="Xã Một"):
        form = NameForm()
        unit = carried_out(form, lambda session: make_unit(session, form.name.data or ""))
    assert unit is not None
    assert session.get_one(Unit, unit.id).name == "Xã Một"


def test_form_that_is_not_in_order_carries_out_nothing(app: Flask) -> None:
    with post(app, name=""):
        form = NameForm()
        assert carried_out(form, lambda session: pytest.fail("called")) is None
        assert form.has_errors


@pytest.mark.parametrize(("field", "place"), [("name", "name"), (None, ""), ("elsewhere", "")])
def test_refused_act_rolls_back_and_shows_on_its_field(
    app: Flask, session: Session, field: str | None, place: str
) -> None:
    def act(session: Session) -> None:
        make_unit(session)
        raise DomainError("not_found", field=field)

    with post(app, name="Xã Một"):
        form = NameForm()
        assert carried_out(form, act) is None
        assert list(form.errors) == [place]
        assert form.name.data == "Xã Một"
    assert session.query(Unit).count() == 0


@pytest.mark.parametrize("error", [NotAllowed(), NotFound()])
def test_what_may_not_be_done_is_no_mistake_in_the_form(app: Flask, error: DomainError) -> None:
    def act(session: Session) -> None:
        raise error

    with post(app, name="Xã Một"), pytest.raises(type(error)):
        carried_out(NameForm(), act)


def test_second_error_of_a_field_is_added_to_the_first(app: Flask) -> None:
    with post(app, name=""):
        form = NameForm()
        form.validate_on_submit()
        show_on(form, DomainError("not_found", field="name"))
        assert len(form.name.errors) == 2


def test_page_with_a_form_to_put_right_says_so_in_its_status(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contest.web.forms.render_template", lambda template, **values: template)
    with post(app, name=""):
        form = NameForm()
        form.validate_on_submit()
        assert page("x.html", form) == ("x.html", 422)
    with app.test_request_context("/"):
        assert page("x.html", NameForm()) == ("x.html", 200)
    assert page("x.html") == ("x.html", 200)


@pytest.mark.parametrize("place", ["rows-1-topic", "rows-1", "topic-1-rows"])
def test_an_error_of_a_line_stands_beside_its_field(app: Flask, place: str) -> None:
    with post(app, **{"rows-0-topic": "một", "rows-1-topic": "hai"}):
        form = ListForm()
        assert form.validate_on_submit()
        show_on(form, DomainError("not_found", field=place))
        assert [len(line.form.topic.errors) for line in form.rows] == [0, int(place == "rows-1-topic")]
        assert form.has_errors


def test_each_field_to_be_put_right_is_named_once_by_itself(app: Flask) -> None:
    with post(app, **{"rows-0-topic": "A", "rows-1-topic": "B"}):
        form = ListForm()
        show_on(form, DomainError("not_found", field="rows-1-topic"))
        assert [field.id for field in form.faulty] == ["rows-1-topic"]
    with post(app, name=""):
        named = NameForm()
        assert not named.validate()
        assert [field.id for field in named.faulty] == ["name"]
