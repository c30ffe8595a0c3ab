import pytest

from contest.judging.domain.panel import read_panel, verdict
from contest.standings.domain.judged import (
    EssayMark,
    essay_marks,
    essay_points,
    essay_values,
    judge_totals,
    judged_values,
)
from tests.factories import NOW
from tests.judging.world import PANEL


@pytest.mark.parametrize(
    ("totals", "agreed", "expected"),
    [
        ((85_000, 86_000), None, (85_500, 85_500, 1_000, 0)),
        ((80_000, 89_750), None, (84_900, 84_900, 9_750, 0)),
        ((80_000, 90_000), 87_000, (87_000, 85_000, 10_000, 1)),
        ((80_000, 90_000), None, (None, 85_000, 10_000, 1)),
        ((80_000,), None, (None, None, None, 0)),
    ],
)
def test_values_say_how_the_score_came_about(
    totals: tuple[int, ...], agreed: int | None, expected: tuple[int | None, ...]
) -> None:
    panel = read_panel(PANEL)
    values = judged_values(panel, verdict(panel, totals, agreed), totals, NOW, place=2)
    assert tuple(values[key] for key in ("judged_score", "mean", "spread", "is_agreed")) == expected
    assert (values["decimals"], values["agree_from"], values["manual"]) == (1, 10_000, 2)
    assert values["submitted_at"] == round(NOW.timestamp() * 1000)
    assert judge_totals(values) == list(totals)


def test_eleven_judges_stay_in_their_order() -> None:
    panel = read_panel({**PANEL, "judges": 11})
    totals = tuple(range(80_000, 80_011))
    stored = dict(sorted(judged_values(panel, verdict(panel, totals), totals, NOW, place=None).items()))
    assert judge_totals(stored) == list(totals)


def test_result_of_a_quiz_has_no_judges() -> None:
    assert judge_totals({"right_count": 20, "manual": None}) == []


@pytest.mark.parametrize(
    ("score", "scale", "most", "points"),
    [
        (0, 100_000, 5000, 0),
        (100_000, 100_000, 5000, 5000),
        (85_500, 100_000, 5000, 4275),
        (50_000, 100_000, 1, 1),
        (49_999, 100_000, 1, 0),
        (33_300, 100_000, 1000, 333),
        (33_350, 100_000, 1000, 334),
        (33_349, 100_000, 1000, 333),
        (7_500, 10_000, 2500, 1875),
        (20_000, 30_000, 1000, 667),
    ],
)
def test_a_score_earns_its_part_of_the_points_rounded_half_up(score: int, scale: int, most: int, points: int) -> None:
    assert essay_points(score, scale, most) == points


def test_what_essays_earned_is_read_back_from_the_values() -> None:
    marks = [EssayMark(10, None, 100_000, 1, 0, 1000), EssayMark(2, 85_500, 100_000, 1, 4275, 5000)]
    values = essay_values(marks, 3)
    assert (values["attempt_number"], values["judged_points"]) == (3, 4275)
    assert essay_marks(values) == sorted(marks, key=lambda mark: mark.slot)
    assert essay_values([], 3) == {}
    assert essay_marks({"points": 1000}) == []
