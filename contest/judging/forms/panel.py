"""The form of the section "panel": the rubric, who scores, and what settles the score."""

import re
from typing import Any

from flask_babel import lazy_gettext, ngettext
from wtforms import Field, FormField, HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import TextInput

from contest.i18n import show_scaled
from contest.judging.domain.panel import LEASE_MINUTES, MAX_DECIMALS, MAX_JUDGES, MAX_SCALE, MAX_WEIGHT, STEPS, points
from contest.web.forms import BaseForm, RowForm, RowList

BLANK_ROWS = 2
MAX_ROWS = 20
_NUMBER = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]{1,9}))?")


class ScaledField(Field):
    """A number typed with at most `digits` decimals, as an integer: 12,5 with three digits is 12500; `most` at most.

    None when nothing was typed.
    """

    widget = TextInput()

    def __init__(self, label: Any, validators: Any = (), *, digits: int, most: int, **values: Any) -> None:
        super().__init__(label, validators, **values)
        self.digits, self.most = digits, most

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, or say how it is written."""
        self.data = None
        typed = "".join(valuelist).strip()
        if not typed:
            return
        found = _NUMBER.fullmatch(typed)
        decimals = (found[2] or "").rstrip("0") if found else ""
        number = int(found[1] + decimals.ljust(self.digits, "0")) if found else -1
        if not 0 <= number <= self.most or len(decimals) > self.digits:
            raise ValueError(self._how())
        self.data = number

    def _value(self) -> str:
        """What was typed, else the number with a decimal comma."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else show_scaled(self.data, self.digits).replace(".", "")

    def _how(self) -> str:
        return str(
            ngettext(
                "Write a number up to %(most)s with at most %(num)d decimal.",
                "Write a number up to %(most)s with at most %(num)d decimals.",
                self.digits,
                most=show_scaled(self.most, self.digits),
            )
        )


def _points(label: Any, validators: Any = ()) -> ScaledField:
    return ScaledField(label, validators, digits=3, most=MAX_SCALE)


class CriterionForm(RowForm):
    """A line of the rubric; an empty one is left out. `code` stays with a line that is renamed."""

    code = HiddenField()
    name = StringField(lazy_gettext("Criterion"), [Length(max=200)])
    max_points = _points(lazy_gettext("Most points"))
    weight = ScaledField(lazy_gettext("Weight"), digits=1, most=MAX_WEIGHT)


class PanelForm(BaseForm):
    """The rubric and the panel rule."""

    criteria = RowList(FormField(CriterionForm), lazy_gettext("Rubric"), max_entries=MAX_ROWS)
    scale = _points(
        lazy_gettext("Scale: the most points of an entry"), [InputRequired(lazy_gettext("Write a number."))]
    )
    step = SelectField(
        lazy_gettext("Marks go in steps of"),
        choices=[SelectChoice(str(step), lazy_gettext("%(points)s point", points=points(step))) for step in STEPS],
    )
    judges = IntegerField(lazy_gettext("Judges for each entry"), [InputRequired(), NumberRange(1, MAX_JUDGES)])
    decimals = SelectField(
        lazy_gettext("Decimals of the mean"),
        choices=[SelectChoice(str(number), str(number)) for number in range(MAX_DECIMALS + 1)],
    )
    agree_from = _points(
        lazy_gettext("The score is agreed from a distance of so many points on"),
        [InputRequired(lazy_gettext("Write a number."))],
    )
    lease_minutes = IntegerField(
        lazy_gettext("Minutes for which an opened entry is kept for its judge"),
        [InputRequired(), NumberRange(*LEASE_MINUTES)],
    )
