"""Prizes: tiers filled down the chain, each with a condition, and what a tie at a cut-off does."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Any

from contest.standings.domain.ranking import ALL_RIGHT, MANUAL, Ranked


class Floor(StrEnum):
    """The least that a prize asks for."""

    NONE = "none"
    ALL_RIGHT = "all_right"
    RIGHT_COUNT = "right_count"
    JUDGED_SCORE = "judged_score"


class TieRule(StrEnum):
    """What happens when more people are tied than prizes are left in a tier."""

    AWARD_ALL = "award_all"
    STOP_BEFORE = "stop_before"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Tier:
    """Prizes of one kind. `worth` is the committee's own text; `minimum` counts right answers or 1/1000 points."""

    name: str
    count: int
    worth: str = ""
    floor: Floor = Floor.NONE
    minimum: int = 0

    def is_earned_by(self, ranked: Ranked) -> bool:
        """Whether this result meets the condition."""
        if self.floor is Floor.ALL_RIGHT:
            return bool(ranked.result.values.get(ALL_RIGHT))
        if self.floor is Floor.NONE:
            return True
        value = ranked.result.values.get(self.floor)
        return value is not None and value >= self.minimum


@dataclass(frozen=True, slots=True)
class Prizes:
    """The section "prizes" of the rules. `cap_percent` limits all prizes of a group to a share of its entrants."""

    tiers: tuple[Tier, ...]
    ties: TieRule = TieRule.DECIDE
    cap_percent: int | None = None

    def most(self, entrants: int) -> int:
        """How many prizes may be given among so many entrants."""
        return entrants if self.cap_percent is None else entrants * self.cap_percent // 100


@dataclass(slots=True)
class Awards:
    """Who gets which tier, by participation, and who is tied at a cut-off that the committee has yet to decide."""

    tiers: dict[int, Tier] = field(default_factory=dict)
    undecided: set[int] = field(default_factory=set)


def award(ranked: Sequence[Ranked], prizes: Prizes, entrants: int) -> Awards:
    """Fill the tiers from the top down; a tier ends at the first who miss its condition, and what is left stays empty.

    The cap is never exceeded. A tie of which the committee has recorded an order is filled in that order.
    """
    awards = Awards()
    left = prizes.most(entrants)
    blocks = deque(list(block) for _rank, block in groupby(ranked, key=lambda each: each.rank))
    for tier in prizes.tiers:
        places = min(tier.count, left)
        while places > 0 and blocks and all(tier.is_earned_by(each) for each in blocks[0]):
            chosen = _chosen(blocks, places, left, prizes.ties, awards)
            awards.tiers.update((each.result.participation_id, tier) for each in chosen)
            left -= len(chosen)
            places = max(0, places - len(chosen)) if chosen else 0
    for participation_id in awards.undecided:
        awards.tiers.pop(participation_id, None)
    return awards


def _chosen(blocks: deque[list[Ranked]], places: int, left: int, ties: TieRule, awards: Awards) -> list[Ranked]:
    """Take those out of the first block who get one of `places`; none means that the tier ends here."""
    block = blocks[0]
    if len(block) <= places:
        return blocks.popleft()
    if ties is TieRule.STOP_BEFORE or (ties is TieRule.AWARD_ALL and len(block) > left):
        return []
    if ties is TieRule.AWARD_ALL:
        return blocks.popleft()
    if not _is_ordered(block):
        awards.undecided.update(each.result.participation_id for each in block)
    block.sort(key=_place)
    blocks[0] = block[places:]
    return block[:places]


def _is_ordered(block: Sequence[Ranked]) -> bool:
    places = [each.result.values.get(MANUAL) for each in block]
    return None not in places and len(set(places)) == len(places)


def _place(each: Ranked) -> int:
    return each.result.values.get(MANUAL) or 0


def default_prizes() -> dict[str, Any]:
    """No prizes; ties are the committee's to decide."""
    return {"tiers": [], "ties": TieRule.DECIDE.value, "cap_percent": None}


def read_prizes(value: Mapping[str, Any]) -> Prizes:
    """The prizes that a stored section says."""
    return Prizes(
        tuple(
            Tier(tier["name"], tier["count"], tier["worth"], Floor(tier["floor"]), tier["minimum"])
            for tier in value["tiers"]
        ),
        TieRule(value["ties"]),
        value["cap_percent"],
    )
