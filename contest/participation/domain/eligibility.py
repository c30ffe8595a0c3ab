"""Who may compete in which group. Ages are whole years on the day of the contest's decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from contest.accounts.domain import age_on

MOST_EXTRA_MINUTES = 180


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """A group with its bounds, both included; None leaves that side open."""

    id: int
    name: str
    age_from: int | None
    age_to: int | None

    def admits(self, age: int | None) -> bool:
        """Whether somebody of this age may compete here; without a birth date only a group open on both sides does."""
        if age is None:
            return self.age_from is None and self.age_to is None
        return (self.age_from is None or self.age_from <= age) and (self.age_to is None or age <= self.age_to)


def age_at(birth_date: date | None, decided_on: date) -> int | None:
    """The age that counts for a contest, when the birth date is known."""
    return None if birth_date is None else age_on(birth_date, decided_on)


def eligible_groups(groups: Iterable[AgeGroup], birth_date: date | None, decided_on: date) -> list[AgeGroup]:
    """The groups that somebody may choose from."""
    age = age_at(birth_date, decided_on)
    return [group for group in groups if group.admits(age)]
