"""What WTForms does otherwise here: what is wrong with a field is said in our words, and numbers are lines of text."""

from typing import Any

from flask_babel import lazy_gettext as _
from markupsafe import Markup
from wtforms.widgets import TextInput

_SENTENCES = {
    "Field cannot be longer than %(max)d character.": _("Write at most %(max)d characters."),
    "Field must be at least %(min)d character long.": _("Write at least %(min)d characters."),
    "Field must be between %(min)d and %(max)d characters long.": _("Write %(min)d to %(max)d characters."),
    "Number must be at least %(min)s.": _("Write a number of at least %(min)s."),
    "Number must be at most %(max)s.": _("Write a number of at most %(max)s."),
    "Number must be between %(min)s and %(max)s.": _("Write a number from %(min)s to %(max)s."),
    "Not a valid integer value.": _("Write a whole number, with digits only."),
    "Not a valid decimal value.": _("Write a number."),
    "Not a valid float value.": _("Write a number."),
    "Not a valid date value.": _("Choose a date."),
    "Not a valid datetime value.": _("Choose a date and a time."),
    "Not a valid time value.": _("Choose a time."),
    "Not a valid choice.": _("Choose from the list."),
    "Invalid Choice: could not coerce.": _("Choose from the list."),
    "Invalid choice(s): one or more data inputs could not be coerced.": _("Choose from the list."),
    "'%(value)s' is not a valid choice for this field.": _("Choose from the list."),
    "This field is required.": _("This must be filled in."),
}


class Sentences:
    """WTForms' messages by what WTForms calls them; one that is not ours stays as it is."""

    def gettext(self, message: str) -> str:
        """The sentence, its places unfilled."""
        return str(_SENTENCES.get(message, message))

    def ngettext(self, singular: str, _plural: str, _number: int) -> str:
        """The sentence, the same for any number."""
        return self.gettext(singular)


class DigitsInput(TextInput):
    """A line with the keys for digits. Of a slip such as `1-2` a browser's number field would send nothing at all."""

    def __call__(self, field: Any, **attributes: object) -> Markup:
        """The control."""
        return super().__call__(field, **{"inputmode": "numeric", **attributes})
