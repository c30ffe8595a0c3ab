"""Which questions stand in which row of a paper. Exact: when a paper exists, one is found.

Rows and what may stand on a paper at most once - a question, or all questions of an exclusion group - are the two
sides of a bipartite graph. Rows are filled one after the other, each from its own order; a row that finds nothing free
makes others give way along the shortest augmenting path. What is once on the paper stays on it, in this row or that.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from question_bank.blueprint import Blueprint, BlueprintRow, is_within


@dataclass(frozen=True, slots=True)
class PoolItem:
    """A question that may be drawn: `ref` is the caller's number for it.

    A compulsory one is on every paper. Of those with the same `group` at most one is on a paper; `group` is the
    smallest ref of its members, None for a question that no other excludes.
    """

    ref: int
    topic: str
    difficulty: int
    option_count: int
    lock_order: bool
    kind: str = ""
    is_compulsory: bool = False
    group: int | None = None

    @property
    def unit(self) -> int:
        """Return what is at most once on a paper."""
        return self.ref if self.group is None else self.group


@dataclass(slots=True)
class FilledRow:
    """A row of the blueprint, counted from 0, and the questions that stand in it so far."""

    index: int
    row: BlueprintRow
    candidates: Sequence[PoolItem]
    order: Iterable[PoolItem]
    held: list[PoolItem] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Say whether it has all it wants."""
        return len(self.held) >= self.row.count


class Order:
    """Candidates in an order that is made only as far as somebody looks."""

    def __init__(self, candidates: Sequence[PoolItem], places: Iterator[int]) -> None:
        """Take the places of the candidates, one by one, when they are asked for."""
        self._candidates, self._places = candidates, places
        self._known: list[PoolItem] = []

    def __iter__(self) -> Iterator[PoolItem]:
        """Yield what is known, then go on."""
        yield from self._known
        for place in self._places:
            self._known.append(self._candidates[place])
            yield self._known[-1]


class Filling:
    """A paper while its rows are being filled, the narrowest row first."""

    def __init__(
        self,
        blueprint: Blueprint,
        candidates: Callable[[BlueprintRow], Sequence[PoolItem]],
        order: Callable[[Sequence[PoolItem]], Iterable[PoolItem]],
    ) -> None:
        """Begin with empty rows. `candidates` of a row are by ascending ref."""
        self.rows: list[FilledRow] = []
        for index, row in blueprint.narrowest_first():
            fitting = candidates(row)
            self.rows.append(FilledRow(index, row, fitting, order(fitting)))
        self._places: dict[int, FilledRow] = {}

    def fill(self, compulsory: Sequence[PoolItem] = (), met: Collection[int] = ()) -> list[PoolItem]:
        """Fill all rows as far as it can be done, and return the compulsory questions that have no place.

        Questions whose refs were `met`, and what they exclude, come last.
        """
        homeless = [item for item in compulsory if item.unit in self._places or not self._house(item, set())]
        if met:
            self._fill_rows(lambda item: item.unit in met)
        self._fill_rows(lambda _item: False)
        return homeless

    def where(self, item: PoolItem) -> FilledRow | None:
        """Return the row in which the question, or one that it excludes, stands."""
        return self._places.get(item.unit)

    def _house(self, item: PoolItem, tried: set[int]) -> bool:
        """Give a compulsory question a place in the narrowest row that has one, others moving on where they must."""
        fitting = [row for row in self.rows if is_within((item.topic, item.difficulty, item.kind), row.row.scope)]
        for row in fitting:
            if not row.is_full:
                self._put(row, item)
                return True
        for row in fitting:
            if row.index in tried:
                continue
            tried.add(row.index)
            for held in list(row.held):
                if self._house(held, tried):
                    row.held.remove(held)
                    self._put(row, item)
                    return True
        return False

    def _fill_rows(self, is_barred: Callable[[PoolItem], bool]) -> None:
        for row in self.rows:
            free = (item for item in row.order if item.unit not in self._places and not is_barred(item))
            for item in islice(free, row.row.count - len(row.held)):
                self._put(row, item)
            while not row.is_full and self._augment(row, is_barred):
                pass

    def _augment(self, short: FilledRow, is_barred: Callable[[PoolItem], bool]) -> bool:
        """Give a row one more question by the shortest chain of rows that each take one from the next."""
        queue, taken_by = [short], dict[int, tuple[FilledRow, PoolItem]]()
        for taker in queue:
            for item in taker.order:
                giver = self._places.get(item.unit)
                if giver is None:
                    if not is_barred(item):
                        self._shift(taker, item, taken_by)
                        return True
                elif giver is not short and giver.index not in taken_by:
                    taken_by[giver.index] = taker, item
                    queue.append(giver)
        return False

    def _shift(self, taker: FilledRow, item: PoolItem, taken_by: dict[int, tuple[FilledRow, PoolItem]]) -> None:
        while taker.index in taken_by:
            next_taker, given = taken_by[taker.index]
            taker.held = [held for held in taker.held if held.unit != given.unit]
            self._put(taker, item)
            taker, item = next_taker, given
        self._put(taker, item)

    def _put(self, row: FilledRow, item: PoolItem) -> None:
        row.held.append(item)
        self._places[item.unit] = row
