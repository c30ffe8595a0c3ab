"""Forms of the units desk."""

from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from contest.units.domain import LONGEST_CODE
from contest.units.labels import KINDS
from contest.units.models import UnitKind
from contest.web.forms import BaseForm


class UnitForm(BaseForm):
    """A new agency or school."""

    kind = RadioField(
        _("Kind"),
        choices=[(kind.value, KINDS[kind]) for kind in (UnitKind.AGENCY, UnitKind.SCHOOL)],
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

    people = IntegerField(_("People"), validators=[InputRequired(_("Enter a whole number."))])
    valid_from = DateField(_("Counted from"), validators=[InputRequired(_("Enter a date."))])
    source = StringField(
        _("Source"),
        validators=[InputRequired(_("Say where the number comes from.")), Length(max=200, message=_("Too long."))],
    )
