"""What is known of a question and of a paper after people answered, as values that can be kept as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer to one part of a question, and how many of each group gave it.

    `rest` is what they earned on the rest of the paper, on average, in 1/1000 point; None where nobody gave it.
    """

    value: str
    is_right: bool
    weakest: int
    middle: int
    best: int
    rest: float | None

    @property
    def count(self) -> int:
        """Return how many gave it in all."""
        return self.weakest + self.middle + self.best


@dataclass(frozen=True, slots=True)
class PartFigures:
    """The answers to one part: all that could be chosen in their order, or what was typed, the most frequent first.

    What few people typed is counted in `others`; who answered nothing here, in `nothing`.
    """

    rows: tuple[AnswerRow, ...]
    others: AnswerRow | None
    nothing: AnswerRow

    @property
    def count(self) -> int:
        """Return how many met this part."""
        return self.nothing.count + sum(row.count for row in self.rows) + (self.others.count if self.others else 0)


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """What the attempts that met a question say about it. All but `attempts` and `deviation` are in percent.

    - `facility`: F = 100 · mean of x / highest x; how much of the points was earned.
    - `deviation`: √V(x) as a part of the points, so at most about half.
    - `discrimination`: 100 · r(x, X - x), the mark against the rest of the paper, so corrected for the question itself.
    - `efficiency`: 100 · C(x, X - x) / the most that this covariance can be with the same marks.
    - `guess`: what choosing by chance earns.
    - `intended`, `effective`: its weight in the total, as meant and as it is (100 · √C(x, T) / Σ √C(xᵢ, T)).
    - `unanswered`: who met it and answered nothing.

    None where a figure has no value: with one attempt, with equal marks, or with a negative C(x, T).
    """

    attempts: int
    facility: float
    deviation: float
    discrimination: float | None
    efficiency: float | None
    guess: float
    intended: float
    effective: float | None
    unanswered: float
    parts: tuple[PartFigures, ...]

    @property
    def content(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class PaperFigures:
    """What the attempts say about the paper as a whole. Points are 1/1000; `most` is the highest total that can be.

    - `consistency`: CIC = 100 · P/(P-1) · (1 - Σ V(x) / V(T)) over the P questions, which is Cronbach's α and, where
      every mark is all or nothing, KR-20. `is_drawn`: papers differ, and it is taken over the P places of a paper.
    - `error_ratio`: 100 · √(1 - CIC/100), the part of the spread that is chance; `error`: as much of `deviation`.
    - `bars`: how many totals lie in each tenth of `most`; the last bar is the full total alone.

    None where a figure has no value: too few attempts, equal totals, or papers of different lengths.
    """

    attempts: int
    questions: int
    most: int
    mean: float
    median: float
    deviation: float
    skewness: float | None
    kurtosis: float | None
    consistency: float | None
    error_ratio: float | None
    error: float | None
    is_drawn: bool
    bars: tuple[int, ...]

    @property
    def content(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        return asdict(self)


def item_figures(content: Mapping[str, Any]) -> ItemFigures:
    """Return what `ItemFigures.content` kept."""
    parts = tuple(_part(part) for part in content["parts"])
    return ItemFigures(**{**content, "parts": parts})


def paper_figures(content: Mapping[str, Any]) -> PaperFigures:
    """Return what `PaperFigures.content` kept."""
    return PaperFigures(**{**content, "bars": tuple(content["bars"])})


def _part(content: Mapping[str, Any]) -> PartFigures:
    others = content["others"]
    return PartFigures(
        tuple(AnswerRow(**row) for row in content["rows"]),
        AnswerRow(**others) if others else None,
        AnswerRow(**content["nothing"]),
    )
