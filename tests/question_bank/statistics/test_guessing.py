from math import factorial

import pytest

from question_bank.question import Question
from question_bank.statistics import guess_share
from question_bank.statistics.guessing import MOST_GUESSES
from tests.question_bank.builders import options, question


@pytest.mark.parametrize(
    ("asked", "share"),
    [
        (question("single"), 1 / 3),
        (question("true_false"), 1 / 2),
        (question("multiple"), 1 / 7),
        # All of 16 ways to judge four statements by the table of the national exam: (4·0,1 + 6·0,25 + 4·0,5 + 1)/16.
        (question("statements"), 4.9 / 16),
        (question("statements", settings=(("scoring", "all"),)), 1 / 16),
        (question("matching"), 1 / 27),
        (question("matching", settings=(("scoring", "parts"),)), 9 / 27),
        (question("ordering"), 1 / 6),
        (question("gap_fill"), 0),
        # The gap with a list is one of two parts, right in one of three choices.
        (question("gap_fill", settings=(("scoring", "parts"),)), 1 / 6),
        (question("short_text"), 0),
        (question("number"), 0),
        (question("prediction"), 0),
        (question("essay", options=(), key=None), 0),
    ],
)
def test_guessing_earns_what_all_ways_to_choose_earn_on_average(asked: Question, share: float) -> None:
    assert guess_share(asked) == pytest.approx(share, abs=1e-3)  # points are rounded down to 1/1000


def test_of_very_many_ways_a_fixed_sample_stands_for_all() -> None:
    texts = [str(number) for number in range(1, 9)]
    lines = question("ordering", options=options(*texts), key=tuple("abcdefgh"), settings=(("scoring", "parts"),))
    assert factorial(len(texts)) > MOST_GUESSES
    assert guess_share(lines) == pytest.approx(1 / 8, abs=0.01)
    pairs = question("matching", options=options(*texts), items=tuple(texts), key=tuple("abcdefgh"))
    assert guess_share(pairs) < 0.001
