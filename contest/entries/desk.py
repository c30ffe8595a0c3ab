"""What entries bring to a contest's pages: what a round still lacks, its figures, the way into it."""

from collections.abc import Sequence
from datetime import datetime

from flask import render_template, url_for
from flask_babel import get_locale, gettext, ngettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from contest.actors import Visitor
from contest.contests.domain import Lack, Phase, phase
from contest.contests.hooks import RoundAction, Stat, find_place_link
from contest.contests.models import Contest, Group, Round, RoundKind, RulesVersion
from contest.contests.queries import groups_of, round_kinds, rules_in_force, timetable_of
from contest.entries import queries
from contest.entries.domain.limits import blocks_of
from contest.entries.domain.own import OwnState, own_state
from contest.entries.labels.words import OWN_STATES
from contest.entries.queries.prompts import prompts_by_group
from contest.i18n import show_number
from contest.web.content import content, worded


def opening_lacks(session: Session, round_: Round) -> list[Lack]:
    """Rules that say how entries are made, and a prompt for each group.

    That no rules are in force at all is said by `contests`.
    """
    rules = rules_in_force(session, round_.contest_id)
    if round_.kind is not RoundKind.ENTRY:
        return []
    lacks = []
    if rules is not None and not queries.says_forms(rules):
        sentence = gettext("Rules in force that say how entries are made are missing.")
        lacks.append(Lack("forms_missing", sentence, fix_endpoint="rules.index"))
    groups = groups_of(session, round_.contest_id)
    lacks += _lacks_of_blocks(rules, groups)
    prompts = prompts_by_group(session, round_.id)
    return lacks + [
        Lack(
            "group_without_prompt",
            worded(gettext("The group “%(group)s” has no prompt yet."), group=content(group.name)),
            fix_endpoint="entries.prompts",
            fix_values={"round_id": round_.id},
        )
        for group in groups
        if group.id not in prompts
    ]


def _lacks_of_blocks(rules: RulesVersion | None, groups: Sequence[Group]) -> list[Lack]:
    """The rules name groups as they were called when they were written."""
    named = {group.code: group.name for group in groups}
    blocks = blocks_of(rules.sections[queries.SECTION]) if rules is not None and queries.says_forms(rules) else ()
    gone = [name for block in blocks for code, name in block["groups"].items() if named.get(code) != name]
    if not gone:
        return []
    sentence = gettext(
        "The rules in force say something for “%(groups)s”, but no group is called so any more. Save their section "
        "“%(section)s” anew and have it approved."
    )
    shown = worded(sentence, groups=Markup("”, “").join(content(name) for name in gone), section=gettext("Entries"))
    return [Lack("group_of_rules_gone", shown, fix_endpoint="rules.section", fix_values={"code": queries.SECTION})]


def overview_figures(session: Session, contest: Contest, now: datetime) -> list[Stat]:  # noqa: ARG001
    """How many entries were begun and how many stand handed in, for a contest that has any round of entries."""
    if RoundKind.ENTRY not in round_kinds(session, contest.id):
        return []
    counts, locale = queries.entry_counts(session, contest.id), get_locale().language
    return [
        Stat(show_number(counts.begun, locale), gettext("Entries begun")),
        Stat(show_number(counts.standing, locale), gettext("Entries handed in")),
    ]


def action_of_round(session: Session, round_: Round, visitor: Visitor | None, now: datetime) -> RoundAction:
    """The way to the round's page, and for who has begun an entry whether anything of it counts yet."""
    url = url_for("entries.round_page", round_id=round_.public_id)
    if phase(timetable_of(round_), now) is not Phase.OPEN:
        return RoundAction(worded(gettext("See %(round)s"), round=content(round_.name)), url)
    entry = queries.find_entry(session, round_.id, visitor.actor.person_id) if visitor else None
    if entry is None:
        return RoundAction(worded(gettext("Enter %(round)s"), round=content(round_.name)), url)
    room = url_for("entries.room", entry_id=entry.public_id)
    if entry.standing is None:
        return RoundAction(gettext("Go on with my entry"), room, note=gettext("Your draft is not handed in yet."))
    return RoundAction(gettext("See my entry"), url, note=gettext("Your entry is handed in."))


def own_panel(session: Session, participation_id: int, now: datetime) -> Markup:
    """Where the person's own entries stand, round by round, each with the way to it."""
    found = [(each, *_standing_of(session, each, now)) for each in queries.own_rounds(session, participation_id)]
    return Markup(render_template("entries/_mine.html", rounds=found, faces=OWN_STATES)) if found else Markup()  # noqa: S704


def _standing_of(session: Session, found: queries.OwnRound, now: datetime) -> tuple[OwnState, str]:
    """How it stands, and the page to go to."""
    standing = phase(timetable_of(found.round), now)
    place = find_place_link(session, found.contest.slug, found.round, found.person_id) if found.version else None
    state = own_state(
        standing,
        is_begun=found.entry is not None,
        is_handed_in=found.version is not None,
        is_withdrawn=found.is_withdrawn,
        is_refused=found.is_refused,
        has_place=place is not None,
    )
    if place and state is OwnState.PUBLISHED:
        return state, place
    if found.entry and state in {OwnState.DRAFT, OwnState.WITHDRAWN}:
        return state, url_for("entries.room", entry_id=found.entry.public_id)
    return state, url_for("entries.round_page", round_id=found.round.public_id)


def cancel_effects(session: Session, round_ids: list[int]) -> list[str]:
    """How many entries would not be judged."""
    count = queries.standing_count(session, round_ids)
    if not count:
        return []
    return [
        ngettext(
            "%(num)s entry that was handed in is kept but not judged.",
            "%(num)s entries that were handed in are kept but not judged.",
            count,
        )
    ]
