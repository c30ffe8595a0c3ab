"""Words of publications, the act that two people decide, and what people are told of their new place."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import force_locale, get_locale, gettext, lazy_gettext

from contest.approvals.domain import ActKind
from contest.corrections.domain import source_of_place
from contest.corrections.queries.told import RoundNamed
from contest.i18n import show_number
from contest.notices.domain import News
from contest.notices.labels import letter_of
from contest.publication.models import Publication
from contest.publication.policies import DECIDE
from contest.publication.queries.moved import PlaceMoved
from contest.publication.services import KIND, proposed_publication, publish, rank_proposed
from contest.standings.labels import prediction_words
from contest.web.addresses import path_to
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


def place_news(named: RoundNamed, publication: Publication, moved: PlaceMoved) -> News:
    """What somebody is told of their place in a list that was published again, in their language."""
    with force_locale(moved.locale):
        about = {"round": named.round_name, "contest": named.contest_title, "version": publication.version}
        lead = gettext(
            "After ruling anew on a question, the committee has published the list of “%(round)s” (%(contest)s) "
            "again, version %(version)s.",
            **about,
        )
        before, after, none, lines = moved.before, moved.after, gettext("none"), []
        if before.rank != after.rank:
            ranks = {"before": before.rank or none, "after": after.rank or none}
            lines.append(gettext("Your rank: before %(before)s, now %(after)s.", **ranks))
        if before.prize != after.prize:
            prizes = {"before": before.prize or none, "after": after.prize or none}
            lines.append(gettext("Your prize: before %(before)s, now %(after)s.", **prizes))
        body = " ".join([lead, *lines])
        path = path_to("quiz.round_page", round_id=named.round_public_id)
        if after.rank is not None:
            path = path_to("boards.my_place", slug=named.contest_slug, round_id=named.round_public_id)
        return News(
            contest_id=named.contest_id,
            person_id=moved.person_id,
            source=source_of_place(moved.correction_id),
            title=gettext("Your rank or prize has changed"),
            body=body,
            path=path,
            letter=letter_of(body, path, named.organizer_name),
        )


PUBLICATION = ActKind(
    code=KIND,
    title=lazy_gettext("Publication of a ranking"),
    deciders=DECIDE,
    content=proposed_publication,
    lines=_lines,
    carry_out=publish,
    ahead=rank_proposed,
)
