"""What somebody earns who chooses by chance."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import chain, combinations, islice, permutations, product
from math import factorial, prod
from random import Random

from question_bank.controls import Control, Widget, response_of
from question_bank.kinds import Kind, kind_of
from question_bank.paper import from_paper
from question_bank.question import Question

MOST_GUESSES = 5040
"""So many ways to answer are all tried, 7 lines in any order; of more, a sample of as many stands for them."""

_MOST_TICKED = 10

Guess = tuple[tuple[str, ...], ...]


@cache
def guess_share(question: Question, *also: Question) -> float:
    """Return what guessing earns on average, as a part of the points: what is chosen is guessed, what is typed is not.

    Every way to choose is as likely: one option of each list, any options but none among boxes to tick, any order of
    lines. Each is marked as the question says, so that parts of the points count, or as one of `also` where that earns
    more, the same question by further keys. A kind that no machine marks earns 0.
    """
    kind = kind_of(question.kind)
    order = range(len(kind.option_ids(question)))
    controls = kind.controls(question, order)
    if not kind.is_marked or not question.points or not any(control.choices for control in controls):
        return 0.0
    earned = number = 0
    for guess in _guesses(kind, controls):
        response = from_paper(question, order, response_of(kind.reply, guess))
        earned += max(kind.mark(each, response).points for each in (question, *also))
        number += 1
    return float(Fraction(earned, number * question.points))


def _guesses(kind: Kind, controls: Sequence[Control]) -> Iterator[Guess]:
    if kind.is_sequence:
        places = [choice.value for choice in controls[0].choices]
        orders = permutations(places) if factorial(len(places)) <= MOST_GUESSES else _shuffled(places)
        return (tuple((place,) for place in order) for order in orders)
    ways = [_ways(control) for control in controls]
    if prod(map(len, ways)) <= MOST_GUESSES:
        return product(*ways)
    chance = Random(0)  # noqa: S311 - a fixed sample; nobody's paper depends on it
    return (tuple(chance.choice(way) for way in ways) for _ in range(MOST_GUESSES))


def _shuffled(places: list[str]) -> Iterator[list[str]]:
    chance = Random(0)  # noqa: S311 - as above
    return (chance.sample(places, len(places)) for _ in range(MOST_GUESSES))


def _ways(control: Control) -> list[tuple[str, ...]]:
    values = [choice.value for choice in control.choices]
    if control.widget is Widget.CHECKBOX:
        some = chain.from_iterable(combinations(values, size) for size in range(1, len(values) + 1))
        return list(islice(some, 2**_MOST_TICKED))
    return [(value,) for value in values] or [()]
