import pytest

from contest.actors import Actor, HeldSeat
from contest.contests.models import Role
from contest.publication.policies import may_prepare_publication, may_withdraw_publication


@pytest.mark.parametrize("role", list(Role))
def test_the_secretary_prepares_and_only_the_organizer_withdraws(role: Role) -> None:
    actor = Actor(1, seats=frozenset({HeldSeat(5, "thi", role.value)}))
    assert may_prepare_publication(actor, 5) is (role in {Role.ORGANIZER, Role.SECRETARY})
    assert may_withdraw_publication(actor, 5) is (role is Role.ORGANIZER)
    assert may_prepare_publication(actor, 6) is False
    assert may_withdraw_publication(actor, 6) is False
