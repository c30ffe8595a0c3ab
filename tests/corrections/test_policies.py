import pytest

from contest.actors import Actor, HeldSeat
from contest.contests.models import Role
from contest.corrections.policies import may_prepare_correction, may_see_people


@pytest.mark.parametrize("role", Role)
def test_who_may_know_keys_prepares_and_who_may_know_names_sees_them(role: Role) -> None:
    actor = Actor(1, False, frozenset({HeldSeat(7, "ta", role.value, None)}))
    assert may_prepare_correction(actor, 7) == (role in {Role.ORGANIZER, Role.QUESTION_REVIEWER})
    assert may_see_people(actor, 7) == (role is Role.ORGANIZER)
    assert not may_prepare_correction(actor, 8)
    assert not may_see_people(actor, 8)
