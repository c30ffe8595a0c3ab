"""What a seat lets a person do in its contest. One table; services and pages both read it.

| seat                | sees the desk | prepares (rounds, groups, rules) | decides (announce, release, seats, approve) |
|---------------------|---------------|----------------------------------|---------------------------------------------|
| organizer           | yes           | yes                              | yes                                         |
| secretary           | yes           | yes                              | no                                          |
| every other seat    | its own part  | no                               | no                                          |

Rules come into force by two people: whoever proposes, an organizer who is somebody else approves.
"""

from contest.actors import Actor
from contest.contests.models import Role
from contest.errors import NotAllowed

PREPARE = frozenset({Role.ORGANIZER, Role.SECRETARY})
DECIDE = frozenset({Role.ORGANIZER})


PREPARATION = frozenset(Role) - {Role.COORDINATOR}
"""Seats that see something of a contest before it opens; whoever holds one takes no part in it."""


def may_take_part(actor: Actor, contest_id: int) -> bool:
    """Whether no seat that the person holds now stands against it."""
    return not actor.holds(contest_id, *PREPARATION)


def may_prepare(actor: Actor, contest_id: int) -> bool:
    """Whether the person may write what is not yet in force."""
    return actor.holds(contest_id, *PREPARE)


def may_decide(actor: Actor, contest_id: int) -> bool:
    """Whether the person may do what citizens see or what binds others."""
    return actor.holds(contest_id, *DECIDE)


def may_seat(actor: Actor, contest_id: int, role: Role) -> bool:
    """Whether the person may offer this seat: the organizer any; the operator only the organizer's."""
    return may_decide(actor, contest_id) or (actor.is_admin and role is Role.ORGANIZER)


def ensure(is_allowed: bool) -> None:
    """Raise `NotAllowed` unless it is."""
    if not is_allowed:
        raise NotAllowed
