"""The best and the weakest of those who took a paper."""

from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

SHARE = Fraction(27, 100)
"""Of all attempts, in the best and in the weakest group: T. L. Kelley, The selection of upper and lower groups for the
validation of test items, Journal of Educational Psychology 30 (1939)."""


class Group(IntEnum):
    """Where an attempt stands by its total."""

    WEAKEST = 0
    MIDDLE = 1
    BEST = 2


@dataclass(frozen=True, slots=True)
class Groups:
    """Totals up to `weakest_to` are in the weakest group, those from `best_from` in the best one, in 1/1000 point."""

    weakest_to: int
    best_from: int

    def group(self, total: int) -> Group:
        """Return where this total stands."""
        if total >= self.best_from:
            return Group.BEST
        return Group.WEAKEST if total <= self.weakest_to else Group.MIDDLE


def groups_of(totals: Counter[int]) -> Groups:
    """Return the groups: each as small as it can be with `SHARE` of the attempts in it.

    Equal totals stay together, so groups may be larger. The lowest total is never the best unless it is the only one,
    and no total is in both groups, so groups may be smaller where nearly everybody has the same.
    """
    wanted = SHARE * sum(totals.values())
    in_order = sorted(totals)
    best_from = _reached(in_order[:0:-1] or in_order, totals, wanted)
    weakest_to = _reached([total for total in in_order if total < best_from], totals, wanted)
    return Groups(weakest_to, best_from)


def _reached(in_order: list[int], totals: Counter[int], wanted: Fraction) -> int:
    """Return the first total at which enough attempts are counted, the last one if there are never enough."""
    seen = 0
    for total in in_order:
        seen += totals[total]
        if seen >= wanted:
            return total
    return in_order[-1] if in_order else -1
