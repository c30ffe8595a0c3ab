"""Forms of the units desk."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the type stubs
from wtforms.validators import InputRequired, Length

from contest.units.domain import LONGEST_CODE
from contest.units.labels import KINDS
from contest.units.models import UnitKind
from contest.web.forms import BaseForm


class WholeNumberField(IntegerField):
    """An integer, with a sentence of ours when something else was typed."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed."""
        try:
            super().process_formdata(list(valuelist))
        except ValueError:
            raise ValueError(gettext("Enter a whole number.")) from None


class DayField(DateField):
    """A date, with a sentence of ours when something else was typed."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed."""
        try:
            super().process_formdata(list(valuelist))
        except ValueError:
            raise ValueError(gettext("Enter a date.")) from None


class UnitForm(BaseForm):
    """A new agency or school."""

    kind = RadioField(
        _("Kind"),
        choices=[SelectChoice(kind.value, KINDS[kind]) for kind in (UnitKind.AGENCY, UnitKind.SCHOOL)],
        validators=[InputRequired(_("Choose one."))],
    )
    name = StringField(
        _("Name"), validators=[InputRequired(_("Enter the name.")), Length(3, 200, _("Between 3 and 200 characters."))]
    )
    code = StringField(
        _("Code"),
        validators=[InputRequired(_("Enter the code.")), Length(max=LONGEST_CODE, message=_("At most 35 characters."))],
    )


class HeadcountForm(BaseForm):
    """How many people a unit has from a day on."""

    people = WholeNumberField(_("People"), validators=[InputRequired(_("Enter a whole number."))])
    valid_from = DayField(_("Counted from"), validators=[InputRequired(_("Enter a date."))])
    source = StringField(
        _("Source"),
        validators=[InputRequired(_("Say where the number comes from.")), Length(max=200, message=_("Too long."))],
    )
