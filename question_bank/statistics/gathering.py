"""The statistics of a paper from its attempts, one after the other, in memory that does not grow with their number.

Each question is compared with the rest of the papers on which it stood, as Moodle does where questions are drawn: the
sums of a question run over the attempts that met it. See `figures` for what each number means.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Generic, TypeVar

from question_bank.question import Question, Value
from question_bank.statistics import moments
from question_bank.statistics.answers import AnswerCount
from question_bank.statistics.figures import ItemFigures, PaperFigures
from question_bank.statistics.groups import groups_of
from question_bank.statistics.guessing import guess_share
from question_bank.statistics.moments import Pairs

BARS = 10
"""Of the chart of totals, besides the one for the full total."""

Ref = TypeVar("Ref", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Answer(Generic[Ref]):
    """What an attempt answered to one question: a response by option ids, and what it earned of what it could.

    Points are 1/1000. None is unanswered, and earned nothing.
    """

    ref: Ref
    response: Value
    points: int
    most: int


@dataclass(frozen=True, slots=True)
class Statistics(Generic[Ref]):
    """The paper as a whole, and each question that was met."""

    paper: PaperFigures
    items: Mapping[Ref, ItemFigures]


class _Item:
    def __init__(self, question: Question, also: Sequence[Question]) -> None:
        self.guess = guess_share(question, *also)
        self.pairs: Pairs = Counter()
        self.most = 0
        self.paper_most = 0
        self.unanswered = 0
        self.answers = AnswerCount(question, *also)


class Gathering(Generic[Ref]):
    """Takes in attempts; the totals of all of them (1/1000 point) are known before the first."""

    def __init__(
        self,
        questions: Mapping[Ref, Question],
        totals: Counter[int],
        also: Mapping[Ref, Sequence[Question]] | None = None,
    ) -> None:
        """Begin. Only questions that a machine marks belong here. Raises ValueError without any total.

        `also` is a question by further keys that an answer may follow instead.
        """
        if not totals:
            raise ValueError("no attempts")
        self._totals, self._groups = totals, groups_of(totals)
        self._questions, self._also = questions, also or {}
        self._items: dict[Ref, _Item] = {}
        self._places: list[Pairs] = []
        self._lengths: set[int] = set()
        self._paper_most = 0
        self._full = 0

    def add(self, answers: Sequence[Answer[Ref]]) -> None:
        """Take in one attempt: its answers in the order of its paper, unanswered questions too.

        A question that is worth nothing, such as one that was called off, says nothing.
        """
        answers = [each for each in answers if each.most]
        total, most = sum(each.points for each in answers), sum(each.most for each in answers)
        group = self._groups.group(total)
        self._lengths.add(len(answers))
        self._paper_most = max(self._paper_most, most)
        while len(self._places) < len(answers):
            self._places.append(Counter())
        for place, each in enumerate(answers):
            rest = total - each.points
            self._places[place][each.points, rest] += 1
            item = self._items.get(each.ref) or self._items.setdefault(each.ref, self._item(each.ref))
            item.pairs[each.points, rest] += 1
            item.most += each.most
            item.paper_most += most
            item.unanswered += each.response is None
            item.answers.count(each.response, group, rest, is_right=each.points == each.most)

    def _item(self, ref: Ref) -> _Item:
        return _Item(self._questions[ref], self._also.get(ref, ()))

    def finished(self) -> Statistics[Ref]:
        """Return what the attempts say."""
        attempts = sum(self._totals.values())
        is_drawn = self._lengths != {len(self._items)} or any(
            item.pairs.total() != attempts for item in self._items.values()
        )
        pieces = self._places if is_drawn else [item.pairs for item in self._items.values()]
        weight = sum(_root(pairs) or 0.0 for pairs in pieces)
        items = {ref: _item_figures(item, weight) for ref, item in self._items.items()}
        return Statistics(self._paper(attempts, pieces, is_drawn=is_drawn), items)

    def _paper(self, attempts: int, pieces: Sequence[Pairs], *, is_drawn: bool) -> PaperFigures:
        totals, spread = self._totals, moments.variance(self._totals)
        consistency = None
        if spread and len(pieces) > 1 and len(self._lengths) == 1:
            within = sum(moments.variance(moments.marks_of(pairs)) for pairs in pieces)
            consistency = float(100 * len(pieces) * (1 - within / spread) / (len(pieces) - 1))
        error_ratio = None if consistency is None else 100 * sqrt(1 - consistency / 100)
        deviation = sqrt(spread)
        return PaperFigures(
            attempts=attempts,
            questions=len(self._items),
            most=self._paper_most,
            mean=moments.mean(totals),
            median=moments.median(totals),
            deviation=deviation,
            skewness=moments.skewness(totals),
            kurtosis=moments.kurtosis(totals),
            consistency=consistency,
            error_ratio=error_ratio,
            error=None if error_ratio is None else error_ratio * deviation / 100,
            is_drawn=is_drawn,
            bars=_bars(totals, self._paper_most),
        )


def statistics_of(questions: Mapping[Ref, Question], attempts: Iterable[Sequence[Answer[Ref]]]) -> Statistics[Ref]:
    """Return the statistics of attempts that are at hand all at once. Raises ValueError without any."""
    at_hand = list(attempts)
    gathering = Gathering(questions, Counter(sum(each.points for each in answers) for answers in at_hand))
    for answers in at_hand:
        gathering.add(answers)
    return gathering.finished()


def _item_figures(item: _Item, weight: float) -> ItemFigures:
    pairs, attempts = item.pairs, item.pairs.total()
    marks, most = moments.marks_of(pairs), item.most / attempts
    best, together = moments.most_covariance(pairs), moments.correlation(pairs)
    root = _root(pairs)
    return ItemFigures(
        attempts=attempts,
        facility=100 * moments.mean(marks) / most,
        deviation=100 * sqrt(moments.variance(marks)) / most,
        discrimination=None if together is None else 100 * together,
        efficiency=float(100 * moments.covariance(pairs) / best) if best else None,
        guess=100 * item.guess,
        intended=100 * item.most / item.paper_most,
        effective=100 * root / weight if root is not None and weight else None,
        unanswered=100 * item.unanswered / attempts,
        parts=item.answers.figures(),
    )


def _root(pairs: Pairs) -> float | None:
    """Return √C(x, T), where T = x + X; None where that covariance is negative."""
    together = moments.covariance(pairs) + moments.variance(moments.marks_of(pairs))
    return sqrt(together) if together >= 0 else None


def _bars(totals: Counter[int], most: int) -> tuple[int, ...]:
    bars = [0] * (BARS + 1)
    for total, count in totals.items():
        bars[min(BARS, max(0, total) * BARS // most) if most else 0] += count
    return tuple(bars)
