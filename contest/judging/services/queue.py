"""Taking the next case: a seat for one judge, leased."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.actors import Actor
from contest.contests.models import Round
from contest.contests.queries import get_round_of
from contest.errors import NotAllowed
from contest.judging.domain.panel import Panel
from contest.judging.domain.seats import FreePlace, Seat, free_place
from contest.judging.models import JudgingCase, ScoreSheet
from contest.judging.policies import may_judge
from contest.judging.queries.panel import panel_of
from contest.judging.queries.queue import own_open_sheets, takeable_cases
from contest.judging.services.locking import current_sheets, locked_case_of


def take_next(session: Session, actor: Actor, now: datetime, *, contest_id: int, round_id: int) -> ScoreSheet | None:
    """The judge's sheet that is still open, with its lease renewed, else a seat at the next free case.

    None when nothing is left for this judge. Raises `NotAllowed`, `NotFound`, `panel_missing`.
    """
    if not may_judge(actor, contest_id):
        raise NotAllowed
    round_ = get_round_of(session, contest_id, round_id)
    panel = panel_of(session, round_)
    # A second click or tab of the same judge waits here and then finds the sheet of the first.
    session.execute(select(Person.id).where(Person.id == actor.person_id).with_for_update(key_share=True))
    return _own_sheet(session, actor, now, round_, panel) or _next_sheet(session, actor, now, round_, panel)


def leased_until(panel: Panel, now: datetime) -> datetime:
    """When a lease that is given or renewed at `now` ends."""
    return now + timedelta(minutes=panel.lease_minutes)


def _own_sheet(session: Session, actor: Actor, now: datetime, round_: Round, panel: Panel) -> ScoreSheet | None:
    while sheet := session.scalar(own_open_sheets(actor, round_.id).limit(1)):
        _case, held = locked_case_of(session, round_.contest_id, sheet.id)
        if held.released_at is None and held.locked_at is None:
            held.leased_until = max(held.leased_until, leased_until(panel, now))
            session.flush()
            return held
    return None


def _next_sheet(session: Session, actor: Actor, now: datetime, round_: Round, panel: Panel) -> ScoreSheet | None:
    """Pass by cases that somebody else is taking this moment; wait for them only when there are no others.

    The lock makes the second look at the seats true: the choice of the case was made on an older picture.
    """
    statement = takeable_cases(actor, now, round_, panel).limit(1).execution_options(populate_existing=True)
    for is_passing in (True, False):
        lock = statement.with_for_update(of=JudgingCase, key_share=True, skip_locked=is_passing)
        while (case := session.scalar(lock)) is not None:
            sheets = current_sheets(session, case.id)
            place = free_place([_seat(sheet) for sheet in sheets], panel.judges, now)
            if place is not None and all(sheet.judge_id != actor.person_id for sheet in sheets):
                return _take(session, actor, now, case, panel, place)
    return None


def _seat(sheet: ScoreSheet) -> Seat:
    return Seat(sheet.id, sheet.place, sheet.locked_at is not None, sheet.leased_until)


def _take(
    session: Session, actor: Actor, now: datetime, case: JudgingCase, panel: Panel, place: FreePlace
) -> ScoreSheet:
    """A judge who comes back to a case finds what they had written."""
    if place.expired_sheet_id is not None:
        session.get_one(ScoreSheet, place.expired_sheet_id).released_at = now
        session.flush()
    earlier = session.scalar(
        select(ScoreSheet)
        .where(ScoreSheet.case_id == case.id, ScoreSheet.judge_id == actor.person_id)
        .execution_options(populate_existing=True)
    )
    sheet = earlier or ScoreSheet(case_id=case.id, judge_id=actor.person_id, marks={}, comment="", revision=0)
    sheet.place, sheet.taken_at, sheet.leased_until, sheet.released_at = (
        place.place,
        now,
        leased_until(panel, now),
        None,
    )
    session.add(sheet)
    session.flush()
    return sheet
