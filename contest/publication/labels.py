"""Words of publications, and the act that two people decide."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import get_locale, gettext, lazy_gettext

from contest.approvals.domain import ActKind
from contest.i18n import show_number
from contest.publication.policies import DECIDE
from contest.publication.services import KIND, proposed_publication, publish
from contest.standings.labels import prediction_words
from contest.web.content import content, worded

ERRORS = {
    "checked_missing": lazy_gettext("Say what you have checked, for example the identity of the winners."),
    "public_note_missing": lazy_gettext("Say publicly why there is a further version."),
    "prizes_undecided": lazy_gettext(
        "%(people)s people are tied where a prize runs out. Record the committee’s decision first."
    ),
    "not_published": lazy_gettext("Nothing of this round is published now."),
}

ACTS = {"publication.withdrawn": lazy_gettext("withdrew a published list")}


def _lines(proposed: Mapping[str, Any]) -> Sequence[tuple[str, ...]]:
    day = "/".join(reversed(proposed["decision_date"].split("-")))
    lines = [
        (gettext("Round"), content(proposed["round"])),
        (gettext("Version"), str(proposed["version"])),
        (
            gettext("Decision"),
            worded(gettext("No. %(number)s of %(day)s"), number=content(proposed["decision_number"]), day=day),
        ),
        (gettext("Rules"), gettext("version %(number)s", number=proposed["rules"])),
        *_counts(proposed),
        (gettext("People with a place"), _number(proposed["ranked"])),
    ]
    if proposed["target"] is not None:
        target = prediction_words(proposed["target"], is_percent=proposed["is_percent"])
        lines.append((gettext("Predictions are compared with"), target))
    lines += [(content(name), _number(count)) for name, count in proposed["prizes"]]
    if proposed["note"]:
        lines.append((gettext("Public note"), content(proposed["note"])))
    return [*lines, (gettext("Fingerprint of the list"), proposed["ranking_digest"][:16])]


def _counts(proposed: Mapping[str, Any]) -> list[tuple[str, str]]:
    if "attempts" not in proposed:
        return [(gettext("Entries judged"), _number(proposed["participants"]))]
    return [
        (gettext("People who took part"), _number(proposed["participants"])),
        (gettext("Attempts"), _number(proposed["attempts"])),
    ]


def _number(value: int) -> str:
    return show_number(value, get_locale().language)


PUBLICATION = ActKind(
    code=KIND,
    title=lazy_gettext("Publication of a ranking"),
    deciders=DECIDE,
    content=proposed_publication,
    lines=_lines,
    carry_out=publish,
)
