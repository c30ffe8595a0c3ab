from flask import Flask
from sqlalchemy.orm import Session

from contest.contests.models import Role, Seat
from contest.judging.queries import stuck_cases
from contest.judging.services.conflicts import note_conflict
from contest.judging.services.sheets import give_back
from tests.factories import NOW, make_seat
from tests.judging.views.desk import browser, of_round
from tests.judging.world import World, judged, lock, make_world, open_cases, seated, take


def stuck(session: Session, world: World) -> list[str]:
    return [each.code for each in stuck_cases(session, world.round, NOW)]


def test_a_case_that_no_judge_is_left_for_is_named(app: Flask, session: Session) -> None:
    world = make_world(session, judges=3)
    [case] = open_cases(session, world, "A")
    assert stuck(session, world) == []
    chief, place = world.actor(Role.CHIEF_JUDGE), {"contest_id": world.contest.id, "reason": "Dạy em này"}
    for judge in world.judges[:2]:
        assert stuck(session, world) == []
        note_conflict(session, chief, NOW, judge_id=judge.id, participation_id=case.participation_id, **place)
    session.commit()
    assert stuck(session, world) == [case.code]
    page = browser(app, session, world.chief).get(of_round(world)).text
    assert "Không còn giám khảo" in page
    assert page.count(case.code) == 1
    seated(session, world.contest, "Giám khảo mới", Role.JUDGE)
    session.commit()
    assert stuck(session, world) == []


def test_who_scores_it_already_is_not_missing(session: Session) -> None:
    world = make_world(session)
    [case] = open_cases(session, world, "A")
    sheet = take(session, world, world.judge(0))
    assert sheet is not None
    assert stuck(session, world) == []
    give_back(session, world.judge(0), NOW, contest_id=world.contest.id, sheet_id=sheet.id, reason="Biết em này")
    assert stuck(session, world) == [case.code]


def test_an_ended_seat_is_no_judge_any_more_but_what_was_locked_counts(session: Session) -> None:
    world = make_world(session)
    [case] = open_cases(session, world, "A")
    sheet = take(session, world, world.judge(0))
    assert sheet is not None
    lock(session, world, world.judge(0), sheet, 50_000)
    seats = session.query(Seat).filter(Seat.contest_id == world.contest.id, Seat.role == Role.JUDGE).order_by(Seat.id)
    seats[0].ended_at = NOW
    session.flush()
    assert stuck(session, world) == []
    seats[1].ended_at = NOW
    session.flush()
    assert stuck(session, world) == [case.code]


def test_what_waits_for_nobody_is_not_stuck(session: Session) -> None:
    """Complete cases, those set aside, and those of excluded people."""
    world = make_world(session)
    open_cases(session, world, "A", "B")
    judged(session, world, [50_000, 51_000])
    for participation in world.people.values():
        participation.excluded_at = NOW
    for seat in session.query(Seat).filter(Seat.role == Role.JUDGE):
        seat.ended_at = NOW
    session.flush()
    assert stuck(session, world) == []


def test_a_chief_who_judges_gets_no_case_that_was_complete(session: Session) -> None:
    """So nobody is left for it when a conflict strikes one of its two sheets."""
    world = make_world(session)
    make_seat(session, world.contest, seated(session, world.contest, "Vi Văn Hai", Role.JUDGE), Role.CHIEF_JUDGE)
    [case] = open_cases(session, world, "A")
    judged(session, world, [50_000, 51_000])
    note_conflict(
        session,
        world.actor(Role.SECRETARY),
        NOW,
        contest_id=world.contest.id,
        judge_id=world.judges[0].id,
        participation_id=case.participation_id,
        reason="Dạy em này",
    )
    assert stuck(session, world) == [case.code]
