"""The sentence for each error code, told by the features' labels when the application is composed."""

from collections.abc import Mapping

from flask_babel import get_locale, gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from contest.errors import DomainError, Written
from contest.i18n import show_number
from contest.web.content import content, worded

_sentences: dict[str, LazyString] = {
    "not_allowed": lazy_gettext("Your role does not allow this."),
    "not_found": lazy_gettext("There is nothing here, or no longer."),
}


def tell(sentences: Mapping[str, LazyString]) -> None:
    """Add a feature's sentences. Raises `ValueError` when a code would get a second, different one."""
    twice = [code for code, words in sentences.items() if _sentences.get(code, words) != words]
    if twice:
        raise ValueError(f"two sentences for one code: {', '.join(twice)}")
    _sentences.update(sentences)


def has_sentence(code: str) -> bool:
    """Whether people get words for this code."""
    return code in _sentences


def sentence(error: DomainError) -> str:
    """What to tell the person, in their language; markup when it holds what people wrote, which is in their own."""
    words = _sentences.get(error.code)
    if words is None:
        return str(gettext("This could not be done (%(code)s).", code=error.code))
    text = str(words)
    values = {name: _shown(value) for name, value in error.values.items()}
    if any(isinstance(value, Written) for value in error.values.values()):
        return worded(text, **values)
    return text % values if values else text


def shown_number(value: int) -> str:
    """A whole number as the reader's language groups its digits."""
    locale = get_locale()
    return show_number(value, locale.language if locale else "vi")


def _shown(value: object) -> object:
    if isinstance(value, int):
        return shown_number(value)
    return content(value) if isinstance(value, Written) else value
