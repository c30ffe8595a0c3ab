"""Where the marks of two small charts stand: spreads as bars, the scores of a case as dots. Lengths are SVG units."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

BARS_BELOW, BARS_ABOVE = 5, 3
BAR_PITCH, BAR_WIDTH, BAR_HEIGHT = 44, 38, 100
HEAD, FOOT = 34, 22
LINE_WIDTH, LINE_MARGIN = 260, 8


@dataclass(frozen=True, slots=True)
class Bar:
    """Cases whose spread is at least `since` and less than the next bar's, in 1/1000 point."""

    since: int
    count: int
    x: int
    y: int
    height: int
    is_over: bool
    is_last: bool

    @property
    def middle(self) -> int:
        """Where its words are centred."""
        return self.x + BAR_WIDTH // 2


@dataclass(frozen=True, slots=True)
class Histogram:
    """Spreads between the judges of a case; `threshold_x` is where the chair has to agree a score."""

    bars: tuple[Bar, ...]
    total: int
    within: int

    width = BAR_PITCH * (BARS_BELOW + BARS_ABOVE)
    height = HEAD + BAR_HEIGHT + FOOT
    baseline = HEAD + BAR_HEIGHT
    threshold_x = BAR_PITCH * BARS_BELOW
    bar_width = BAR_WIDTH


@dataclass(frozen=True, slots=True)
class DotPlot:
    """The scores of a case on one line that begins at `low`; `dots` are in the order of the seats."""

    dots: tuple[int, ...]

    width = LINE_WIDTH + 2 * LINE_MARGIN
    left = LINE_MARGIN
    right = LINE_WIDTH + LINE_MARGIN

    @property
    def start(self) -> int:
        """Where the lowest score stands."""
        return min(self.dots)

    @property
    def length(self) -> int:
        """How far apart the outer scores stand."""
        return max(self.dots) - min(self.dots)


def histogram(spreads: Sequence[int], agree_from: int) -> Histogram:
    """Five bars up to the threshold, three from it on; the last one has no upper end."""
    edges = [agree_from * number // BARS_BELOW for number in range(BARS_BELOW + BARS_ABOVE)]
    counts = [0] * len(edges)
    for spread in spreads:
        counts[bisect_right(edges, spread) - 1] += 1
    most = max(counts) or 1
    bars = []
    for number, (since, count) in enumerate(zip(edges, counts, strict=True)):
        height = max(2, BAR_HEIGHT * count // most) if count else 0
        x, y = number * BAR_PITCH + (BAR_PITCH - BAR_WIDTH) // 2, HEAD + BAR_HEIGHT - height
        bars.append(Bar(since, count, x, y, height, number >= BARS_BELOW, number == len(edges) - 1))
    return Histogram(tuple(bars), len(spreads), sum(counts[:BARS_BELOW]))


def lowest(totals: Sequence[Sequence[int]], scale: int) -> int:
    """Where the lines of these cases begin: the tenth of the scale below the lowest score, so that they compare."""
    tenth = max(1, scale // 10)
    found = min((score for case in totals for score in case), default=0)
    return min(found // tenth * tenth, scale - tenth)


def dot_plot(totals: Sequence[int], low: int, scale: int) -> DotPlot:
    """The scores of one case between `low` and the full scale."""
    return DotPlot(tuple(LINE_MARGIN + LINE_WIDTH * (score - low) // (scale - low) for score in totals))
