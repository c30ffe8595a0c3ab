import pytest

from contest.actors import Actor, HeldSeat
from contest.contests.models import Role
from contest.participation.models import Participation
from contest.participation.policies import coordinated_units, may_change, may_oversee, may_reset_citizens


@pytest.mark.parametrize("role", list(Role))
def test_what_each_seat_may_do_with_participants_of_its_contest_only(role: Role) -> None:
    actor = Actor(1, is_admin=True, seats=frozenset({HeldSeat(7, "mot", role.value, unit_id=3)}))
    assert may_oversee(actor, 7) is (role in {Role.ORGANIZER, Role.SECRETARY})
    assert may_reset_citizens(actor, 7) is (role is Role.SECRETARY)
    assert coordinated_units(actor, 7) == ({3} if role is Role.COORDINATOR else set())
    assert not may_oversee(actor, 8)
    assert not may_reset_citizens(actor, 8)
    assert coordinated_units(actor, 8) == set()


def test_people_change_only_what_is_theirs() -> None:
    mine = Participation(person_id=1)
    assert may_change(Actor(1), mine)
    assert not may_change(Actor(2, is_admin=True), mine)
