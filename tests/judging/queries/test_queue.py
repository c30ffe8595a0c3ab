"""How many cases a judge could still take."""

from datetime import timedelta

from sqlalchemy.orm import Session

from contest.judging.queries import panel_of, takeable_count
from tests.factories import NOW
from tests.judging.world import make_world, open_cases, take


def test_only_cases_with_a_seat_for_this_judge_are_counted(session: Session) -> None:
    world = make_world(session, judges=3)
    open_cases(session, world, *"ABC")
    panel = panel_of(session, world.round)

    def count(number: int, after: timedelta = timedelta(0)) -> int:
        return takeable_count(session, world.judge(number), NOW + after, world.round, panel)

    assert count(0) == 3
    take(session, world, world.judge(0))
    take(session, world, world.judge(1))
    assert [count(number) for number in range(3)] == [2, 2, 2]
    assert [count(number, timedelta(minutes=45)) for number in range(3)] == [2, 2, 3]
