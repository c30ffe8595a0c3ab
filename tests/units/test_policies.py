import pytest

from contest.actors import Actor, HeldSeat
from contest.contests.models import Role
from contest.units.policies import may_keep_units


@pytest.mark.parametrize("role", list(Role))
def test_organizer_and_secretary_keep_units_in_their_contest_only(role: Role) -> None:
    actor = Actor(1, is_admin=True, seats=frozenset({HeldSeat(7, "mot", role.value, unit_id=3)}))
    assert may_keep_units(actor, 7) is (role in {Role.ORGANIZER, Role.SECRETARY})
    assert not may_keep_units(actor, 8)
