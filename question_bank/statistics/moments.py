"""Sums, spreads and how two numbers go together, from counts of what was met: exact until the last division.

Names and formulas are those of Moodle's page "Quiz statistics calculations" (docs.moodle.org/dev), which follow
M. G. Bulmer, Principles of Statistics, for the k-statistics.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import sqrt

Pairs = Counter[tuple[int, int]]
"""How often a mark on one question went with which mark on the rest of the paper, both in 1/1000 point."""


def mean(counts: Mapping[int, int]) -> float:
    """Return the mean of numbers, given how often each was met; at least one was."""
    return _sum(counts) / sum(counts.values())


def median(counts: Mapping[int, int]) -> float:
    """Return the number in the middle, or halfway between the two there."""
    number = sum(counts.values())
    lower, upper = (number - 1) // 2, number // 2
    seen, first = 0, None
    for value, count in sorted(counts.items()):
        seen += count
        if first is None and seen > lower:
            first = value
        if first is not None and seen > upper:
            return (first + value) / 2
    raise ValueError("no numbers")


def variance(counts: Mapping[int, int]) -> Fraction:
    """Return V(x) = Σ(x - mean)² / (S - 1); 0 for fewer than two numbers."""
    number = sum(counts.values())
    squares = sum(value * value * count for value, count in counts.items())
    return _ratio(number * squares - _sum(counts) ** 2, number * (number - 1))


def skewness(counts: Mapping[int, int]) -> float | None:
    """Return k₃ / k₂^(3/2), where k₃ = S² m₃ / ((S-1)(S-2)) and k₂ = S m₂ / (S-1); None where it has no value."""
    number, spread = sum(counts.values()), variance(counts)
    if number < 3 or not spread:
        return None
    k3 = number**2 * _moment(counts, 3) / ((number - 1) * (number - 2))
    return float(k3) / sqrt(spread) ** 3


def kurtosis(counts: Mapping[int, int]) -> float | None:
    """Return k₄ / k₂², 0 for a normal distribution; None where it has no value.

    k₄ = S² ((S+1) m₄ - 3 (S-1) m₂²) / ((S-1)(S-2)(S-3)).
    """
    number, spread = sum(counts.values()), variance(counts)
    if number < 4 or not spread:
        return None
    k4 = number**2 * ((number + 1) * _moment(counts, 4) - 3 * (number - 1) * _moment(counts, 2) ** 2)
    return float(k4 / ((number - 1) * (number - 2) * (number - 3) * spread**2))


def marks_of(pairs: Pairs) -> Counter[int]:
    """Return how often each mark on the question was met."""
    return _part(pairs, 0)


def rests_of(pairs: Pairs) -> Counter[int]:
    """Return how often each mark on the rest of the paper was met."""
    return _part(pairs, 1)


def covariance(pairs: Pairs) -> Fraction:
    """Return C(x, X) = Σ(x - mean of x)(X - mean of X) / (S - 1); 0 for fewer than two attempts."""
    return _joint(marks_of(pairs), rests_of(pairs), sum(mark * rest * count for (mark, rest), count in pairs.items()))


def most_covariance(pairs: Pairs) -> Fraction:
    """Return the covariance that the same marks would have if the best on the rest also had the best marks."""
    marks, rests = marks_of(pairs), rests_of(pairs)
    in_order = zip(_spelled(marks), _spelled(rests), strict=True)
    return _joint(marks, rests, sum(mark * rest for mark, rest in in_order))


def correlation(pairs: Pairs) -> float | None:
    """Return C(x, X) / √(V(x) V(X)); None when one of them is always the same."""
    product = float(variance(marks_of(pairs))) * float(variance(rests_of(pairs)))
    return float(covariance(pairs)) / sqrt(product) if product else None


def _joint(marks: Mapping[int, int], rests: Mapping[int, int], products: int) -> Fraction:
    number = sum(marks.values())
    return _ratio(number * products - _sum(marks) * _sum(rests), number * (number - 1))


def _moment(counts: Mapping[int, int], power: int) -> Fraction:
    number = sum(counts.values())
    middle = Fraction(_sum(counts), number)
    return sum((count * (value - middle) ** power for value, count in counts.items()), Fraction()) / number


def _part(pairs: Pairs, place: int) -> Counter[int]:
    counts: Counter[int] = Counter()
    for pair, count in pairs.items():
        counts[pair[place]] += count
    return counts


def _spelled(counts: Mapping[int, int]) -> Iterator[int]:
    for value, count in sorted(counts.items()):
        yield from (value for _ in range(count))


def _sum(counts: Mapping[int, int]) -> int:
    return sum(value * count for value, count in counts.items())


def _ratio(numerator: int, denominator: int) -> Fraction:
    return Fraction(numerator, denominator) if denominator > 0 else Fraction()
