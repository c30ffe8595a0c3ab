"""Queued work of corrections: every attempt of a round marked again, and people told, in pieces."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from sqlalchemy.orm import Session

from contest.contests.models import Round
from contest.corrections.domain import moved
from contest.corrections.models import Correction, CorrectionState
from contest.corrections.queries import get_correction
from contest.corrections.queries.told import Affected, RoundNamed, people_affected, round_named
from contest.corrections.services.effects import (
    PIECE,
    Effects,
    begin_moves,
    effects_of,
    finish_count,
    keep_moves,
    keep_piece,
    piece_of,
)
from contest.keys import Keys
from contest.notices.domain import News
from contest.notices.jobs import Units, tell_all

MOVES = 2000
"""People whose moves are kept in one unit of work."""

WriteNews = Callable[[RoundNamed, int, Affected], News]
"""Writes what somebody is told of a correction (by id)."""


class Work(Units, Protocol):
    """A piece of queued work: how far it has come, and units that are committed with that."""

    arguments: Mapping[str, Any]
    done: int
    total: int


def count_effects(work: Work, keys: Keys, read: Callable[[], Session]) -> None:
    """Count what a correction would do; goes on where another process stopped.

    `read` gives a session to read by: marking and comparing keep nobody else from writing.
    """
    correction_id = get_correction(read(), work.arguments["round_id"], work.arguments["number"]).correction.id
    while work.done < work.total:
        limit = min(PIECE, work.total - work.done)
        rows = piece_of(read(), correction_id, keys, offset=work.done, limit=limit)
        with work.unit(limit) as (session, _now):
            keep_piece(session, correction_id, rows, is_first=work.done == 0)
    with work.unit(0) as (session, _now):
        begin_moves(session, correction_id)
    effects = _effects(read(), correction_id)
    moves = moved(effects.before, effects.after) if effects else []
    for start in range(0, len(moves), MOVES):
        with work.unit(0) as (session, _now):
            keep_moves(session, correction_id, moves[start : start + MOVES])
    if effects:
        with work.unit(0) as (session, now):
            finish_count(session, now, correction_id, effects)


def tell_of_results(work: Work, write: WriteNews, read: Callable[[], Session]) -> None:
    """Tell everybody whose result a correction changed. Interrupted or done again, it tells nobody twice."""
    correction = get_correction(read(), work.arguments["round_id"], work.arguments["number"]).correction
    named = round_named(read(), correction.round_id)
    tell_all(work, [write(named, correction.id, each) for each in people_affected(read(), correction)])


def _effects(session: Session, correction_id: int) -> Effects | None:
    """Read outside any writing unit: others may write meanwhile. None when the correction was given up."""
    correction = session.get_one(Correction, correction_id, populate_existing=True)
    if correction.state is not CorrectionState.COUNTING:
        return None
    return effects_of(session, session.get_one(Round, correction.round_id), correction)
