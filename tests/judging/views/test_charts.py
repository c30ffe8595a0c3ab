import pytest

from contest.judging.views.charts import dot_plot, histogram, lowest


@pytest.mark.parametrize(
    ("spread", "bar"),
    [(0, 0), (1_999, 0), (2_000, 1), (9_999, 4), (10_000, 5), (13_999, 6), (14_000, 7), (100_000, 7)],
)
def test_a_spread_stands_in_the_bar_that_begins_at_it(spread: int, bar: int) -> None:
    assert [each.count for each in histogram([spread], 10_000).bars] == [int(number == bar) for number in range(8)]


def test_bars_from_the_threshold_on_are_marked_and_the_sentence_counts_the_others() -> None:
    chart = histogram([0, 9_999, 10_000, 25_000], 10_000)
    assert [bar.since for bar in chart.bars if bar.is_over] == [10_000, 12_000, 14_000]
    assert [bar.is_last for bar in chart.bars] == [False] * 7 + [True]
    assert (chart.within, chart.total) == (2, 4)
    assert chart.bars[4].x + chart.bar_width <= chart.threshold_x <= chart.bars[5].x


def test_heights_compare_and_a_single_case_still_shows() -> None:
    chart = histogram([0] * 200 + [10_000], 10_000)
    assert chart.bars[0].height == 100
    assert chart.bars[5].height == 2
    assert chart.bars[1].height == 0
    assert all(bar.y + bar.height == chart.baseline for bar in chart.bars)


def test_no_case_yet_draws_an_empty_chart() -> None:
    assert {bar.height for bar in histogram([], 10_000).bars} == {0}


@pytest.mark.parametrize(
    ("totals", "low"),
    [([], 0), ([(62_000, 78_500)], 60_000), ([(60_000,), (59_999,)], 50_000), ([(100_000, 100_000)], 90_000)],
)
def test_lines_begin_at_the_tenth_below_the_lowest_score(totals: list[tuple[int, ...]], low: int) -> None:
    assert lowest(totals, 100_000) == low


def test_dots_stand_in_proportion_and_the_span_joins_the_outer_ones() -> None:
    plot = dot_plot([100_000, 50_000, 75_000], 50_000, 100_000)
    assert plot.dots == (plot.right, plot.left, (plot.left + plot.right) // 2)
    assert (plot.start, plot.length) == (plot.left, plot.right - plot.left)
