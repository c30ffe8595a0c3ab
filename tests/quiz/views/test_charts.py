from contest.quiz.views.charts import BAR_HEIGHT, STRIP_WIDTH, answer_chart, histogram
from question_bank.statistics import AnswerRow, PartFigures


def test_the_highest_bar_fills_the_chart_and_a_single_total_is_still_seen() -> None:
    bars = histogram([0, 1, 1000, 0]).bars
    assert [(bar.since, bar.height) for bar in bars] == [(0, 0), (33, 2), (66, BAR_HEIGHT), (100, 0)]
    assert {bar.y + bar.height for bar in bars} == {histogram([0, 0]).baseline}


def test_without_any_total_all_bars_are_empty() -> None:
    assert {bar.height for bar in histogram([0, 0, 0]).bars} == {0}


def row(value: str, weakest: int, middle: int, best: int) -> AnswerRow:
    return AnswerRow(value, value == "b", weakest, middle, best, None)


def test_each_group_is_shown_in_percent_of_all_its_answers() -> None:
    part = PartFigures((row("a", 3, 0, 1), row("b", 0, 0, 2)), row("", 0, 0, 1), row("", 1, 0, 0))
    first, second = answer_chart(part, ("A", "B")).answers
    assert [(strip.group, strip.percent) for strip in first.strips] == [("best", 25), ("middle", 0), ("weakest", 75)]
    assert [strip.percent for strip in second.strips] == [50, 0, 0]
    assert second.strips[0].width == STRIP_WIDTH // 2
    assert (first.is_right, second.is_right) == (False, True)
