"""The desk of standings: what would be published, before it is, and decisions about ties."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from contest import clock
from contest.contests.domain import Phase
from contest.contests.models import Contest, Group, Round
from contest.contests.queries import get_contest, get_group, get_round_of, groups_of, phased, rounds_of
from contest.db import db
from contest.errors import NotFound
from contest.paging import Page
from contest.standings import labels, queries, services
from contest.standings.domain.prizes import Tier
from contest.standings.domain.ranking import Ranked
from contest.standings.forms import TieForm
from contest.standings.policies import DESK
from contest.units.labels import KINDS
from contest.web.access import actor, seated
from contest.web.content import content
from contest.web.forms import carried_out, page
from contest.web.listing import Listing, asked

bp = Blueprint("standings", __name__)

PAGE_SIZE = 50
Reply = Response | tuple[str, int]
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One person of the preview."""

    ranked: Ranked
    person: queries.PersonFacts
    prize: Tier | None
    is_undecided: bool


@bp.app_context_processor
def _words() -> dict[str, object]:
    return {
        "key_names": labels.KEY_NAMES,
        "score_words": labels.score_words,
        "essay_points_words": labels.essay_points_words,
        "essay_score_words": labels.essay_score_words,
        "step_words": labels.step_words,
        "prediction_words": labels.prediction_words,
        "rate_words": labels.rate_words,
    }


@bp.get("/staff/<slug>/standings")
@seated(*DESK)
def index(slug: str) -> str:
    """Every released round of the contest."""
    session, now = db.session(), clock.now()
    contest = get_contest(session, slug)
    rounds = [phased(row, now) for row in rounds_of(session, contest.id)]
    return render_template(
        "standings/index.html", contest=contest, rounds=[each for each in rounds if each.phase is not Phase.DRAFT]
    )


@bp.get("/staff/<slug>/rounds/<int:round_id>/standings")
@seated(*DESK)
def show(slug: str, round_id: int) -> Reply:
    """People of one group in order, as they would be published now."""
    session, wish = db.session(), asked("rank")
    contest, round_, pending = _round(slug, round_id)
    groups = groups_of(session, contest.id)
    if not pending.is_over or not groups:
        return page("standings/pending.html", contest=contest, round=round_, pending=pending)
    group = next((each for each in groups if each.id == request.args.get("group", type=int)), groups[0])
    standings = queries.standings_of(session, round_)
    found = standings.group(group.id)
    chosen = _searched(session, contest, found.ranked, wish.words)
    rows = _sliced(chosen, wish.number)
    people = queries.people_facts(session, [each.result.participation_id for each in rows.rows])
    return page(
        "standings/show.html",
        contest=contest,
        round=round_,
        tabs=[(content(each.name), _url(slug, round_id, each), each is group) for each in groups],
        group=group,
        standings=standings,
        found=found,
        listing=Listing(_with_people(rows, found, people), wish),
        key_value=partial(labels.value_words, zone=contest.time_zone, is_percent=standings.rules.is_percent),
    )


@bp.get("/staff/<slug>/rounds/<int:round_id>/standings/units")
@seated(*DESK)
def units(slug: str, round_id: int) -> Reply:
    """Units by the formula of the rules, with headcounts that are missing or too small."""
    session, wish = db.session(), asked("rank")
    contest, round_, pending = _round(slug, round_id)
    if not pending.is_over:
        return page("standings/pending.html", contest=contest, round=round_, pending=pending)
    standings = queries.standings_of(session, round_)
    known = queries.units_by_id(session, [each.unit.unit_id for each in standings.units])
    return page(
        "standings/units.html",
        contest=contest,
        round=round_,
        standings=standings,
        known=known,
        kinds=KINDS,
        tabs=[(content(each.name), _url(slug, round_id, each), False) for each in groups_of(session, contest.id)],
        listing=Listing(_sliced(standings.units, wish.number), wish),
    )


@bp.route(
    "/staff/<slug>/rounds/<int:round_id>/standings/ties/<int:group_id>/<int:rank>",
    methods=["GET", "POST"],
)
@seated(*DESK)
def decide(slug: str, round_id: int, group_id: int, rank: int) -> Reply:
    """Record the committee's order of those who share a rank."""
    session = db.session()
    contest, round_, pending = _round(slug, round_id)
    if not pending.is_over:
        raise NotFound
    group = get_group(session, contest.id, group_id)
    tied = services.tied_at(session, round_, group.id, rank)
    people = queries.people_facts(session, [each.result.participation_id for each in tied])
    form = TieForm(data={"places": [{"participation_id": each.result.participation_id} for each in tied]})
    back = _url(slug, round_id, group)
    if carried_out(
        form,
        lambda unit: services.decide_tie(
            unit,
            actor(),
            clock.now(),
            contest_id=contest.id,
            round_id=round_id,
            group_id=group.id,
            rank=rank,
            places=_places(form),
            decision_number=form.decision_number.data or "",
            reason=form.reason.data or "",
        ),
    ):
        flash(_("The decision about the tie is recorded."), "ok")
        return redirect(back, 303)
    return page("standings/tie.html", form, contest=contest, round=round_, rank=rank, people=people, back=back)


def _round(slug: str, round_id: int) -> tuple[Contest, Round, queries.Pending]:
    session = db.session()
    contest = get_contest(session, slug)
    round_ = get_round_of(session, contest.id, round_id)
    return contest, round_, queries.pending_matters(session, round_, clock.now())


def _url(slug: str, round_id: int, group: Group) -> str:
    return url_for("standings.show", slug=slug, round_id=round_id, group=group.id)


def _places(form: TieForm) -> dict[int, int]:
    rows = form.places.data
    return {int(row["participation_id"]): row["place"] or 0 for row in rows if str(row["participation_id"]).isdecimal()}


def _searched(session: Session, contest: Contest, ranked: Sequence[Ranked], words: str) -> Sequence[Ranked]:
    if not words:
        return ranked
    named = queries.participations_named(session, contest.id, words)
    return [each for each in ranked if each.result.participation_id in named]


def _sliced(rows: Sequence[Row], number: int) -> Page[Row]:
    number = max(1, min(number, -(-len(rows) // PAGE_SIZE) or 1))
    return Page(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, PAGE_SIZE, len(rows))


def _with_people(
    rows: Page[Ranked], found: queries.GroupStandings, people: dict[int, queries.PersonFacts]
) -> Page[PreviewRow]:
    shown = [
        PreviewRow(
            each,
            people[each.result.participation_id],
            found.awards.tiers.get(each.result.participation_id),
            each.result.participation_id in found.awards.undecided,
        )
        for each in rows.rows
    ]
    return Page(shown, rows.number, rows.size, rows.total)
