"""The answer to a proposal."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, TextAreaField
from wtforms.validators import AnyOf, Length

from contest.web.forms import BaseForm

YES, NO = "approve", "refuse"


class DecisionForm(BaseForm):
    """Yes or no, by the button that was pressed, and a note that a no needs."""

    decision = HiddenField(validators=[AnyOf([YES, NO])])
    note = TextAreaField(_("Note"), validators=[Length(max=2000, message=_("At most 2,000 characters."))])
