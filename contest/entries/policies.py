"""Who may do what with prompts and entries."""

from contest.actors import Actor
from contest.contests.models import Role

PREPARERS = (Role.ORGANIZER,)


def may_write_prompts(actor: Actor, contest_id: int) -> bool:
    """The organizer sets the prompts."""
    return actor.holds(contest_id, *PREPARERS)
