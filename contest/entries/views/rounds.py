"""A round of entries as citizens see it, and the way into one's own entry."""

from flask import url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.contests.domain import Phase, phase
from contest.contests.hooks import find_place_link
from contest.contests.models import ContestState
from contest.contests.queries import get_group, is_on_committee, timetable_of
from contest.db import db, unit_of_work
from contest.entries import queries
from contest.entries.domain.limits import Limits, blocks_of, in_block, read_limits
from contest.entries.queries.prompts import prompts_shown
from contest.entries.services import drafts
from contest.entries.views.blueprint import bp, see
from contest.errors import DomainError, NotFound
from contest.participation.models import Participation
from contest.participation.queries import find_participation
from contest.web.access import actor, public, signed_in
from contest.web.forms import page


@bp.get("/rounds/<round_id>/entry")
@public
def round_page(round_id: str) -> tuple[str, int]:
    """What the round asks, the limits, the prompts once it has opened, and what the visitor has handed in."""
    session, now = db.session(), clock.now()
    found = queries.get_round_page(session, round_id)
    standing = phase(timetable_of(found.round), now)
    if found.contest.state is ContestState.DRAFT or standing is Phase.DRAFT:
        raise NotFound
    participation, entry, place_url = None, None, None
    if current_user.is_authenticated:
        participation = find_participation(session, found.contest.id, actor().person_id)
        entry = queries.find_entry(session, found.round.id, actor().person_id)
    if entry and standing is Phase.CLOSED:
        place_url = find_place_link(session, found.contest.slug, found.round, entry.person_id)
    return page(
        "entries/round.html",
        contest=found.contest,
        round=found.round,
        phase=standing,
        groups=prompts_shown(session, found.round, participation.group_id if participation else None)
        if now >= found.round.opens_at
        else [],
        limits=_limits_shown(found, participation),
        participation=participation,
        entry=entry,
        place_url=place_url,
        versions=queries.versions_of(session, entry.id) if entry else [],
        refused=queries.refused_versions(session, entry.id) if entry else {},
        is_committee=current_user.is_authenticated
        and is_on_committee(session, found.contest.id, actor().person_id, now),
        now=now,
    )


def _limits_shown(found: queries.RoundPage, participation: Participation | None) -> list[tuple[str, Limits]]:
    """What an answer may be: of one's own group, or under no name for all and by the groups for whom it is otherwise.

    Nothing while the rules don't say it.
    """
    if found.rules is None or not queries.says_forms(found.rules):
        return []
    if participation is not None:
        group = get_group(db.session(), found.contest.id, participation.group_id)
        return [("", queries.limits_of_version(found.rules, group.code))]
    value = found.rules.sections[queries.SECTION]
    blocks = [(", ".join(block["groups"].values()), in_block(value, block)) for block in blocks_of(value)]
    return [(names, read_limits(said)) for names, said in [("", value), *blocks]]


@bp.post("/rounds/<round_id>/entries")
@signed_in
def start(round_id: str) -> Response:
    """Begin an entry, or come back to it."""
    try:
        with unit_of_work() as unit:
            entry = drafts.begin_entry(unit, actor(), clock.now(), round_id)
    except DomainError as error:
        if error.code != "not_joined":
            raise
        here = url_for("entries.round_page", round_id=round_id)
        return see(url_for("participation.join", slug=error.values["slug"], next=here))
    return see(url_for("entries.room", entry_id=entry.public_id))
