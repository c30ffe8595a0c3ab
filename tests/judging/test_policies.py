"""What each seat may do in judging, in its own contest only."""

from collections.abc import Callable

import pytest

from contest.actors import Actor, HeldSeat
from contest.contests.models import Role
from contest.judging.policies import may_judge, may_note_conflicts, may_open_judging, may_reopen, may_settle

RIGHTS: dict[Callable[[Actor, int], bool], set[Role]] = {
    may_judge: {Role.JUDGE},
    may_settle: {Role.CHIEF_JUDGE},
    may_open_judging: {Role.CHIEF_JUDGE, Role.SECRETARY, Role.ORGANIZER},
    may_note_conflicts: {Role.CHIEF_JUDGE, Role.SECRETARY},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", RIGHTS)
def test_each_seat_has_its_rights_here_and_none_elsewhere(right: Callable[[Actor, int], bool], role: Role) -> None:
    actor = Actor(1, is_admin=True, seats=frozenset({HeldSeat(7, "cuoc-thi", role)}))
    assert right(actor, 7) is (role in RIGHTS[right])
    assert not right(actor, 8)


@pytest.mark.parametrize(
    ("person", "role", "contest", "is_allowed"),
    [
        (1, Role.CHIEF_JUDGE, 7, True),
        (2, Role.CHIEF_JUDGE, 7, False),
        (1, Role.CHIEF_JUDGE, 8, False),
        (1, Role.JUDGE, 7, False),
    ],
)
def test_a_chief_judge_opens_every_sheet_again_but_the_own_one(
    person: int, role: Role, contest: int, *, is_allowed: bool
) -> None:
    chief = Actor(person, seats=frozenset({HeldSeat(contest, "cuoc-thi", role)}))
    assert may_reopen(chief, 7, judge_id=2) is is_allowed
