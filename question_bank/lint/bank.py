"""Remarks on the questions of a bank taken together."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import sqrt

from question_bank.kinds.options import position_name
from question_bank.lint.remark import Remark
from question_bank.lint.rules import right_ids, texts_of
from question_bank.problems import Values
from question_bank.question import Question
from question_bank.text import fold
from question_bank.tones import in_older_place, two_way_syllables

LEAST_CHOICES = 20
"""Questions with equally many options, before the places of their keys say anything."""
LEAST_STATEMENTS = 10
DEVIATIONS = 2.5
"""A share stands out when it is further from even than so many standard deviations of pure chance."""
_MOST_PAIRS = 5


def remarks_on_bank(questions: Iterable[Question]) -> list[Remark]:
    """Return what only the bank as a whole shows; each question is looked at once, so it may be a stream."""
    tally = _Tally()
    for question in questions:
        tally.add(question)
    return [*tally.positions(), *tally.truths(), *tally.tones()]


class _Tally:
    """What is counted while the questions pass by."""

    def __init__(self) -> None:
        self._places: defaultdict[int, Counter[int]] = defaultdict(Counter)
        self._locked: Counter[int] = Counter()
        self._truths: Counter[bool] = Counter()
        self._spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, question: Question) -> None:
        right = right_ids(question)
        if len(right) == 1 and not question.items:
            size = len(question.options)
            place = next(index for index, option in enumerate(question.options) if option.id in right)
            self._places[size][place] += 1
            self._locked[size] += question.lock_order
        if isinstance(question.key, bool):
            self._truths[question.key] += 1
        for _, text in texts_of(question):
            for syllable in two_way_syllables(fold(text)):
                self._spellings[in_older_place(syllable)][syllable] += 1

    def positions(self) -> Iterator[Remark]:
        for size, places in sorted(self._places.items()):
            total = places.total()
            if size < 2 or total < LEAST_CHOICES:
                continue
            for place in range(size):
                if _stands_out(places[place], total, size):
                    values: Values = {
                        "letter": position_name(place),
                        "count": places[place],
                        "total": total,
                        "options": size,
                        "even": round(total / size),
                        "locked": self._locked[size],
                    }
                    code = "key_positions_uneven" if self._locked[size] else "key_positions_uneven_in_print"
                    yield Remark(code, values=values)

    def truths(self) -> Iterator[Remark]:
        total = self._truths.total()
        if total >= LEAST_STATEMENTS and _stands_out(self._truths[True], total, 2):
            yield Remark("true_share_uneven", values={"count": self._truths[True], "total": total})

    def tones(self) -> Iterator[Remark]:
        both = [spellings for _, spellings in sorted(self._spellings.items()) if len(spellings) > 1]
        if both:
            pairs = ["/".join(f"{word} ({times})" for word, times in sorted(found.items())) for found in both]
            listed = ", ".join(pairs[:_MOST_PAIRS]) + ("…" if len(pairs) > _MOST_PAIRS else "")
            yield Remark("tones_mixed", values={"pairs": listed}, severity="mild")


def _stands_out(count: int, total: int, ways: int) -> bool:
    even, deviation = total / ways, sqrt(total * (ways - 1)) / ways
    return abs(count - even) > DEVIATIONS * deviation
