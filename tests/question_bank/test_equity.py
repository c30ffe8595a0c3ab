"""How alike papers are: values by hand for pools so small that every paper is known."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.blueprint import Blueprint, BlueprintRow
from question_bank.drawing import NotEnoughQuestions, PreparedPool
from question_bank.equity import MOST_DEVIATION, PAPERS, Equity, Expected, equity
from question_bank.filling import PoolItem


def report(facilities, rows, points=(), papers=PAPERS):
    """Return the report on a pool whose questions have these facilities, the first half of topic A, the others of B."""
    half = len(facilities) // 2
    items = [
        PoolItem(ref, "A" if ref < half else "B", 1, 4, lock_order=False, kind="single")
        for ref in range(len(facilities))
    ]
    own = dict(enumerate(points)) or dict.fromkeys(range(len(facilities)), 1000)
    blueprint = Blueprint(tuple(BlueprintRow(*row) for row in rows))
    return equity(PreparedPool(items), blueprint, Expected(dict(enumerate(facilities)), own), papers)


def test_papers_that_cannot_differ_do_not():
    found = report([900, 900, 300, 300], [("A", None, 1), ("B", None, 1)])
    assert (found.least, found.median, found.most, found.mean, found.deviation) == (60_000, 60_000, 60_000, 60_000, 0)
    assert [each.share for each in found.shares] == [0, 0]
    assert not found.is_wide
    assert [(each.start, each.papers) for each in found.bins] == [(60_000, PAPERS)]


def test_two_papers_that_differ():
    # One question of 1000 or 0 beside one of 500: papers are expected to earn 75 % or 25 %, evenly: deviation 25 %.
    found = report([1000, 0, 500, 500], [("A", None, 1), ("B", None, 1)])
    assert {found.least, found.most} == {25_000, 75_000}
    high = sum(each.papers for each in found.bins if each.start > 50_000)
    assert abs(high - PAPERS // 2) < 80
    mean = (75_000 * high + 25_000 * (PAPERS - high)) // PAPERS
    share = high / PAPERS
    assert abs(found.mean - mean) <= 1
    assert abs(found.deviation - 50_000 * (share * (1 - share)) ** 0.5) <= 1
    assert [each.share for each in found.shares] == [1000, 0]
    assert (found.widest.row, found.widest.least, found.widest.most) == (0, 0, 1000)
    assert found.is_wide


def test_points_weigh_what_is_expected():
    found = report([1000, 1000, 0, 0], [("A", None, 1, None, 3000), ("B", None, 1, None, 1000)])
    assert found.mean == 75_000
    own = report([1000, 1000, 0, 0], [("A", None, 1), ("B", None, 1)], points=[500, 500, 1500, 1500])
    assert own.mean == 25_000


def test_what_is_expected_of_a_paper_is_not_cut_row_by_row():
    found = report([800] * 6, [(None, None, 1)] * 3)
    assert (found.least, found.most) == (80_000, 80_000)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 1000), min_size=8, max_size=8), st.integers(1, 3), st.integers(1, 3))
def test_shares_of_the_rows_are_all_of_the_variance(facilities, first, second):
    found = report(facilities, [("A", None, first), ("B", None, second)], papers=60)
    if found.deviation:
        assert abs(sum(each.share for each in found.shares) - 1000) <= 2
    assert sum(each.papers for each in found.bins) == found.papers == 60
    assert found.least <= found.median <= found.most
    assert found.least - 1 <= found.mean <= found.most


@pytest.mark.parametrize(("deviation", "is_wide"), [(MOST_DEVIATION, False), (MOST_DEVIATION + 1, True)])
def test_the_bound_is_part_of_what_is_allowed(deviation, is_wide):
    assert Equity(1, 0, 0, 0, 0, deviation, (), ()).is_wide is is_wide


def test_the_report_is_the_same_each_time_and_says_when_there_is_no_paper():
    rows = [(None, None, 3)]
    assert report(list(range(0, 1000, 100)), rows) == report(list(range(0, 1000, 100)), rows)
    with pytest.raises(NotEnoughQuestions):
        report([500, 500], [(None, None, 3)])
    with pytest.raises(ValueError, match="without questions"):
        report([500, 500], [])
