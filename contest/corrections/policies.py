"""Who corrects keys. An organizer or a question reviewer prepares, an organizer who is somebody else says yes."""

from contest.actors import Actor
from contest.contests.models import Role

PREPARE = frozenset({Role.ORGANIZER, Role.QUESTION_REVIEWER})
DECIDE = frozenset({Role.ORGANIZER})


def may_prepare_correction(actor: Actor, contest_id: int) -> bool:
    """Organizer and question reviewer: those who may know keys."""
    return actor.holds(contest_id, *PREPARE)


def may_see_people(actor: Actor, contest_id: int) -> bool:
    """The organizer: of those who may know keys, the one who sees names beside ranks."""
    return actor.holds(contest_id, *DECIDE)
