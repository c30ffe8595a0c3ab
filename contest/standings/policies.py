"""Who sees standings before they are published, and who records decisions about ties."""

from contest.actors import Actor
from contest.contests.models import Role

DESK = frozenset({Role.ORGANIZER, Role.SECRETARY})


def may_keep_standings(actor: Actor, contest_id: int) -> bool:
    """Organizer and secretary."""
    return actor.holds(contest_id, *DESK)
