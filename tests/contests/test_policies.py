import pytest

from contest.actors import Actor, HeldSeat
from contest.contests.models import Role
from contest.contests.policies import ensure, may_decide, may_prepare, may_seat
from contest.errors import NotAllowed


@pytest.mark.parametrize("role", list(Role))
def test_what_each_seat_may_do_in_its_contest_and_nothing_in_another(role: Role) -> None:
    actor = Actor(1, seats=frozenset({HeldSeat(7, "mot", role.value)}))
    assert may_prepare(actor, 7) is (role in {Role.ORGANIZER, Role.SECRETARY})
    assert may_decide(actor, 7) is (role is Role.ORGANIZER)
    assert not may_prepare(actor, 8)
    assert not may_decide(actor, 8)


def test_the_operator_seats_organizers_only_and_prepares_nothing() -> None:
    admin = Actor(1, is_admin=True)
    assert [role for role in Role if may_seat(admin, 7, role)] == [Role.ORGANIZER]
    assert not may_prepare(admin, 7)


def test_what_may_not_be_is_refused() -> None:
    ensure(True)
    with pytest.raises(NotAllowed):
        ensure(False)
