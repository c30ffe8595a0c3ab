"""Taking the next case: whose turn it is, what a lease keeps, what never comes."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from contest.contests.models import Role
from contest.errors import DomainError, NotAllowed, NotFound
from contest.judging.models import JudgeConflict, ScoreSheet
from contest.judging.queries import panel_of, takeable_count
from contest.judging.services.conflicts import note_conflict
from contest.judging.services.queue import take_next
from contest.judging.services.sheets import give_back, reopen_sheet, save_marks
from tests.factories import NOW, actor_of, add, make_contest, make_round, make_seat, make_unit
from tests.judging.world import World, hand_in, judged, lock, make_world, marks_for, open_cases, take

LEASE = timedelta(minutes=45)


def taken(session: Session, world: World, number: int = 0, after: timedelta = timedelta(0)) -> ScoreSheet:
    sheet = take(session, world, world.judge(number), NOW + after)
    assert sheet is not None
    return sheet


def test_a_judge_goes_through_the_cases_in_their_random_order(session: Session) -> None:
    world = make_world(session)
    cases = open_cases(session, world, "A", "B", "C")
    order = []
    while sheet := take(session, world, world.judge()):
        order.append(sheet.case_id)
        lock(session, world, world.judge(), sheet, 70_000)
    assert order == [case.id for case in cases]


def test_a_second_click_gets_the_sheet_that_is_open_with_its_lease_renewed(session: Session) -> None:
    world = make_world(session)
    open_cases(session, world, "A", "B")
    first = taken(session, world)
    assert first.leased_until == NOW + LEASE
    again = taken(session, world, after=timedelta(minutes=10))
    assert again.id == first.id
    assert again.leased_until == NOW + timedelta(minutes=10) + LEASE


def test_places_count_from_one_to_the_number_of_judges(session: Session) -> None:
    world = make_world(session, judges=4, agree_from=10_000)
    world.rules.sections = {"panel": {**world.rules.sections["panel"], "judges": 3}}
    case = open_cases(session, world, "A")[0]
    sheets = [taken(session, world, number) for number in range(3)]
    assert {(sheet.case_id, sheet.place) for sheet in sheets} == {(case.id, 1), (case.id, 2), (case.id, 3)}
    assert take(session, world, world.judge(3)) is None


def test_no_judge_is_twice_at_one_case(session: Session) -> None:
    world = make_world(session)
    open_cases(session, world, "A")
    lock(session, world, world.judge(), taken(session, world), 80_000)
    assert take(session, world, world.judge()) is None


@pytest.mark.parametrize(("after", "is_free"), [(LEASE - timedelta(microseconds=1), False), (LEASE, True)])
def test_a_seat_comes_back_when_its_lease_is_over(session: Session, after: timedelta, is_free: bool) -> None:
    world = make_world(session, judges=3)
    case = open_cases(session, world, "A")[0]
    taken(session, world, 0)
    lock(session, world, world.judge(1), taken(session, world, 1), 80_000)
    sheet = take(session, world, world.judge(2), NOW + after)
    assert (sheet is not None) is is_free
    if sheet is not None:
        assert (sheet.case_id, sheet.place) == (case.id, 1)


def test_who_comes_late_keeps_the_sheet_while_nobody_needs_the_seat(session: Session) -> None:
    world = make_world(session)
    open_cases(session, world, "A")
    first = taken(session, world)
    second = taken(session, world, 1, LEASE)
    assert second.place == 2
    assert taken(session, world, 0, 2 * LEASE).id == first.id


def test_what_was_written_is_there_again_when_a_judge_comes_back_to_a_case(session: Session) -> None:
    world = make_world(session, judges=3)
    open_cases(session, world, "A")
    mine = taken(session, world, 0)
    place = {"contest_id": world.contest.id, "sheet_id": mine.id}
    save_marks(session, world.judge(), NOW, **place, marks=marks_for(72_000), comment="Bài có ý hay.", revision=0)
    lock(session, world, world.judge(1), taken(session, world, 1), 80_000)
    other = taken(session, world, 2, LEASE)
    session.refresh(mine)
    assert mine.released_at == NOW + LEASE
    assert take(session, world, world.judge(), NOW + LEASE) is None
    gone = {"contest_id": world.contest.id, "sheet_id": other.id, "reason": "Tôi bận"}
    give_back(session, world.judge(2), NOW + LEASE, **gone)
    back = taken(session, world, 0, LEASE)
    assert (back.id, back.marks, back.comment) == (mine.id, marks_for(72_000), "Bài có ý hay.")
    assert back.released_at is None


def test_a_case_given_back_never_comes_again(session: Session) -> None:
    world = make_world(session)
    case = open_cases(session, world, "A")[0]
    sheet = taken(session, world)
    give_back(session, world.judge(), NOW, contest_id=world.contest.id, sheet_id=sheet.id, reason="Tôi không nghe được")
    assert take(session, world, world.judge(), NOW + timedelta(days=3)) is None
    assert taken(session, world, 1).case_id == case.id


def test_the_case_of_an_excluded_participant_is_not_handed_out(session: Session) -> None:
    world = make_world(session)
    open_cases(session, world, "A")
    world.people["A"].excluded_at = NOW
    session.commit()
    assert take(session, world, world.judge()) is None


@pytest.mark.parametrize("of_unit", [True, False])
def test_a_judge_never_gets_the_case_of_somebody_they_have_a_conflict_with(session: Session, of_unit: bool) -> None:
    world = make_world(session)
    hand_in(session, world, "Người nhà")
    hand_in(session, world, "Người khác", unit=make_unit(session, "Trường THCS xã Tân Thanh"))
    cases = {case.participation_id: case.id for case in open_cases(session, world)}
    target = {"unit_id": world.unit.id} if of_unit else {"participation_id": world.people["Người nhà"].id}
    judge = world.judges[0].id
    note_conflict(
        session, world.actor(Role.SECRETARY), NOW, contest_id=world.contest.id, judge_id=judge, reason="Cháu", **target
    )
    assert taken(session, world).case_id == cases[world.people["Người khác"].id]
    lock(session, world, world.judge(), taken(session, world), 50_000)
    assert take(session, world, world.judge()) is None
    assert takeable_count(session, world.judge(), NOW, world.round, panel_of(session, world.round)) == 0
    assert takeable_count(session, world.judge(1), NOW, world.round, panel_of(session, world.round)) == 2


def test_a_conflict_in_another_contest_bars_nothing_here(session: Session) -> None:
    world, other = make_world(session), make_world(session)
    open_cases(session, world, "A")
    values = {"judge_id": world.judges[0].id, "unit_id": world.unit.id, "noted_by": world.chief.id, "noted_at": NOW}
    add(session, JudgeConflict(contest_id=other.contest.id, reason="Đơn vị", **values))
    assert taken(session, world).place == 1


def test_a_chief_who_scores_does_not_get_a_case_that_was_complete_once(session: Session) -> None:
    world = make_world(session, judges=3)
    open_cases(session, world, "A")
    sheets = judged(session, world, [80_000, 81_000])
    chief = world.actor(Role.CHIEF_JUDGE)
    reopen_sheet(session, chief, NOW, contest_id=world.contest.id, sheet_id=sheets[0].id, reason="Chấm nhầm bài")
    session.commit()
    later = NOW + timedelta(days=2)
    seat = make_seat(session, world.contest, world.judges[2], Role.CHIEF_JUDGE)
    assert take(session, world, world.judge(2, Role.CHIEF_JUDGE), later) is None
    seat.ended_at = NOW
    session.flush()
    assert take(session, world, world.judge(2), later) is None, "what was seen stays seen"
    session.delete(seat)
    session.flush()
    assert take(session, world, world.judge(2), later) is not None


@pytest.mark.parametrize("role", [Role.CHIEF_JUDGE, Role.SECRETARY, Role.ORGANIZER])
def test_only_a_judges_seat_takes_cases(session: Session, role: Role) -> None:
    world = make_world(session)
    open_cases(session, world, "A")
    with pytest.raises(NotAllowed):
        take(session, world, actor_of(world.chief, world.contest, role))


def test_a_judge_of_another_contest_takes_nothing_here(session: Session) -> None:
    world, other = make_world(session), make_world(session)
    open_cases(session, world, "A")
    with pytest.raises(NotAllowed):
        take(session, world, other.judge())
    foreign = {"contest_id": other.contest.id, "round_id": world.round.id}
    with pytest.raises(NotFound):
        take_next(session, other.judge(), NOW, **foreign)


def test_a_round_without_a_panel_rule_says_so(session: Session) -> None:
    world = make_world(session)
    contest = make_contest(session)
    round_ = make_round(session, contest)
    judge = actor_of(world.judges[0], contest, Role.JUDGE)
    with pytest.raises(DomainError) as caught:
        take_next(session, judge, NOW, contest_id=contest.id, round_id=round_.id)
    assert caught.value.code == "panel_missing"
