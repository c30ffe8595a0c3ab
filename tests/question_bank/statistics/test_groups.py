from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.statistics.groups import SHARE, Group, groups_of


@pytest.mark.parametrize(
    ("totals", "weakest", "best"),
    [
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1, 2, 3], [8, 9, 10]),
        ([1] * 5 + [2] * 5, [1] * 5, [2] * 5),
        ([0, 5, 5, 5, 5], [0], [5, 5, 5, 5]),
        ([0, 0, 0, 0, 5], [0, 0, 0, 0], [5]),
        ([7, 7, 7], [], [7, 7, 7]),
        ([7], [], [7]),
    ],
)
def test_groups_hold_27_percent_and_keep_equal_totals_together(
    totals: list[int], weakest: list[int], best: list[int]
) -> None:
    groups = groups_of(Counter(totals))
    assert [total for total in totals if groups.group(total) is Group.WEAKEST] == weakest
    assert [total for total in totals if groups.group(total) is Group.BEST] == best


@given(st.lists(st.integers(0, 8), min_size=1, max_size=40))
def test_the_best_group_holds_its_share_or_all_but_the_lowest_and_no_weak_total(totals: list[int]) -> None:
    groups = groups_of(Counter(totals))
    best = [total for total in totals if groups.group(total) is Group.BEST]
    weakest = [total for total in totals if groups.group(total) is Group.WEAKEST]
    assert len(best) >= SHARE * len(totals) or set(totals) - set(best) == {min(totals)}
    assert not weakest or max(weakest) < min(best)
    assert max(totals) in best
