"""What a reader of the record types in."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import StringField
from wtforms.validators import Optional, Regexp

from contest.audit.domain import Head
from contest.web.forms import BaseForm


class HeadForm(BaseForm):
    """A head that was written down at an earlier check. It travels in the address: checking changes nothing."""

    class Meta(BaseForm.Meta):
        """Reading needs no token."""

        csrf = False

    length = StringField(
        lazy_gettext("Number of records then"),
        [Optional(), Regexp("^[1-9][0-9]{0,8}$", message=lazy_gettext("This is a whole number from 1."))],
    )
    head = StringField(
        lazy_gettext("Fingerprint written down then"),
        [
            Optional(),
            Regexp("^[0-9a-fA-F]{64}$", message=lazy_gettext("A fingerprint has 64 characters: 0–9 and a–f.")),
        ],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Both or neither: one without the other can't be checked."""
        is_valid = bool(super().validate(extra_validators))
        missing = next((field for field in self if not field.data), None)
        if is_valid and missing is not None and any(field.data for field in self):
            missing.errors = [gettext("Write the number of records and the fingerprint as they stood side by side.")]
            return False
        return is_valid

    def stored(self) -> Head | None:
        """The head to check against, if a usable one was typed."""
        if not self.validate() or not self.length.data or not self.head.data:
            return None
        return Head(int(self.length.data), self.head.data.lower())
