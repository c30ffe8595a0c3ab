"""The public board of a round and a person's own place. Nothing here reads anything but the published list."""

import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import get_locale
from flask_login import current_user

from contest import clock
from contest.contests.models import RoundKind
from contest.db import db
from contest.errors import NotFound
from contest.i18n import show_datetime
from contest.publication import queries
from contest.publication.queries import Boards, Line, Published, RoundShown
from contest.publication.queries.moved import find_row_before
from contest.publication.views import lines
from contest.publication.views.lines import Columns, Shown, Wanted, keys_listed
from contest.standings.domain.judged import essay_marks, judge_totals
from contest.standings.domain.ranking import Chain, read_chain
from contest.standings.labels import value_words
from contest.units.labels import KINDS
from contest.units.models import UnitKind
from contest.web.access import actor, public, signed_in, visitor
from contest.web.content import content
from contest.web.forms import page
from contest.web.frames import any_reader, framed_page
from contest.web.front import keep_in_front
from contest.web.kept import Kept
from contest.web.listing import Asked, asked
from contest.web.shared import is_shared

bp = Blueprint("boards", __name__)

FRESH_SECONDS = 30
BOARDS_KEPT = 200


@dataclass(frozen=True, slots=True)
class Board:
    """A round's board: its contest with the rounds beside it, and the round. `digest` says all of both."""

    contest: Boards = field(compare=False)
    current: RoundShown = field(compare=False)
    digest: str

    @property
    def is_published(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.current.publication)

    @property
    def is_judged(self) -> bool:
        """Whether the list is of entries."""
        return self.current.kind is RoundKind.ENTRY

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        """Every round that is published, and this one."""
        return [
            (content(each.name), self.url("boards.people", each.public_id), each is self.current)
            for each in self.contest.rounds
            if each.publication or each is self.current
        ]

    def url(self, endpoint: str, round_id: str = "", **values: str | int) -> str:
        """An address of this board, or of another round's."""
        parts: dict[str, Any] = {"slug": self.contest.slug, "round_id": round_id or self.current.public_id, **values}
        return url_for(endpoint, **parts)

    @property
    def etag(self) -> str:
        """What an anonymous reader's page depends on."""
        facts = (self.digest, current_app.static_url_path, get_locale().language, request.full_path)
        return _digest(facts)


class Remembered:
    """What a worker keeps of the boards that it showed, beside their lines."""

    def __init__(self) -> None:
        self.boards = Kept[Board](BOARDS_KEPT)
        self.groups = Kept[tuple[tuple[int, str], ...]](BOARDS_KEPT, FRESH_SECONDS)
        self.lists = Kept[tuple[Published, Chain]](BOARDS_KEPT)


@bp.record
def _remember(state: BlueprintSetupState) -> None:
    state.app.extensions["boards"] = Remembered()


def _remembered() -> Remembered:
    remembered: Remembered = current_app.extensions["boards"]
    return remembered


@bp.get("/contests/<slug>/rounds/<round_id>/board")
@public
def people(slug: str, round_id: str) -> Response:
    """People of one group in order, as published."""
    return _answer(_board(slug, round_id), _people)


@bp.get("/contests/<slug>/rounds/<round_id>/board/units")
@public
def units(slug: str, round_id: str) -> Response:
    """Units of one kind in order, as published."""
    return _answer(_board(slug, round_id), _units)


@bp.get("/contests/<slug>/rounds/<round_id>/my-place")
@signed_in
def my_place(slug: str, round_id: str) -> Response:
    """The reader's own rank and the key that decided it."""
    board, session = _board(slug, round_id), db.session()
    if not board.is_published:
        return _unpublished(board)
    list_id, person_id = board.current.publication, actor().person_id
    publication = queries.get_published(db.engine, list_id)
    mine = queries.find_row_of(session, list_id, person_id)
    html, status = page(
        "publication/my_place.html",
        board=board,
        chain=read_chain(publication.chain),
        publication=publication,
        mine=mine,
        earlier=find_row_before(session, list_id, person_id) if publication.version > 1 else None,
        neighbours=queries.neighbours_of(session, mine) if mine else None,
        total=queries.group_size(session, mine) if mine else 0,
        judges=judge_totals(mine.values) if mine else [],
        essays=essay_marks(mine.values) if mine else [],
        key_value=partial(value_words, zone=board.contest.time_zone, is_percent=publication.is_percent),
    )
    return _private(make_response(html, status))


def _board(slug: str, public_id: str) -> Board:
    """As read before while reading it again says the same. One statement, and one more when it doesn't."""

    def read() -> Board:
        contest = queries.find_boards(engine, slug, now)
        if contest is None:
            raise NotFound
        current = next((each for each in contest.rounds if each.public_id == public_id), None)
        if current is None:
            raise NotFound
        return Board(contest, current, _digest((contest, current)))

    engine, now = db.engine, clock.now()
    return _remembered().boards.value(
        (slug, public_id), read, lambda board: queries.do_boards_hold(engine, board.contest, now)
    )


def _digest(facts: object) -> str:
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]


def _answer(board: Board, draw: Callable[[Board], bytes]) -> Response:
    if not board.is_published:
        return _unpublished(board)
    if not is_shared():
        return _private(make_response(draw(board)))
    etag, engine, shown = board.etag, db.engine, board.contest
    keep_in_front(FRESH_SECONDS, lambda: queries.do_boards_hold(engine, shown, clock.now()))
    if request.if_none_match.contains(etag):
        return _shared(etag, Response(status=304))
    return _shared(etag, make_response(draw(board)))


def _people(board: Board) -> bytes:
    contest_id = board.contest.contest_id
    groups = _remembered().groups.value(contest_id, lambda: queries.shown_groups(db.engine, contest_id))
    mine, wish = _own_line(board), asked("rank")
    default = mine.group_id if mine else groups[0][0] if groups else 0
    chosen = request.args.get("group", default, type=int)
    group_id = chosen if chosen in dict(groups) else 0
    published = _published(board)

    def columns() -> Columns:
        publication, chain = published()
        return Columns(keys_listed(board.current.kind, chain), board.contest.time_zone, publication.is_percent)

    def follows() -> dict[str, object]:
        tabs = [(content(name), board.url("boards.people", group=key), key == group_id) for key, name in groups]
        return {**_said(*published()), "columns": columns().keys, "groups": tabs}

    shown = lines.people_shown(_wanted(board, "boards.people", wish, group=group_id), group_id, columns)
    own = ""
    if mine and mine.group_id == group_id and shown.lines:
        own = lines.own_line(mine, columns(), board.url("boards.my_place"))
    same = {"board": board, "group_names": groups, "group_id": group_id}
    return _drawn("publication/people.html", same, wish.words, shown, {"mine": own}, follows)


def _units(board: Board) -> bytes:
    kinds, wish = queries.unit_kinds(db.engine, board.current.publication), asked("rank")
    kind = request.args.get("kind", next(iter(kinds), UnitKind.COMMUNE), type=UnitKind)
    shown = lines.units_shown(_wanted(board, "boards.units", wish, kind=kind.value), kind, kinds.get(kind, 0))

    def follows() -> dict[str, object]:
        tabs = [(KINDS[each], board.url("boards.units", kind=each.value), each is kind, kinds[each]) for each in kinds]
        return {**_said(*_published(board)()), "kinds": tabs}

    same = {"board": board, "kind": kind.value}
    return _drawn("publication/units.html", same, wish.words, shown, {}, follows)


def _published(board: Board) -> Callable[[], tuple[Published, Chain]]:
    """What is said of the list, and its chain: asked for when it is drawn. It never changes."""

    def read() -> tuple[Published, Chain]:
        publication = queries.get_published(db.engine, board.current.publication)
        return publication, read_chain(publication.chain)

    return lambda: _remembered().lists.value(board.current, read)


def _said(publication: Published, chain: Chain) -> dict[str, object]:
    return {"publication": publication, "chain": chain}


def _wanted(board: Board, endpoint: str, wish: Asked, **part: str | int) -> Wanted:
    kept: dict[str, Any] = {**part, "q": wish.words} if wish.words else part
    return Wanted(board.current, wish.words, wish.number, lambda number: board.url(endpoint, **kept, page=number))


def _drawn(
    template: str,
    same: Mapping[str, Hashable],
    words: str,
    shown: Shown,
    own: Mapping[str, object],
    follows: Callable[[], Mapping[str, object]],
) -> bytes:
    """The frame of all pages of a list, with this page and this reader filled in."""
    facts = {"is_shared": is_shared(), "has_lines": bool(shown.lines), "is_search": bool(words)}
    differs = {
        "reader_name": visitor().display_name if current_user.is_authenticated else "",
        "here": request.full_path,
        "server_time": show_datetime(clock.now()),
        "words": words,
        "lines": shown.lines,
        "pager": shown.pager,
        **own,
    }
    return framed_page(template, {"current_user": any_reader(), **facts, **same}, differs, follows)


def _own_line(board: Board) -> Line | None:
    if not current_user.is_authenticated:
        return None
    return queries.find_own_line(db.engine, board.current.publication, actor().person_id)


def _unpublished(board: Board) -> Response:
    return _private(make_response(render_template("publication/unpublished.html", board=board)))


def _shared(etag: str, response: Response) -> Response:
    """Let any cache keep what every anonymous reader gets: it carries no token. The cookie says the language."""
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response.vary.add("Cookie")
    response.set_etag(etag)
    return response


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
