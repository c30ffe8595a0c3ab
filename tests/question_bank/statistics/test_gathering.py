import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.statistics import Answer, Gathering, item_figures, paper_figures, statistics_of
from tests.question_bank.builders import question

# The marks of 22 attempts on 13 questions, the first worth 8 points, with which Moodle tests its own calculations
# (mod/quiz/report/statistics/tests, test_qstats), and what it expects, taken from its workbook stats.xls.
SLOTS = (8, 9, 10, 11, 12, 19, 20, 17, 18, 14, 15, 16, 13)
MARKS = """
5.5 .3 .9 1 .3 0 1 1 0 0 0 1 1
1 .9 .9 .3 .3 0 1 0 1 0 0 1 1
2.5 1 .9 .3 1 1 1 1 1 0 1 1 0
4 .3 .9 1 .3 0 1 1 0 0 0 0 0
3 .9 .3 .9 1 1 0 1 1 1 0 0 0
4.5 .9 1 1 .9 0 0 0 0 1 1 1 0
3 .3 .3 .3 .3 1 1 1 1 0 1 1 1
6 .9 .9 1 .3 0 1 1 0 1 1 1 0
.5 .9 1 .9 .3 0 1 1 1 1 1 0 0
5.5 .9 1 .9 .3 0 0 1 0 1 0 0 1
2.5 .9 1 1 .9 0 1 1 0 1 0 0 0
4 .9 .3 .9 1 0 1 1 1 1 1 1 0
4 .9 .3 .3 1 1 0 0 1 1 1 0 1
3 1 1 .3 1 1 0 1 1 1 0 1 0
1 1 .9 .3 .3 0 0 0 0 0 1 0 1
1 .3 .3 .3 .9 0 1 0 0 0 0 1 0
1.5 1 .3 .9 1 0 0 1 0 1 0 1 1
4 .9 1 .9 1 0 0 0 1 1 1 1 0
2 .9 .9 .3 .9 0 0 0 0 1 0 0 0
1 1 .3 .3 .3 0 0 1 0 1 1 0 0
6 .9 1 1 .9 1 1 0 0 0 0 1 0
7 .9 .3 .3 .3 0 0 1 1 0 1 1 1
"""
# By slot: facility, deviation in 1/1000 point, effective weight, discrimination index, discriminative efficiency.
EXPECTED = {
    8: (41.19318182, 1912.733589, 26.58464457, 25.88327077, 27.23492723),
    9: (81.36363636, 251.2738111, 3.368456046, 1.170256965, 1.382386552),
    10: (71.36363636, 322.6312277, 3.253955259, -4.207816809, -4.691171307),
    11: (65.45454545, 333.4199022, 7.584083694, 28.16930644, 31.12404354),
    12: (65.90909091, 337.5811591, 3.79658376, -2.513606859, -2.877487579),
    13: (36.36363636, 492.3659639, 3.183278505, -12.99017581, -17.5074184),
    14: (59.09090909, 503.2362797, 4.532356904, -8.900638238, -10.27568922),
    15: (50, 511.7663157, 7.78856243, 8.670004606, 10.86956522),
    16: (59.09090909, 503.2362797, 10.08351572, 29.63337745, 34.58997279),
    17: (63.63636364, 492.3659639, 8.381139345, 15.18945843, 17.4790556),
    18: (45.45454545, 509.6471914, 8.727645713, 16.21079629, 20.14359793),
    19: (27.27272727, 455.8423058, 7.946277111, 15.52451404, 22.06477733),
    20: (50, 511.7663157, 4.769500946, -8.396734802, -10),
}


def answer(ref: Any, points: int, most: int = 1000) -> Answer[Any]:
    return Answer(ref, "b" if points == most else "a", points, most)


def attempt(marks: str) -> list[Answer[str]]:
    """ "101" is right, wrong, right on the questions A, B, C."""
    return [answer(ref, 1000 * int(mark)) for ref, mark in zip("ABCDEFGH", marks, strict=False)]


LETTERS = {ref: question() for ref in "ABCDEFGH"}


def test_the_figures_of_questions_are_those_that_moodle_publishes() -> None:
    attempts = [
        [
            answer(slot, round(1000 * float(mark)), 8000 if slot == 8 else 1000)
            for slot, mark in zip(SLOTS, line.split(), strict=True)
        ]
        for line in MARKS.strip().splitlines()
    ]
    found = statistics_of(dict.fromkeys(SLOTS, question()), attempts).items
    for slot, (facility, deviation, effective, discrimination, efficiency) in EXPECTED.items():
        figures, most = found[slot], 8000 if slot == 8 else 1000
        assert figures.facility == pytest.approx(facility)
        assert figures.deviation * most / 100 == pytest.approx(deviation)
        assert figures.effective == pytest.approx(effective)
        assert figures.discrimination == pytest.approx(discrimination)
        assert figures.efficiency == pytest.approx(efficiency)
        assert figures.intended == pytest.approx(100 * most / 20_000)


def test_kr_20_of_a_scale_worked_by_hand() -> None:
    # Totals 3, 2, 1, 0 have the variance 5/4 (by S), p is 3/4, 2/4, 1/4, so Σpq = 5/8: 3/2 · (1 - 5/8 : 5/4) = 3/4.
    paper = statistics_of(LETTERS, map(attempt, ["111", "110", "100", "000"])).paper
    assert paper.consistency == pytest.approx(75)
    assert paper.error_ratio == pytest.approx(50)
    assert paper.deviation == pytest.approx(1000 * (5 / 3) ** 0.5)
    assert paper.error == pytest.approx(paper.deviation / 2)
    assert (paper.mean, paper.median, paper.most, paper.questions, paper.is_drawn) == (1500, 1500, 3000, 3, False)
    assert paper.bars == (1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1)


def test_the_order_of_questions_on_a_paper_makes_no_difference() -> None:
    straight = [attempt(marks) for marks in ("1110", "1100", "1001", "0000", "0110")]
    turned = [answers[::-1] if number % 2 else answers for number, answers in enumerate(straight)]
    assert statistics_of(LETTERS, straight) == statistics_of(LETTERS, turned)


def test_drawn_papers_compare_a_question_with_the_papers_on_which_it_stood() -> None:
    # A stands on three papers, with 1, 1 and 0 right; the rest of these papers earned 1, 1 and 0 points.
    papers = [["A1", "B1"], ["A1", "C1"], ["A0", "C0"], ["B0", "C1"]]
    attempts = [[answer(mark[0], 1000 * int(mark[1])) for mark in paper] for paper in papers]
    found = statistics_of(LETTERS, attempts)
    assert found.items["A"].attempts == 3
    assert found.items["A"].facility == pytest.approx(200 / 3)
    assert found.items["A"].discrimination == pytest.approx(100)
    assert found.items["A"].intended == 50
    # Places: 1, 1, 0, 0 and 1, 1, 0, 1 with V = 1/3 and 1/4; totals 2, 2, 0, 1 with V = 11/12.
    assert found.paper.is_drawn
    assert found.paper.consistency == pytest.approx(200 * (1 - (7 / 12) / (11 / 12)))


def test_a_paper_of_another_length_leaves_no_consistency_but_every_other_figure() -> None:
    found = statistics_of(LETTERS, [attempt("11"), attempt("110"), attempt("00")])
    assert (found.paper.consistency, found.paper.error_ratio, found.paper.error) == (None, None, None)
    assert (found.paper.mean, found.paper.most) == (pytest.approx(4000 / 3), 3000)
    assert found.items["C"].attempts == 1
    assert (found.items["C"].discrimination, found.items["C"].efficiency) == (None, None)


def test_equal_marks_have_neither_discrimination_nor_consistency() -> None:
    found = statistics_of(LETTERS, [attempt("11")] * 5)
    assert (found.paper.consistency, found.paper.skewness, found.paper.kurtosis) == (None, None, None)
    assert found.items["A"].facility == 100
    assert (found.items["A"].discrimination, found.items["A"].efficiency, found.items["A"].effective) == (None,) * 3


def test_an_unanswered_question_counts_as_met_and_one_worth_nothing_does_not() -> None:
    unanswered = Answer("B", None, 0, 1000)
    called_off = Answer("C", "b", 0, 0)
    found = statistics_of(LETTERS, [[answer("A", 1000), unanswered, called_off], attempt("01")])
    assert found.items["B"].unanswered == 50
    assert "C" not in found.items
    assert (found.paper.most, found.paper.questions) == (2000, 2)


def test_without_any_attempt_there_is_nothing_to_say() -> None:
    with pytest.raises(ValueError, match="no attempts"):
        Gathering(LETTERS, Counter())


def test_what_was_answered_is_counted_by_group_with_what_these_earned_elsewhere() -> None:
    # 11 attempts: 3 in the best group (from 3 points), 3 in the weakest (up to 1), 5 between.
    right, wrong = Answer("A", "b", 1000, 1000), Answer("A", "c", 0, 1000)
    rest = {
        marks: [replace(each, ref="BCD"[place]) for place, each in enumerate(attempt(marks))]
        for marks in ("111", "110", "100", "000")
    }
    attempts = [[right, *rest["111"]]] * 2 + [[wrong, *rest["111"]]] + [[wrong, *rest["110"]]] * 5
    attempts += [[right, *rest["000"]], [wrong, *rest["100"]], [Answer("A", None, 0, 1000), *rest["000"]]]
    (part,) = statistics_of(LETTERS, attempts).items["A"].parts
    assert [(row.value, row.is_right, row.weakest, row.middle, row.best) for row in part.rows] == [
        ("a", False, 0, 0, 0),
        ("b", True, 1, 0, 2),
        ("c", False, 1, 5, 1),
    ]
    assert [row.rest for row in part.rows] == [None, 2000, pytest.approx((3000 + 5 * 2000 + 1000) / 7)]
    assert (part.nothing.weakest, part.nothing.count, part.count) == (1, 1, 11)


@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=1, max_size=20))
@settings(max_examples=40, deadline=None)
def test_figures_survive_being_kept_as_json(marks: list[list[int]]) -> None:
    attempts = [[answer(ref, 333 * mark, 999) for ref, mark in zip("ABC", each, strict=True)] for each in marks]
    found = statistics_of(LETTERS, attempts)
    assert paper_figures(json.loads(json.dumps(found.paper.content))) == found.paper
    for figures in found.items.values():
        assert item_figures(json.loads(json.dumps(figures.content))) == figures
        assert 0 <= figures.facility <= 100
        assert sum(row.count for row in figures.parts[0].rows) + figures.parts[0].nothing.count == len(marks)
