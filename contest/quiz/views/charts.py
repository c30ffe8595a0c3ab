"""Where the marks of the charts of statistics stand, in SVG units: totals as bars, the groups behind each answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from question_bank.statistics import AnswerRow, PartFigures

BAR_PITCH, BAR_WIDTH, BAR_HEIGHT = 30, 24, 100
HEAD, FOOT = 18, 20
ROW_HEIGHT, STRIP_HEIGHT, STRIP_LEFT, STRIP_WIDTH, ROOM = 46, 12, 34, 230, 44


@dataclass(frozen=True, slots=True)
class Bar:
    """How many totals lie from `since` percent of the highest on; the last bar is the full total alone."""

    since: int
    count: int
    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        """Where its words are centred."""
        return self.x + BAR_WIDTH // 2


@dataclass(frozen=True, slots=True)
class Histogram:
    """Totals by tenths."""

    bars: tuple[Bar, ...]

    height = HEAD + BAR_HEIGHT + FOOT
    baseline = HEAD + BAR_HEIGHT
    bar_width = BAR_WIDTH

    @property
    def width(self) -> int:
        """Of the whole chart."""
        return BAR_PITCH * len(self.bars)


@dataclass(frozen=True, slots=True)
class Strip:
    """The part of one group, in percent, that gave an answer."""

    group: str
    y: int
    width: int
    percent: int


@dataclass(frozen=True, slots=True)
class AnswerBars:
    """An answer and, group by group, how much of the group gave it."""

    mark: str
    is_right: bool
    y: int
    strips: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class AnswerChart:
    """The answers to one part."""

    answers: tuple[AnswerBars, ...]

    left = STRIP_LEFT
    strip_height = STRIP_HEIGHT
    width = STRIP_LEFT + STRIP_WIDTH + ROOM

    @property
    def height(self) -> int:
        """Of the whole chart."""
        return ROW_HEIGHT * len(self.answers)


def histogram(counts: Sequence[int]) -> Histogram:
    """The chart of `PaperFigures.bars`."""
    most, tenths = max(counts) or 1, len(counts) - 1
    bars = []
    for number, count in enumerate(counts):
        height = max(2, BAR_HEIGHT * count // most) if count else 0
        x = number * BAR_PITCH + (BAR_PITCH - BAR_WIDTH) // 2
        bars.append(Bar(100 * number // tenths, count, x, HEAD + BAR_HEIGHT - height, height))
    return Histogram(tuple(bars))


def answer_chart(part: PartFigures, marks: Sequence[str]) -> AnswerChart:
    """The chart of the rows of a part; `marks` is what each is called."""
    everything = [*part.rows, part.nothing, *([part.others] if part.others else [])]
    sizes = {group: sum(getattr(row, group) for row in everything) for group in ("best", "middle", "weakest")}
    return AnswerChart(
        tuple(
            AnswerBars(mark, row.is_right, number * ROW_HEIGHT, _strips(row, sizes, number * ROW_HEIGHT))
            for number, (row, mark) in enumerate(zip(part.rows, marks, strict=True))
        )
    )


def _strips(row: AnswerRow, sizes: dict[str, int], y: int) -> tuple[Strip, ...]:
    strips = []
    for place, (group, size) in enumerate(sizes.items()):
        percent = round(100 * getattr(row, group) / size) if size else 0
        strips.append(Strip(group, y + 3 + place * (STRIP_HEIGHT + 1), STRIP_WIDTH * percent // 100, percent))
    return tuple(strips)
