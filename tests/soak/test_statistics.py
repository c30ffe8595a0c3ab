"""A hundred thousand attempts of twenty questions: memory does not grow with their number."""

import tracemalloc
from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from question_bank.statistics import Answer, Gathering
from tests.question_bank.builders import options, question

pytestmark = pytest.mark.soak

ATTEMPTS, POOL, DRAWN = 100_000, 200, 20
MOST_MB = 40
QUESTIONS = {
    number: question(text=f"Câu {number}?", options=options("Một", "Hai", "Ba", "Bốn")) for number in range(POOL)
}


def papers() -> Iterator[list[Answer[int]]]:
    """The same each time, as from a file."""
    chance = Random(3)
    for _ in range(ATTEMPTS):
        skill = chance.random()
        yield [
            Answer(ref, "b", 1000, 1000) if chance.random() < skill else Answer(ref, chance.choice("acd"), 0, 1000)
            for ref in chance.sample(range(POOL), DRAWN)
        ]


def test_statistics_of_a_province_fit_into_little_memory() -> None:
    totals = Counter(sum(each.points for each in answers) for answers in papers())
    tracemalloc.start()
    gathering = Gathering(QUESTIONS, totals)
    for answers in papers():
        gathering.add(answers)
    found = gathering.finished()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MOST_MB * 1_000_000
    assert (found.paper.attempts, found.paper.questions, found.paper.is_drawn) == (ATTEMPTS, POOL, True)
    assert sum(item.attempts for item in found.items.values()) == ATTEMPTS * DRAWN
