import pytest

from contest.actors import Actor, HeldSeat
from contest.contests.models import Role
from contest.notices.policies import may_announce


@pytest.mark.parametrize("role", list(Role))
def test_organizer_and_secretary_speak_for_their_contest_only(role: Role) -> None:
    actor = Actor(1, is_admin=True, seats=frozenset({HeldSeat(7, "mot", role.value)}))
    assert may_announce(actor, 7) is (role in {Role.ORGANIZER, Role.SECRETARY})
    assert not may_announce(actor, 8)
