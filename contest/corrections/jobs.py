"""Queued work of corrections: every attempt of a round marked again, in pieces."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from contest.corrections.queries import get_correction
from contest.corrections.services.effects import PIECE, count_piece, finish_count
from contest.keys import Keys


class Work(Protocol):
    """A piece of queued work: how far it has come, and units that are committed with that."""

    arguments: Mapping[str, Any]
    done: int
    total: int

    def unit(self, advance_by: int = 1) -> AbstractContextManager[tuple[Session, datetime]]:
        """One unit of work."""


def count_effects(work: Work, keys: Keys) -> None:
    """Count what a correction would do; goes on where another process stopped."""
    wanted = work.arguments["round_id"], work.arguments["number"]
    while work.done < work.total:
        limit = min(PIECE, work.total - work.done)
        with work.unit(limit) as (session, _now):
            correction_id = get_correction(session, *wanted).correction.id
            count_piece(session, correction_id, keys, offset=work.done, limit=limit)
    with work.unit(0) as (session, now):
        finish_count(session, now, get_correction(session, *wanted).correction.id)
