"""Who may change units. Seats are named by their text: the feature that defines them stands above this one."""

from contest.actors import Actor

KEEPERS = ("organizer", "secretary")


def may_keep_units(actor: Actor, contest_id: int) -> bool:
    """Organizer and secretary add units and enter headcounts."""
    return actor.holds(contest_id, *KEEPERS)
