"""The public board of a round and a person's own place. Nothing here reads anything but the published list."""

import hashlib
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import get_locale
from flask_login import current_user

from contest import clock
from contest.contests.domain import Phase
from contest.contests.models import Contest, RoundKind
from contest.contests.queries import RoundInPhase, get_public_contest, groups_of, public_view
from contest.db import db
from contest.errors import NotFound
from contest.publication import queries
from contest.publication.models import Publication, PublicationRow
from contest.standings.domain.judged import judge_totals
from contest.standings.domain.ranking import JUDGED_SCORE, Chain, read_chain
from contest.standings.labels import value_words
from contest.units.labels import KINDS
from contest.units.models import UnitKind
from contest.web.access import actor, public, signed_in
from contest.web.content import content
from contest.web.forms import page
from contest.web.listing import Listing, asked
from contest.web.shared import is_shared

bp = Blueprint("boards", __name__)

FRESH_SECONDS = 30
LISTED = {RoundKind.QUIZ: ("right_count", "duration_ms"), RoundKind.ENTRY: (JUDGED_SCORE,)}
"""By kind of round, what a list shows before and after the keys of its chain."""

NOT_LISTED = frozenset({"all_right", "submitted_at", "started_at", "manual"})


@dataclass(frozen=True, slots=True)
class Board:
    """A round's board: its contest, the rounds beside it, and what is published of it."""

    contest: Contest
    current: RoundInPhase
    rounds: list[RoundInPhase]
    published_rounds: frozenset[int]
    publication: Publication | None

    @property
    def chain(self) -> Chain:
        """The chain by which the published list was ranked."""
        assert self.publication is not None
        return read_chain(self.publication.chain)

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        """Every round that is published, and this one."""
        return [
            (content(each.row.name), self.url("boards.people", each.row.public_id), each is self.current)
            for each in self.rounds
            if each.row.id in self.published_rounds or each is self.current
        ]

    @property
    def columns(self) -> list[str]:
        """The keys that the list shows: what counts most, then what the chain compares, then the time."""
        first, *last = LISTED[self.current.row.kind]
        keys = [first, *(step.key for step in self.chain.steps), *last]
        return [key for key in dict.fromkeys(keys) if key not in NOT_LISTED]

    def url(self, endpoint: str, round_id: str = "", **values: str | int) -> str:
        """An address of this board, or of another round's."""
        public_id = round_id or self.current.row.public_id
        parts: dict[str, Any] = {"slug": self.contest.slug, "round_id": public_id, **values}
        return url_for(endpoint, **parts)

    @property
    def etag(self) -> str:
        """What an anonymous reader's page depends on."""
        facts = (
            self.publication.id if self.publication else 0,
            self.contest.title,
            self.contest.state.value,
            self.tabs,
            get_locale().language,
            request.full_path,
        )
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]


@bp.get("/contests/<slug>/rounds/<round_id>/board")
@public
def people(slug: str, round_id: str) -> Response:
    """People of one group in order, as published."""
    board, session, wish = _board(slug, round_id), db.session(), asked("rank")
    if board.publication is None:
        return _unpublished(board)
    shared = is_shared()  # before the page is made, which tells what was to be told
    if shared and request.if_none_match.contains(board.etag):
        return _shared(board, Response(status=304))
    groups = groups_of(session, board.contest.id)
    mine = _mine(board.publication)
    default = mine.group_id if mine else groups[0].id if groups else 0
    group_id = request.args.get("group", default, type=int)
    found = queries.board_page(session, board.publication.id, group_id, words=wish.words, number=wish.number)
    html = render_template(
        "publication/people.html",
        board=board,
        publication=board.publication,
        groups=[
            (content(each.name), board.url("boards.people", group=each.id), each.id == group_id) for each in groups
        ],
        group_id=group_id,
        listing=Listing(found, wish),
        mine=mine if mine and mine.group_id == group_id else None,
        key_value=_key_value(board),
        is_shared=shared,
    )
    return _shared(board, make_response(html)) if shared else _private(make_response(html))


@bp.get("/contests/<slug>/rounds/<round_id>/board/units")
@public
def units(slug: str, round_id: str) -> Response:
    """Units of one kind in order, as published."""
    board, session, wish = _board(slug, round_id), db.session(), asked("rank")
    if board.publication is None:
        return _unpublished(board)
    shared = is_shared()  # before the page is made, which tells what was to be told
    if shared and request.if_none_match.contains(board.etag):
        return _shared(board, Response(status=304))
    kinds = queries.unit_kinds(session, board.publication.id)
    kind = request.args.get("kind", next(iter(kinds), UnitKind.COMMUNE), type=UnitKind)
    found = queries.units_page(session, board.publication.id, kind, words=wish.words, number=wish.number)
    html = render_template(
        "publication/units.html",
        board=board,
        publication=board.publication,
        kinds=[(KINDS[each], board.url("boards.units", kind=each.value), each is kind, kinds[each]) for each in kinds],
        kind=kind,
        listing=Listing(found, wish),
        is_shared=shared,
    )
    return _shared(board, make_response(html)) if shared else _private(make_response(html))


@bp.get("/contests/<slug>/rounds/<round_id>/my-place")
@signed_in
def my_place(slug: str, round_id: str) -> Response:
    """The reader's own rank and the key that decided it."""
    board, session = _board(slug, round_id), db.session()
    if board.publication is None:
        return _unpublished(board)
    mine = _mine(board.publication)
    html, status = page(
        "publication/my_place.html",
        board=board,
        publication=board.publication,
        mine=mine,
        neighbours=queries.neighbours_of(session, mine) if mine else None,
        total=queries.group_size(session, mine) if mine else 0,
        judges=judge_totals(mine.values) if mine else [],
        key_value=_key_value(board),
    )
    return _private(make_response(html, status))


def _board(slug: str, public_id: str) -> Board:
    session = db.session()
    contest = get_public_contest(session, slug)
    view = public_view(session, contest, clock.now())
    current = next((each for each in view.rounds if each.row.public_id == public_id), None)
    if current is None:
        raise NotFound
    closed = [each.row.id for each in view.rounds if each.phase is Phase.CLOSED]
    published = queries.published_rounds(session, closed)
    publication = queries.find_published(session, current.row.id) if current.row.id in published else None
    return Board(contest, current, view.rounds, published, publication)


def _mine(publication: Publication) -> PublicationRow | None:
    if not current_user.is_authenticated:
        return None
    return queries.find_row_of(db.session(), publication.id, actor().person_id)


def _key_value(board: Board) -> partial[str]:
    assert board.publication is not None
    return partial(value_words, zone=board.contest.time_zone, is_percent=board.publication.is_percent)


def _unpublished(board: Board) -> Response:
    return _private(make_response(render_template("publication/unpublished.html", board=board)))


def _shared(board: Board, response: Response) -> Response:
    """Let any cache keep what every anonymous reader gets: it carries no token. The cookie says the language."""
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response.vary.add("Cookie")
    response.set_etag(board.etag)
    return response


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
