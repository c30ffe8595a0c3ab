"""Judges at the same moment, on a real server with sessions of their own: no seat twice, none forgotten."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.contests.models import Role
from contest.db import unit_of_work
from contest.errors import DomainError
from contest.judging.models import CaseKind, JudgingCase, PanelAgreement, ScoreSheet
from contest.judging.queries import judged_results
from contest.judging.services.cases import open_judging
from contest.judging.services.conflicts import note_conflict
from contest.judging.services.panel import record_agreement
from contest.judging.services.queue import take_next
from contest.judging.services.sheets import lock_sheet, reopen_sheet, save_marks
from tests.factories import NOW
from tests.judging.world import CLOSES, World, enter, hand_in, judged, make_world, marks_for, open_cases, take

pytestmark = pytest.mark.parametrize("backend", ["postgresql"])

CASES = 200
LEASE = timedelta(minutes=45)


def at_once(app: Flask, acts: Sequence[Callable[[Session], object]]) -> list[object]:
    """Each act in a thread and a unit of work of its own, begun together: what it returned, or the code it raised."""
    barrier = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(number: int) -> None:
        with app.app_context():
            barrier.wait(timeout=30)
            try:
                with unit_of_work() as session:
                    results[number] = acts[number](session)
            except DomainError as error:
                results[number] = error.code

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive()
    return results


def many_cases(session: Session, world: World, count: int = CASES) -> None:
    """Cases without entries: only their seats matter here. Commits."""
    participation = enter(session, world, "Nông Văn Bền")
    values = {"round_id": world.round.id, "kind": CaseKind.PERSON, "participation_id": participation.id}
    stamps = {"handed_in_at": CLOSES, "opened_at": NOW, "opened_by": world.chief.id, "set_aside_reason": ""}
    rows = [{"subject_id": n, "code": f"{n:04}", "position": n * 7 % count} for n in range(count)]
    session.execute(insert(JudgingCase), [{**values, **stamps, **row} for row in rows])
    session.commit()


def take_all(world: World, judge: Actor) -> Callable[[Session], int]:
    """Take case after case until the queue is empty; each is locked, so that the next one may be taken."""

    def run(session: Session) -> int:
        count = 0
        while sheet := take_next(session, judge, NOW, contest_id=world.contest.id, round_id=world.round.id):
            session.execute(update(ScoreSheet).where(ScoreSheet.id == sheet.id).values(locked_at=NOW, total=0))
            session.commit()
            count += 1
        return count

    return run


@pytest.mark.parametrize(("judges", "seats"), [(2, 2), (4, 2)])
def test_judges_in_parallel_take_every_seat_exactly_once(app: Flask, session: Session, judges: int, seats: int) -> None:
    world = make_world(session, judges=judges)
    count = CASES if judges == 2 else CASES // 2
    many_cases(session, world, count)
    counts = at_once(app, [take_all(world, world.judge(number)) for number in range(judges)])
    sheets = session.execute(select(ScoreSheet.case_id, ScoreSheet.place, ScoreSheet.judge_id)).all()
    assert sum(each for each in counts if isinstance(each, int)) == len(sheets) == count * seats
    taken = Counter((case_id, place) for case_id, place, _judge in sheets)
    assert set(taken.values()) == {1}
    assert {place for _case, place in taken} == {1, 2}
    assert len({(case_id, judge_id) for case_id, _place, judge_id in sheets}) == len(sheets)


def test_two_clicks_of_one_judge_take_one_case(app: Flask, session: Session) -> None:
    world = make_world(session)
    many_cases(session, world, 10)
    place = {"contest_id": world.contest.id, "round_id": world.round.id}

    def click(unit: Session) -> object:
        sheet = take_next(unit, world.judge(), NOW, **place)
        return sheet and sheet.id

    assert len(set(at_once(app, [click] * 4))) == 1
    assert session.scalar(select(func.count()).select_from(ScoreSheet)) == 1


def test_a_seat_whose_lease_is_over_is_taken_by_exactly_one(app: Flask, session: Session) -> None:
    world = make_world(session, judges=5)
    many_cases(session, world, 1)
    for number in range(2):
        assert take(session, world, world.judge(number)) is not None
    taken = at_once(app, [taking(world, number) for number in (2, 3, 4)])
    assert sorted(sheet_id is not None for sheet_id in taken) == [False, True, True]
    session.expire_all()
    held = session.scalars(select(ScoreSheet).where(ScoreSheet.released_at.is_(None))).all()
    assert sorted(sheet.place for sheet in held) == [1, 2]
    assert all(sheet.leased_until == NOW + 2 * LEASE for sheet in held)


def test_a_lock_and_the_next_judge_at_the_end_of_a_lease_never_both_get_the_seat(app: Flask, session: Session) -> None:
    world = make_world(session, judges=3)
    cases = open_cases(session, world, *"ABCDE")
    for case in cases:
        session.execute(update(JudgingCase).values(set_aside_at=NOW).where(JudgingCase.id != case.id))
        session.execute(update(JudgingCase).values(set_aside_at=None).where(JudgingCase.id == case.id))
        session.commit()
        mine, other = take(session, world, world.judge(0)), take(session, world, world.judge(1))
        assert mine is not None
        assert other is not None
        assert mine.case_id == other.case_id == case.id
        session.execute(update(ScoreSheet).where(ScoreSheet.id == other.id).values(locked_at=NOW, total=71_000))
        fields = {"contest_id": world.contest.id, "sheet_id": mine.id}
        save_marks(session, world.judge(0), NOW, **fields, marks=marks_for(70_000), comment="", revision=0)
        session.commit()
        locked, taken = at_once(app, [locking(world, mine.id), taking(world, 2)])
        assert (locked == "lease_lost") == (taken is not None), (locked, taken)
        session.expire_all()
        kept = session.scalars(select(ScoreSheet).filter_by(case_id=case.id, released_at=None)).all()
        assert sorted(sheet.place for sheet in kept) == [1, 2]
        assert session.get_one(ScoreSheet, mine.id).marks == marks_for(70_000)


def locking(world: World, sheet_id: int) -> Callable[[Session], object]:
    place = {"contest_id": world.contest.id, "sheet_id": sheet_id}
    return lambda unit: lock_sheet(unit, world.judge(0), NOW + LEASE, **place, revision=1).id


def taking(world: World, number: int) -> Callable[[Session], object]:
    place = {"contest_id": world.contest.id, "round_id": world.round.id}

    def run(unit: Session) -> object:
        sheet = take_next(unit, world.judge(number), NOW + LEASE, **place)
        return sheet and sheet.id

    return run


def test_an_agreement_never_outlives_the_sheets_it_was_agreed_over(app: Flask, session: Session) -> None:
    world = make_world(session)
    case = open_cases(session, world, "A")[0]
    sheets = judged(session, world, [60_000, 80_000])
    chief = world.actor(Role.CHIEF_JUDGE)

    def agree(unit: Session) -> object:
        values = {"contest_id": world.contest.id, "case_id": case.id, "score": 70_000, "note": "Thống nhất"}
        return record_agreement(unit, chief, NOW, **values).score

    def reopen(unit: Session) -> object:
        values = {"contest_id": world.contest.id, "sheet_id": sheets[0].id, "reason": "Chấm nhầm"}
        return reopen_sheet(unit, chief, NOW, **values).id

    agreed, reopened = at_once(app, [agree, reopen])
    assert agreed in {70_000, "sheets_missing"}
    assert reopened == sheets[0].id
    session.expire_all()
    assert session.scalars(select(PanelAgreement)).all() == []
    assert judged_results(session, world.round)[0].verdict.is_missing


def test_opening_judging_twice_at_once_makes_each_case_once(app: Flask, session: Session) -> None:
    world = make_world(session)
    for name in "ABCDEF":
        hand_in(session, world, name)
    place = {"contest_id": world.contest.id, "round_id": world.round.id}
    acts = [lambda unit: open_judging(unit, world.actor(Role.CHIEF_JUDGE), NOW, **place)] * 3
    assert sorted(map(str, at_once(app, acts))) == ["0", "0", "6"]
    assert session.scalar(select(func.count()).select_from(JudgingCase)) == 6


def test_a_conflict_noted_while_the_case_is_taken_leaves_no_seat(app: Flask, session: Session) -> None:
    world = make_world(session)
    many_cases(session, world, 3)
    place = {"contest_id": world.contest.id, "round_id": world.round.id}
    target = {"judge_id": world.judges[0].id, "unit_id": world.unit.id, "reason": "Dạy tại trường"}

    def note(unit: Session) -> object:
        return note_conflict(unit, world.actor(Role.SECRETARY), NOW, contest_id=world.contest.id, **target).id

    at_once(app, [note, lambda unit: take_next(unit, world.judge(), NOW, **place)])
    held = select(func.count()).select_from(ScoreSheet).where(ScoreSheet.released_at.is_(None))
    assert session.scalar(held) == 0
