from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.statistics import moments

# The example beside the functions SKEW and KURT in the documentation of Microsoft Excel, with the values given there.
EXCEL = Counter([3, 4, 5, 2, 3, 4, 5, 6, 4, 7])

numbers = st.lists(st.integers(-5000, 50_000), min_size=1, max_size=30)
pairs_met = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 20_000)), min_size=2, max_size=30)


def test_skewness_and_kurtosis_are_those_of_the_published_example() -> None:
    assert moments.skewness(EXCEL) == pytest.approx(0.359543071407)
    assert moments.kurtosis(EXCEL) == pytest.approx(-0.151799637208)
    assert (moments.mean(EXCEL), moments.median(EXCEL)) == (4.3, 4)


@pytest.mark.parametrize(
    ("values", "median"),
    [([7], 7), ([1, 4], 2.5), ([3, 1, 2], 2), ([1, 1, 1, 9], 1), ([1, 1, 9, 9], 5), ([0, 5, 5, 5], 5)],
)
def test_the_median_is_the_number_in_the_middle_or_between_the_two_there(values: list[int], median: float) -> None:
    assert moments.median(Counter(values)) == median


def test_what_needs_several_different_numbers_has_no_value_without_them() -> None:
    assert moments.variance(Counter([5])) == 0
    assert moments.skewness(Counter([1, 2])) is None
    assert moments.skewness(Counter([1, 2, 4])) is not None
    assert moments.kurtosis(Counter([1, 2, 4])) is None
    assert moments.kurtosis(Counter([1, 2, 4, 8])) is not None
    assert moments.kurtosis(Counter([4, 4, 4, 4])) is None
    assert moments.correlation(Counter({(1000, 3): 2, (1000, 9): 1})) is None


@given(numbers)
@settings(max_examples=50, deadline=None)
def test_mean_and_variance_do_not_depend_on_how_numbers_are_counted(values: list[int]) -> None:
    mean = Fraction(sum(values), len(values))
    squares = sum((value - mean) ** 2 for value in values)
    assert moments.mean(Counter(values)) == pytest.approx(float(mean))
    assert moments.variance(Counter(values)) == (squares / (len(values) - 1) if len(values) > 1 else 0)


@given(pairs_met)
@settings(max_examples=50, deadline=None)
def test_no_order_of_the_same_marks_goes_together_better_than_the_best(met: list[tuple[int, int]]) -> None:
    pairs = Counter(met)
    assert moments.covariance(pairs) <= moments.most_covariance(pairs)
    sorted_pairs = Counter(zip(sorted(mark for mark, _ in met), sorted(rest for _, rest in met), strict=True))
    assert moments.most_covariance(pairs) == moments.covariance(sorted_pairs)
    together = moments.correlation(pairs)
    assert together is None or -1 - 1e-9 <= together <= 1 + 1e-9
