"""Forms of the desk of publications."""

from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from contest.contests.forms import DayField
from contest.web.forms import BaseForm


class PublicationForm(BaseForm):
    """What a list is published by."""

    decision_number = StringField(
        _("Number of the decision"), [InputRequired(_("Write the number of the decision.")), Length(max=80)]
    )
    decision_date = DayField(_("Date of the decision"), [InputRequired(_("Enter a date."))])
    checked = TextAreaField(
        _("What you have checked"),
        [
            InputRequired(_("Say what you have checked, for example the identity of the winners.")),
            Length(max=1000),
        ],
    )
    note = TextAreaField(_("Public note"), [Length(max=1000)])


class WithdrawalForm(BaseForm):
    """Why a published list is taken back."""

    reason = TextAreaField(_("Reason"), [InputRequired(_("Write the reason.")), Length(max=1000)])
