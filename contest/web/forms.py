"""Forms: one base class, and one way to carry out what was asked and put errors next to their field."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from flask import render_template, request
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import Field, FieldList, FormField, IntegerField
from wtforms.utils import unset_value
from wtforms.widgets import NumberInput

from contest.db import unit_of_work
from contest.errors import DomainError, NotAllowed, NotFound
from contest.i18n import nfc
from contest.web.fields import DigitsInput, Sentences
from contest.web.words import sentence

Result = TypeVar("Result")


def _without_nul(value: object) -> object:
    """PostgreSQL stores no NUL, and nobody means to write one."""
    return value.replace("\0", "") if isinstance(value, str) else value


def _tidy(value: object) -> object:
    return nfc(value) if isinstance(value, str) and "\n" not in value else value


class BaseForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """Every form: CSRF, and one-line text tidied to composed Unicode without stray spaces."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc] # Flask-WTF has no types
        """Options of WTForms."""

        def get_translations(self, _form: Any) -> Sentences:
            """What WTForms says by itself is said in the reader's language."""
            return Sentences()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Forms only: JSON would bring values that no field expects."""
            return None if request.is_json else super().wrap_formdata(form, formdata)

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Bind with one filter more for fields of one line; whole numbers are lines of text."""
            if unbound_field.field_class in {FieldList, RowList, FormField}:  # their own fields filter
                return cast("Field", unbound_field.bind(form=form, **options))
            filters = [_without_nul, *unbound_field.kwargs.get("filters", ())]
            if unbound_field.field_class.__name__ in {
                "StringField",
                "EmailField",
                "TelField",
                "SearchField",
            }:
                filters.append(_tidy)
            field: Field = unbound_field.bind(form=form, filters=filters, **options)
            if isinstance(field, IntegerField) and isinstance(field.widget, NumberInput):
                field.widget = DigitsInput()
            return field

    def suit(self, kinds: frozenset[str], groups: Mapping[str, str]) -> None:
        """Offer only what fits rounds of these kinds, and these groups, names by codes; most forms fit all."""

    @property
    def has_errors(self) -> bool:
        """Whether anything has to be put right."""
        return bool(self.errors)

    @property
    def faulty(self) -> list[Field]:
        """The fields that have to be put right, those of rows and parts themselves, in the order of the form."""
        return [fault for field in self._fields.values() for fault in _faulty(field)]


class RowList(FieldList):  # type: ignore[type-arg] # generic in the stubs only
    """Rows of a form. What is given beyond the most it takes is left out: blank rows at the end of a full list."""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read what was sent, else show what is given."""
        kept = data[: self.max_entries] if isinstance(data, list) else data
        super().process(formdata, kept, extra_filters)


class RowForm(BaseForm):
    """One line of a list inside a form: its text is tidied like the form's, whose token guards both."""

    class Meta(BaseForm.Meta):
        """Options of WTForms."""

        csrf = False


def _faulty(field: Field) -> list[Field]:
    """The fields inside `field` that have an error; the field itself when the error is its own."""
    inner = field.entries if isinstance(field, FieldList) else field.form if isinstance(field, FormField) else ()
    return [fault for part in inner for fault in _faulty(part)] or ([field] if field.errors else [])


def carried_out(form: BaseForm, act: Callable[[Session], Result]) -> Result | None:
    """What `act` returned, once the posted form is in order and its unit of work is committed; else None.

    An error of the domain lands on the field it names, or above the form; nothing that was typed is lost.
    """
    if not form.validate_on_submit():
        return None
    try:
        with unit_of_work() as session:
            return act(session)
    except (NotAllowed, NotFound):
        raise
    except DomainError as error:
        show_on(form, error)
        return None


def show_on(form: BaseForm, error: DomainError) -> None:
    """Put the sentence of `error` on the field it names (`rows-0-name`: in a list), or above the form."""
    fields = _fields_named(form, error.field or "")
    if not fields:
        form.form_errors.append(sentence(error))
    for field in fields:
        field.errors = [*field.errors, sentence(error)]


def _fields_named(form: BaseForm, name: str) -> list[Field]:
    """The field, after the list in which it stands."""
    if name in form._fields:
        return [form._fields[name]]
    head, *place = name.split("-")
    found = form._fields.get(head)
    if not isinstance(found, FieldList) or len(place) != 2:
        return []
    return [found, found[int(place[0])].form[place[1]]]


def page(template: str, form: BaseForm | None = None, **values: object) -> tuple[str, int]:
    """A rendered page: 422 when its form has to be put right, else 200."""
    status = 422 if form is not None and form.is_submitted() and form.has_errors else 200
    return render_template(template, form=form, **values), status
