"""Words of the record: what each act is called, told by the features, and what a check found."""

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from contest.audit.domain import Fault, Finding
from contest.web.menu import MenuItem

READERS = ("organizer", "secretary")  # the enumeration of roles belongs to a higher feature

MENU = (MenuItem(110, "audit.index", lazy_gettext("The record"), "history", frozenset(READERS)),)

_words: dict[str, LazyString] = {}

_FINDINGS = {
    Fault.CHANGED: lazy_gettext("Record %(seq)s is no longer what was written."),
    Fault.DETAIL: lazy_gettext("The details kept with record %(seq)s are no longer what was written."),
    Fault.GAP: lazy_gettext("Record %(seq)s is missing, perhaps with others after it."),
    Fault.TRUNCATED: lazy_gettext("The record ends too early or wrongly: number %(seq)s should be there."),
    Fault.REWRITTEN: lazy_gettext("Record %(seq)s does not have the fingerprint that was written down."),
}


def tell(acts: Mapping[str, LazyString]) -> None:
    """Add the words for a feature's acts."""
    _words.update(acts)


def has_words(act: str) -> bool:
    """Whether readers get words for this act."""
    return act in _words


def act_words(act: str) -> str:
    """The act as readers see it: its words, or its code where no feature has told any."""
    if act not in _words:
        return act
    words = str(_words[act])
    return words[:1].upper() + words[1:]


def finding_words(finding: Finding) -> str:
    """What was found, as a sentence."""
    return str(_FINDINGS[finding.fault]) % {"seq": finding.seq}


def actor_words(actor_id: int | None, names: Mapping[int, str]) -> str:
    """Who acted: a person by name, or the system itself."""
    if actor_id is None:
        return str(gettext("The system"))
    return names.get(actor_id) or str(gettext("Account no. %(number)s", number=actor_id))
