"""How alike the papers of a set are: papers drawn for trial, and how hard each of them is expected to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import isqrt

from question_bank.blueprint import Blueprint
from question_bank.chance import Chance, paper_key
from question_bank.drawing import PreparedPool, drawn_rows
from question_bank.filling import FilledRow

PAPERS = 1000
FACILITY_OF_DIFFICULTY = {1: 900, 2: 750, 3: 600, 4: 450, 5: 300}
"""What share of people (in 1/1000) is taken to answer a question right while nobody has met it."""

SCALE = 100_000
"""Of an expected score: 1/1000 percent."""

MOST_DEVIATION = 2000
"""The standard deviation, in the same unit, above which papers count as unequal: two percent of the points."""

BINS = 12
_SEED = bytes(32)


@dataclass(frozen=True, slots=True)
class RowShare:
    """What a row of the blueprint, counted from 0, adds to the variance, in 1/1000; below 0 where it evens out.

    `least` and `most` are the facilities (1/1000) of its hardest and its easiest question.
    """

    row: int
    share: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Bin:
    """How many papers have an expected score from `start`, up to but without `end`."""

    start: int
    end: int
    papers: int


@dataclass(frozen=True, slots=True)
class Equity:
    """Expected scores of trial papers, as parts of all points of a paper, in 1/100000."""

    papers: int
    least: int
    median: int
    most: int
    mean: int
    deviation: int
    bins: tuple[Bin, ...]
    shares: tuple[RowShare, ...]

    @property
    def is_wide(self) -> bool:
        """Say whether luck with the paper decides more than it should."""
        return self.deviation > MOST_DEVIATION

    @property
    def widest(self) -> RowShare:
        """Return the row that does most of it."""
        return max(self.shares, key=lambda share: share.share)


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of the questions of a pool, by ref: facility in 1/1000, own points in 1/1000."""

    facility: Mapping[int, int]
    points: Mapping[int, int]


def equity(pool: PreparedPool, blueprint: Blueprint, expected: Expected, papers: int = PAPERS) -> Equity:
    """Draw trial papers from a fixed seed that is nobody's, and compare what is expected of each.

    A paper's expected score is the mean facility of its questions, each weighted by its points. A row's share of the
    variance is the covariance of what it adds with the whole. Raises NotEnoughQuestions, ValueError for an empty paper.
    """
    if not blueprint.rows:
        raise ValueError("a paper without questions")
    parts = [_parts(pool, blueprint, expected, number) for number in range(1, papers + 1)]
    scores = [sum(paper) for paper in parts]
    total, ordered = sum(scores), sorted(scores)
    off = [score * papers - total for score in scores]
    variance = sum(each * each for each in off)
    return Equity(
        papers=papers,
        least=ordered[0],
        median=ordered[papers // 2],
        most=ordered[-1],
        mean=total // papers,
        deviation=isqrt(variance // papers**3),
        bins=_bins(ordered),
        shares=tuple(
            _share(pool, blueprint, expected, index, [paper[index] for paper in parts], off)
            for index in range(len(blueprint.rows))
        ),
    )


def _parts(pool: PreparedPool, blueprint: Blueprint, expected: Expected, number: int) -> list[int]:
    """What each row of one paper, in the order of the blueprint, adds to its expected score."""
    rows = drawn_rows(pool, blueprint, Chance(paper_key(_SEED, b"", number, blueprint.version)))
    weighed = {row.index: _weighed(row, expected) for row in rows}
    points = sum(points for points, _expected in weighed.values())
    # Cut only where they are summed up, so that the parts make the whole.
    sums = accumulate(weighed[index][1] for index in range(len(rows)))
    ends = [each * SCALE // (points * 1000) for each in sums]
    return [end - start for start, end in pairwise([0, *ends])]


def _weighed(row: FilledRow, expected: Expected) -> tuple[int, int]:
    """The points of a row, and the same times facility."""
    points = [row.row.points or expected.points[item.ref] for item in row.held]
    facility = (expected.facility[item.ref] for item in row.held)
    return sum(points), sum(each * share for each, share in zip(points, facility, strict=True))


def _share(
    pool: PreparedPool, blueprint: Blueprint, expected: Expected, index: int, added: Sequence[int], off: Sequence[int]
) -> RowShare:
    variance = sum(each * each for each in off)
    together = sum(part * each for part, each in zip(added, off, strict=True)) * len(off)
    candidates = pool.candidates(blueprint.rows[index], blueprint.version)
    facilities = [expected.facility[item.ref] for item in candidates]
    return RowShare(index, together * 1000 // variance if variance else 0, min(facilities), max(facilities))


def _bins(ordered: Sequence[int]) -> tuple[Bin, ...]:
    """Equal steps from the lowest score to the highest; a single one where all papers are alike."""
    step = max(1, -(-(ordered[-1] - ordered[0] + 1) // BINS))
    starts = range(ordered[0], ordered[-1] + 1, step)
    return tuple(Bin(start, start + step, sum(start <= score < start + step for score in ordered)) for start in starts)
