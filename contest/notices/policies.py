"""Who speaks for a committee."""

from contest.actors import Actor
from contest.contests.models import Role


def may_announce(actor: Actor, contest_id: int) -> bool:
    """Organizer and secretary publish and withdraw announcements."""
    return actor.holds(contest_id, Role.ORGANIZER, Role.SECRETARY)
