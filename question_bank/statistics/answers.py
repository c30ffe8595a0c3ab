"""Counting what was answered to each part of a question, by group."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from question_bank.controls import TYPED, values_of
from question_bank.kinds import kind_of
from question_bank.paper import controls_shown, right_values, to_paper
from question_bank.question import Question, Value
from question_bank.statistics.figures import AnswerRow, PartFigures
from question_bank.statistics.groups import Group
from question_bank.text import fold

MOST_TYPED = 2000
"""Different texts that are counted one by one for a part; those that first come later are counted together."""

LEAST_TYPED = 3
"""Who typed the same: what fewer typed is not shown, since people type their names and numbers anywhere."""

TYPED_SHOWN = 10

_MOST_REMEMBERED = 500


@dataclass(slots=True)
class Tally:
    """How many of each group gave an answer, and what they earned on the rest of the paper together."""

    weakest: int = 0
    middle: int = 0
    best: int = 0
    rest: int = 0

    def count(self, group: Group, rest: int) -> None:
        """Count one more."""
        if group is Group.BEST:
            self.best += 1
        elif group is Group.WEAKEST:
            self.weakest += 1
        else:
            self.middle += 1
        self.rest += rest

    def join(self, other: "Tally") -> None:
        """Count all of another."""
        self.weakest, self.middle = self.weakest + other.weakest, self.middle + other.middle
        self.best, self.rest = self.best + other.best, self.rest + other.rest

    @property
    def number(self) -> int:
        """Return how many gave it."""
        return self.weakest + self.middle + self.best

    def row(self, value: str, *, is_right: bool) -> AnswerRow:
        """Return it as a row of a table."""
        rest = self.rest / self.number if self.number else None
        return AnswerRow(value, is_right, self.weakest, self.middle, self.best, rest)


class _Part:
    def __init__(self, choices: tuple[str, ...], right: tuple[str, ...]) -> None:
        self._is_typed = not choices
        self._right = right
        self._given: dict[tuple[str, bool], Tally] = {(value, value in right): Tally() for value in choices}
        self._others, self._nothing = Tally(), Tally()

    def count(self, values: Iterable[str], group: Group, rest: int, *, is_right: bool) -> None:
        given = False
        for value in values:
            self._tally(value, is_right=is_right).count(group, rest)
            given = True
        if not given:
            self._nothing.count(group, rest)

    def _tally(self, value: str, *, is_right: bool) -> Tally:
        key = (fold(value), is_right) if self._is_typed else (value, value in self._right)
        found = self._given.get(key)
        if found is None and len(self._given) >= MOST_TYPED:
            return self._others
        return found or self._given.setdefault(key, Tally())

    def figures(self) -> PartFigures:
        kept = list(self._given.items())
        others, has_others = self._others, self._others.number > 0
        if self._is_typed:
            in_order = sorted(kept, key=lambda each: (-each[1].number, each[0]))
            kept = [each for each in in_order if each[1].number >= LEAST_TYPED][:TYPED_SHOWN]
            for key, tally in in_order:
                if (key, tally) not in kept:
                    others.join(tally)
                    has_others = True
        rows = tuple(tally.row(value, is_right=is_right) for (value, is_right), tally in kept)
        return PartFigures(
            rows, others.row("", is_right=False) if has_others else None, self._nothing.row("", is_right=False)
        )


class AnswerCount:
    """The answers to one question; `also` is the same by further keys that an answer may follow instead."""

    def __init__(self, question: Question, *also: Question) -> None:
        """Begin with none."""
        self._ways = (question, *also)
        self._question, self._kind = question, kind_of(question.kind)
        self._order = range(len(self._kind.option_ids(question)))
        self._controls = controls_shown(question, self._order)
        rights = zip(*(right_values(way, self._order) for way in self._ways), strict=True)
        self._parts = [
            _Part(() if control.widget in TYPED else tuple(choice.value for choice in control.choices), sum(right, ()))
            for control, right in zip(self._controls, rights, strict=True)
        ]
        self._remembered: dict[tuple[Value, bool], list[tuple[tuple[str, ...], bool]]] = {}

    def count(self, response: Value, group: Group, rest: int, *, is_right: bool) -> None:
        """Count a response by option ids; `is_right`: it earned all the points."""
        key = (response, is_right)
        answered = self._remembered.get(key)
        if answered is None:
            answered = list(self._parted(response, is_right=is_right))
            if len(self._remembered) < _MOST_REMEMBERED:
                self._remembered[key] = answered
        for part, (values, is_part_right) in zip(self._parts, answered, strict=True):
            part.count(values, group, rest, is_right=is_part_right)

    def figures(self) -> tuple[PartFigures, ...]:
        """Return what was answered to each part."""
        return tuple(part.figures() for part in self._parts)

    def _parted(self, response: Value, *, is_right: bool) -> Iterator[tuple[tuple[str, ...], bool]]:
        number = len(self._parts)
        values = values_of(self._kind.reply, to_paper(self._question, self._order, response), number)
        has_several = number > 1 and response is not None
        rights = (is_right,) * number
        if has_several:
            ways = (self._kind.right_parts(way, self._order, response) for way in self._ways)
            rights = tuple(map(any, zip(*ways, strict=True)))
        return zip(values, rights, strict=True)
