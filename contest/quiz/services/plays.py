"""What pages report about sounds: how often each was played. Nothing is decided by it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from contest.contests.models import Round
from contest.quiz.models import Attempt, MediumPlay

AT_MOST_EVERY = timedelta(seconds=1)
MOST = 10_000
_PLAYS = cast("Table", inspect(MediumPlay).local_table)


def count_play(session: Session, now: datetime, attempt_id: int, slot: int, digest: str) -> None:
    """One play more of a sound in a slot; reports within a second are one. One statement."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    first = dialect.insert(_PLAYS).values(attempt_id=attempt_id, slot=slot, digest=digest, plays=1, last_at=now)
    counted = first.on_conflict_do_update(
        index_elements=[_PLAYS.c.attempt_id, _PLAYS.c.slot, _PLAYS.c.digest],
        set_={"plays": _PLAYS.c.plays + 1, "last_at": now},
        where=(_PLAYS.c.last_at <= now - AT_MOST_EVERY) & (_PLAYS.c.plays < MOST),
    )
    session.execute(counted)


@dataclass(frozen=True, slots=True)
class ReportedPlays:
    """How often the page of an attempt said that a sound of a slot was played, and when it said so last."""

    round_name: str
    attempt_number: int
    slot: int
    plays: int
    last_at: datetime


def reported_plays(session: Session, participation_id: int) -> list[ReportedPlays]:
    """What the pages of a participation's attempts reported about sounds. One statement."""
    rows = session.execute(
        select(Round.name, Attempt.number, MediumPlay.slot, MediumPlay.plays, MediumPlay.last_at)
        .join(Attempt, Attempt.id == MediumPlay.attempt_id)
        .join(Round, Round.id == Attempt.round_id)
        .where(Attempt.participation_id == participation_id)
        .order_by(Round.position, Attempt.number, MediumPlay.slot, MediumPlay.digest)
    )
    return [ReportedPlays(*row) for row in rows]
