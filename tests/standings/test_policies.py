import pytest

from contest.actors import Actor, HeldSeat
from contest.contests.models import Role
from contest.standings.policies import may_keep_standings


@pytest.mark.parametrize("role", list(Role))
def test_only_organizer_and_secretary_see_standings_before_they_are_published(role: Role) -> None:
    actor = Actor(1, seats=frozenset({HeldSeat(5, "thi", role.value)}))
    assert may_keep_standings(actor, 5) is (role in {Role.ORGANIZER, Role.SECRETARY})
    assert may_keep_standings(actor, 6) is False, "a seat counts in its own contest only"


def test_the_operator_sees_no_score() -> None:
    assert may_keep_standings(Actor(1, is_admin=True), 5) is False
