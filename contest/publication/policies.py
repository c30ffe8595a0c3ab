"""Who publishes. The secretary checks and proposes, an organizer who is somebody else says yes."""

from contest.actors import Actor
from contest.contests.models import Role

PREPARE = frozenset({Role.ORGANIZER, Role.SECRETARY})
DECIDE = frozenset({Role.ORGANIZER})


def may_prepare_publication(actor: Actor, contest_id: int) -> bool:
    """Secretary and organizer."""
    return actor.holds(contest_id, *PREPARE)


def may_withdraw_publication(actor: Actor, contest_id: int) -> bool:
    """The organizer."""
    return actor.holds(contest_id, *DECIDE)
