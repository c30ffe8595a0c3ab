import pytest

from contest.actors import Actor, HeldSeat
from contest.contests.models import Role
from contest.entries.policies import may_write_prompts


@pytest.mark.parametrize("role", Role)
def test_the_organizer_of_the_contest_writes_its_prompts(role: Role) -> None:
    actor = Actor(1, seats=frozenset({HeldSeat(7, "dsvhd", role.value)}))
    assert may_write_prompts(actor, 7) is (role is Role.ORGANIZER)
    assert not may_write_prompts(actor, 8)
