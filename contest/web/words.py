"""The sentence for each error code, told by the features' labels when the application is composed."""

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from contest.errors import DomainError

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
    """What to tell the person, in their language."""
    words = _sentences.get(error.code)
    if words is None:
        return str(gettext("This could not be done (%(code)s).", code=error.code))
    text = str(words)
    return text % error.values if error.values else text
