"""Words of publications, and the act that two people decide."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import get_locale, gettext, lazy_gettext

from contest.approvals.domain import ActKind
from contest.i18n import show_number
from contest.publication.policies import DECIDE
from contest.publication.services import KIND, proposed_publication, publish
from contest.standings.labels import prediction_words

ERRORS = {
    "checked_missing": lazy_gettext("Say what you have checked, for example the identity of the winners."),
    "public_note_missing": lazy_gettext("Say publicly why there is a further version."),
    "prizes_undecided": lazy_gettext(
        "%(people)s people are tied where a prize runs out. Record the committee’s decision first."
    ),
    "not_published": lazy_gettext("Nothing of this round is published now."),
}

ACTS = {"publication.withdrawn": lazy_gettext("withdrew a published list")}


def _lines(content: Mapping[str, Any]) -> Sequence[tuple[str, ...]]:
    day = "/".join(reversed(content["decision_date"].split("-")))
    lines = [
        (gettext("Round"), content["round"]),
        (gettext("Version"), str(content["version"])),
        (gettext("Decision"), gettext("No. %(number)s of %(day)s", number=content["decision_number"], day=day)),
        (gettext("Rules"), gettext("version %(number)s", number=content["rules"])),
        *_counts(content),
        (gettext("People with a place"), _number(content["ranked"])),
    ]
    if content["target"] is not None:
        target = prediction_words(content["target"], is_percent=content["is_percent"])
        lines.append((gettext("Predictions are compared with"), target))
    lines += [(name, _number(count)) for name, count in content["prizes"]]
    if content["note"]:
        lines.append((gettext("Public note"), content["note"]))
    return [*lines, (gettext("Fingerprint of the list"), content["ranking_digest"][:16])]


def _counts(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    if "attempts" not in content:
        return [(gettext("Entries judged"), _number(content["participants"]))]
    return [
        (gettext("People who took part"), _number(content["participants"])),
        (gettext("Attempts"), _number(content["attempts"])),
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
