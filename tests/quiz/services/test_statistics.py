"""From the closing of a round to its statistics: sweep, work, what counts, and who may ask."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.models import Role, RoundKind
from contest.db import unit_of_work
from contest.errors import DomainError, NotAllowed, NotFound
from contest.participation.models import Participation
from contest.quiz.domain.rulings import RulingAct
from contest.quiz.domain.sample import Sample
from contest.quiz.models import AttemptResult, AttemptState, ItemStatistic, KeyRuling, RoundStatistics
from contest.quiz.queries.facility import known_facilities
from contest.quiz.queries.statistics import get_standing
from contest.quiz.services.statistics import request_statistics
from contest.work.models import WorkItem, WorkState
from question_bank.statistics import item_figures, paper_figures
from tests.factories import NOW, actor_of, make_person
from tests.quiz.statistics import attempt, begin, carry_out, make_closed, overseer, revisions, sit, take_part
from tests.quiz.world import World, run_all


def items(session: Session, world: World) -> list[ItemStatistic]:
    session.rollback()  # sees what others have committed since
    session.expire_all()
    found = select(ItemStatistic).where(ItemStatistic.round_id == world.round.id).order_by(ItemStatistic.revision_id)
    return list(session.scalars(found))


def kept(session: Session, world: World) -> RoundStatistics | None:
    session.rollback()  # sees what others have committed since
    session.expire_all()
    return session.get(RoundStatistics, world.round.id)


def ask(session: Session, world: World, sample: Sample = Sample.FIRST, role: Role = Role.ORGANIZER) -> None:
    actor = actor_of(overseer(session, world), world.contest, role)
    request_statistics(session, actor, NOW, contest_id=world.contest.id, round_id=world.round.id, sample=sample)
    session.commit()


def test_a_closed_round_gets_its_statistics_by_itself_once(app: Flask, session: Session) -> None:
    world = make_closed(session, app)
    assert begin(app) == 1
    assert begin(app) == 0
    carry_out(app)
    row = kept(session, world)
    assert row is not None
    assert (row.results, row.computed_at, row.sample) == (45, NOW, Sample.FIRST)
    paper = paper_figures(row.figures or {})
    assert (paper.attempts, paper.questions, paper.most, paper.is_drawn) == (45, 2, 2000, False)
    first, second = items(session, world)
    assert (first.attempts, first.facility, first.unanswered) == (45, 178, 111)
    assert second.facility == 333
    assert first.flags > 0
    (part,) = item_figures(first.figures).parts
    assert {answer.value: answer.count for answer in part.rows} == {"a": 20, "b": 8, "c": 12, "d": 0}
    assert known_facilities(session, revisions(session, world)) == {first.revision_id: 178, second.revision_id: 333}
    work = session.get_one(WorkItem, row.work_id)
    assert (work.state, work.done >= 45) == (WorkState.DONE, True)


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("open", "statistics_not_closed"),
        ("tolerance", "statistics_not_closed"),
        ("cancelled", "statistics_not_closed"),
        ("unmarked", "statistics_not_marked"),
    ],
)
def test_a_round_that_is_not_over_or_not_marked_has_none(app: Flask, session: Session, case: str, code: str) -> None:
    world = make_closed(session, app, ["bb", "ab"])
    if case == "open":
        world.round.closes_at = NOW + timedelta(seconds=1)
    elif case == "tolerance":
        world.round.closes_at = NOW - timedelta(seconds=60)
    elif case == "cancelled":
        world.round.cancelled_at = NOW
    else:
        session.delete(session.scalars(select(AttemptResult)).first())
    session.commit()
    assert begin(app) == 0
    with pytest.raises(DomainError) as refused:
        ask(session, world)
    assert refused.value.code == code


def test_a_round_that_nobody_took_is_left_alone_and_says_so_when_asked(app: Flask, session: Session) -> None:
    world = make_closed(session, app, [])
    assert begin(app) == 0
    ask(session, world)
    carry_out(app)
    row = kept(session, world)
    assert row is not None
    assert (row.computed_at, row.figures) == (NOW, None)
    assert items(session, world) == []


@pytest.mark.parametrize(
    ("sample", "attempts", "facility"), [(Sample.FIRST, 3, 333), (Sample.BEST, 3, 667), (Sample.ALL, 5, 400)]
)
def test_of_each_person_the_first_the_best_or_all_attempts_count(
    app: Flask, session: Session, sample: Sample, attempts: int, facility: int
) -> None:
    world = make_closed(session, app, ["ba", "cc"])
    person = make_person(session, "Người chăm chỉ")
    participation = take_part(session, world, person)
    for number, given in enumerate(["aa", "bb", "dd"], start=1):
        attempt(session, world, participation.id, person, given, number=number)
    sit(session, world, ["bb"] * 2, excluded_at=NOW)
    session.commit()
    ask(session, world, sample)
    carry_out(app)
    first = items(session, world)[0]
    assert (first.attempts, first.facility) == (attempts, facility)


def test_asking_again_replaces_what_stood_and_waits_for_its_turn(app: Flask, session: Session) -> None:
    world = make_closed(session, app, ["bb", "ab", "bb", "cc"])
    ask(session, world)
    with pytest.raises(DomainError) as refused:
        ask(session, world)
    assert refused.value.code == "statistics_under_way"
    session.rollback()
    carry_out(app)
    assert items(session, world)[0].attempts == 4
    sit(session, world, ["bb"])
    session.commit()
    ask(session, world, Sample.ALL)
    before = kept(session, world)
    assert before is not None
    assert (before.sample, before.results) == (Sample.FIRST, 4), "what stands says what it was made from"
    carry_out(app)
    after = kept(session, world)
    assert after is not None
    assert (after.sample, after.results, items(session, world)[0].attempts) == (Sample.ALL, 5, 5)


def test_of_two_who_ask_at_once_one_is_told_to_wait(app: Flask, session: Session) -> None:
    world = make_closed(session, app, ["bb"])
    actor = actor_of(overseer(session, world), world.contest, Role.ORGANIZER)
    asked = {"contest_id": world.contest.id, "round_id": world.round.id, "sample": Sample.FIRST}
    session.commit()
    refused: list[str] = []
    barrier = threading.Barrier(2)

    def run() -> None:
        with app.app_context():
            barrier.wait()
            try:
                with unit_of_work() as unit:
                    request_statistics(unit, actor, NOW, **asked)
            except DomainError as error:
                refused.append(error.code)

    run_all([threading.Thread(target=run) for _ in range(2)])
    assert refused == ["statistics_under_way"]


def test_an_interrupted_work_begins_anew(app: Flask, session: Session) -> None:
    world = make_closed(session, app, ["bb", "ab", "bb"])
    ask(session, world)
    row = kept(session, world)
    assert row is not None
    work = session.get_one(WorkItem, row.work_id)
    work.done = 400
    session.commit()
    carry_out(app)
    assert items(session, world)[0].attempts == 3


def test_another_key_counts_and_a_void_question_says_nothing(app: Flask, session: Session) -> None:
    world = make_closed(session, app)
    first, second = revisions(session, world)
    ruling = {"round_id": world.round.id, "in_force_at": NOW, "note": ""}
    session.add(
        KeyRuling(**ruling, number=1, revision_id=first, act=RulingAct.KEY, answers=[{"key": "c", "settings": []}])
    )
    session.add(KeyRuling(**ruling, number=2, revision_id=second, act=RulingAct.FULL, answers=[]))
    session.commit()
    ask(session, world)
    carry_out(app)
    (only,) = items(session, world)
    assert only.revision_id == first
    (part,) = item_figures(only.figures).parts
    assert [answer.value for answer in part.rows if answer.is_right] == ["c"]


def test_an_entry_round_has_none(app: Flask, session: Session) -> None:
    world = make_closed(session, app, ["bb"])
    world.round.kind = RoundKind.ENTRY
    with pytest.raises(NotFound):
        ask(session, world)


@pytest.mark.parametrize("role", [Role.QUESTION_SETTER, Role.SECRETARY, Role.JUDGE])
def test_only_who_sees_all_questions_may_ask(app: Flask, session: Session, role: Role) -> None:
    world = make_closed(session, app, ["bb"])
    with pytest.raises(NotAllowed):
        ask(session, world, role=role)


def test_an_open_attempt_with_extra_time_is_waited_for(app: Flask, session: Session) -> None:
    world = make_closed(session, app, ["bb", "ab"])
    late = make_person(session, "Người có thêm giờ")
    row = attempt(session, world, take_part(session, world, late).id, late, "bb")
    session.delete(session.get_one(AttemptResult, row.id))
    row.state = AttemptState.OPEN
    session.commit()
    assert begin(app) == 0
    assert get_standing(session, world.contest.id, world.round.id, NOW).statistics is None


def test_people_excluded_later_are_noticed_and_left_out(app: Flask, session: Session) -> None:
    world = make_closed(session, app, ["bb", "ab", "bb"])
    begin(app)
    carry_out(app)
    session.scalars(select(Participation).order_by(Participation.id.desc())).first().excluded_at = NOW
    session.commit()
    ask(session, world)
    carry_out(app)
    assert items(session, world)[0].attempts == 2
