"""What people wrote – titles, names, questions, reasons – stays Vietnamese on a page of another language."""

from flask_babel import get_locale
from markupsafe import Markup, escape

CONTENT_LANGUAGE = "vi"


def content(text: str | None) -> Markup:
    """The text; on a page of another language it says its own, so that it is read out rightly (WCAG 3.1.2)."""
    locale = get_locale()
    if not text or locale is None or locale.language == CONTENT_LANGUAGE:
        return escape(text or "")
    return Markup('<span lang="{}">{}</span>').format(CONTENT_LANGUAGE, text)


def worded(sentence: str, **values: object) -> Markup:
    """A translated sentence with `values` in its places such as `%(name)s`; those marked as content stay marked."""
    return escape(sentence) % values
