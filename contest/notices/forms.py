"""Forms of announcements."""

from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from contest.web.forms import BaseForm


class AnnouncementForm(BaseForm):
    """A new announcement: a title and plain text."""

    title = StringField(
        _("Title"),
        validators=[InputRequired(_("Enter a title.")), Length(max=200, message=_("At most 200 characters."))],
    )
    body = TextAreaField(
        _("Text"),
        validators=[InputRequired(_("Enter the text.")), Length(max=20_000, message=_("At most 20,000 characters."))],
    )


class WithdrawForm(BaseForm):
    """Nothing but the confirmation."""
