from collections import Counter
from typing import Any

import pytest

from question_bank.question import Question, Value
from question_bank.statistics import (
    LEAST_ATTEMPTS,
    Answer,
    Flag,
    Gathering,
    ItemFigures,
    flags_of,
    statistics_of,
    too_few,
)
from question_bank.words import Words
from tests.question_bank.builders import question


def figures(asked: Question, answered: list[tuple[Value, bool, int]]) -> ItemFigures:
    """The figures of a question that was answered so, beside one that earned so many of 10 points."""
    attempts = [
        [Answer("Q", response, asked.points if is_right else 0, asked.points), Answer("rest", "b", 1000 * rest, 10_000)]
        for response, is_right, rest in answered
    ]
    return statistics_of({"Q": asked, "rest": question()}, attempts).items["Q"]


def codes(asked: Question, answered: list[tuple[Value, bool, int]]) -> list[str]:
    return [flag.code for flag in flags_of(asked, figures(asked, answered))]


GOOD = [("b", True, 8)] * 20 + [("a", False, 3)] * 12 + [("c", False, 4)] * 8


def test_a_good_question_has_no_flag() -> None:
    assert codes(question(), GOOD) == []


@pytest.mark.parametrize(("attempts", "is_judged"), [(LEAST_ATTEMPTS - 1, False), (LEAST_ATTEMPTS, True)])
def test_too_few_attempts_are_said_and_nothing_is_flagged(attempts: int, is_judged: bool) -> None:
    asked, answered = question(), [("a", False, number % 9) for number in range(attempts)]
    found = figures(asked, answered)
    assert bool(flags_of(asked, found)) is is_judged
    few = too_few(found)
    assert (few is None) is is_judged
    assert (
        few is None
        or few.sentence() == f"Mới có {attempts} lượt thi gặp câu này (cần ít nhất 30): chưa đủ để kết luận."
    )


def test_a_key_that_the_best_do_not_choose_is_named_in_words() -> None:
    answered = [("c", False, 9)] * 12 + [("b", True, 9)] * 3 + [("a", False, 2)] * 20 + [("b", True, 3)] * 10
    flags = flags_of(question(), figures(question(), answered))
    assert flags[0].sentence() == "Nhóm khá nhất chọn C (12 lượt) nhiều hơn đáp án B (3 lượt): kiểm tra đáp án."
    assert flags[0].is_grave
    assert "negative" in {flag.code for flag in flags}


def test_the_part_whose_key_is_doubted_is_named() -> None:
    asked = question("statements")
    best, weak = (True, True, False, True), (False, False, True, False)
    found = flags_of(asked, figures(asked, [(best, False, 9)] * 20 + [(weak, False, 1)] * 20))
    doubted = next(flag for flag in found if flag.code == "other_chosen_in_part")
    assert doubted.sentence().startswith("Phần 2: nhóm khá nhất chọn Đúng (20 lượt) hơn đáp án Sai (0 lượt)")
    assert doubted.sentence("en").startswith("Part 2: the best group chose True (20)")


@pytest.mark.parametrize(("best", "is_flagged"), [(9, False), (10, True)])
def test_a_small_best_group_says_nothing_about_the_key(best: int, is_flagged: bool) -> None:
    answered = [("c", False, 9)] * best + [("b", True, 3)] * 12 + [("a", False, 2)] * 12
    assert ("other_chosen" in codes(question(), answered)) is is_flagged


CASES: list[tuple[list[tuple[Value, bool, int]], str, bool]] = [
    ([("b", True, 3)] * 30 + [("a", False, 8)] * 10 + [("c", False, 2)] * 2, "negative", True),
    ([("b", True, 5)] * 38 + [("a", False, 2)] * 2, "too_easy", True),
    ([("b", True, 5)] * 37 + [("a", False, 2)] * 3, "too_easy", False),
    ([("b", True, 9)] * 2 + [("a", False, 2)] * 19 + [("c", False, 1)] * 19, "too_hard", True),
    ([("b", True, 9)] * 3 + [("a", False, 2)] * 19 + [("c", False, 1)] * 18, "too_hard", False),
    # Guessing earns a third, ± 2 · 7,5 % with 40 attempts: 7 right are 17,5 %, 8 are 20 %.
    ([("b", True, 9)] * 7 + [("a", False, 2)] * 17 + [("c", False, 1)] * 16, "below_guess", True),
    ([("b", True, 9)] * 8 + [("a", False, 2)] * 16 + [("c", False, 1)] * 16, "below_guess", False),
    ([("b", True, 5), ("a", False, 5)] * 15 + [("b", True, 6), ("c", False, 4), ("a", False, 9)] * 4, "low", False),
    ([("b", True, 9), ("b", True, 1), ("a", False, 8), ("c", False, 1)] * 10, "low", True),
    ([("b", True, 8)] * 20 + [("a", False, 3)] * 20, "never_chosen", True),
    ([("b", True, 8)] * 20 + [("a", False, 3)] * 19 + [("c", False, 3)], "never_chosen", False),
    ([*GOOD[:36], *[(None, False, 1)] * 4], "left_open", True),
    ([*GOOD[:37], *[(None, False, 1)] * 3], "left_open", False),
]


@pytest.mark.parametrize(("answered", "code", "is_flagged"), CASES)
def test_flags_stand_from_their_bound_on(answered: list[Any], code: str, is_flagged: bool) -> None:
    assert (code in codes(question(), answered)) is is_flagged


def test_a_question_that_nobody_answered_says_that_and_nothing_else() -> None:
    found = flags_of(question(), figures(question(), [(None, False, rest) for rest in range(10)] * 4))
    assert [flag.sentence() for flag in found] == ["Không ai trả lời câu này: câu khó hiểu, hoặc không ai kịp làm đến."]


def test_who_leaves_it_open_does_not_guess_wrongly() -> None:
    """20 of 40 answer, 6 rightly: 15 % of the points, but 30 % of those who answered, as guessing would be."""
    answered = [("b", True, 9)] * 6 + [("a", False, 2)] * 7 + [("c", False, 1)] * 7 + [(None, False, 1)] * 20
    assert "below_guess" not in codes(question(), answered)
    assert "left_open" in codes(question(), answered)


def test_of_two_answers_that_are_accepted_the_best_may_choose_either() -> None:
    answered = [("c", True, 9)] * 12 + [("b", True, 9)] * 3 + [("a", False, 8)] * 5 + [("a", False, 2)] * 20
    asked, attempts = question(), []
    for response, is_right, rest in answered:
        own = Answer("Q", response, 1000 * is_right, 1000)
        attempts.append([own, Answer("rest", "b", 1000 * rest, 10_000)])
    gathering = Gathering(
        {"Q": asked, "rest": question()},
        Counter(sum(each.points for each in attempt) for attempt in attempts),
        {"Q": [question(key="c")]},
    )
    for attempt in attempts:
        gathering.add(attempt)
    found = gathering.finished().items["Q"]
    assert [(row.value, row.is_right) for row in found.parts[0].rows] == [("a", False), ("b", True), ("c", True)]
    assert found.guess == pytest.approx(200 / 3)
    assert "other_chosen" not in [flag.code for flag in flags_of(asked, found)]


def test_numbers_are_written_as_the_language_does() -> None:
    flag = Flag("never_chosen", {"options": Words("A, Đúng", "A, True")})
    assert flag.sentence("en") == "Nobody chose A, True: it does not work as a distractor."
    assert "64,3 %" in Flag("too_easy", {"facility": 64.27}).sentence()
    assert "64.3 %" in Flag("too_easy", {"facility": 64.27}).sentence("en")
