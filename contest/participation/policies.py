"""What a seat lets a person do with participants."""

from contest.actors import Actor
from contest.contests.models import Role
from contest.participation.models import Participation


def may_oversee(actor: Actor, contest_id: int) -> bool:
    """Organizer and secretary exclude, restore and grant extra time."""
    return actor.holds(contest_id, Role.ORGANIZER, Role.SECRETARY)


def may_reset_citizens(actor: Actor, contest_id: int) -> bool:
    """The secretary, after a check that is written down."""
    return actor.holds(contest_id, Role.SECRETARY)


def coordinated_units(actor: Actor, contest_id: int) -> frozenset[int]:
    """The units whose pupils the person enrols and resets in this contest."""
    return actor.units_in(contest_id) if actor.holds(contest_id, Role.COORDINATOR) else frozenset()


def may_change(actor: Actor, participation: Participation) -> bool:
    """People change what is theirs, until the first attempt."""
    return participation.person_id == actor.person_id
