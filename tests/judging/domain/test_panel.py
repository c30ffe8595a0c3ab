"""The rule of QĐ 612: the mean rounded half up, official below ten points of spread."""

from typing import Any

import pytest

from contest.errors import DomainError
from contest.judging.domain.panel import (
    Panel,
    check_agreed,
    check_complete,
    check_marks,
    default_panel,
    mean_of_sum,
    read_panel,
    rounded_mean,
    total,
    verdict,
)
from tests.judging.world import PANEL


def panel(**values: Any) -> Panel:
    return read_panel({**PANEL, **values})


@pytest.mark.parametrize(
    ("totals", "decimals", "mean"),
    [
        ([82_500, 82_600], 1, 82_600),  # 82.55, half up
        ([82_400, 82_690], 1, 82_500),  # 82.545
        ([82_500, 82_599], 1, 82_500),  # 82.5495
        ([80_000, 80_100], 1, 80_100),  # 80.05
        ([80_000, 80_098], 1, 80_000),  # 80.049
        ([0, 0], 1, 0),
        ([100_000, 100_000], 1, 100_000),
        ([10_000, 10_000, 10_001], 1, 10_000),
        ([70_000, 70_000, 70_250], 1, 70_100),  # 70.083…
        ([70_000, 70_000, 70_150], 1, 70_100),  # 70.05 of three
        ([70_000, 70_000, 70_149], 1, 70_000),
        ([8_500, 9_500], 0, 9_000),
        ([8_000, 9_000], 0, 9_000),  # 8.5
        ([8_000, 8_998], 0, 8_000),  # 8.499
        ([7_250, 7_500], 2, 7_380),  # 7.375
        ([7_250, 7_498], 2, 7_370),  # 7.374
        ([66_667], 1, 66_700),
    ],
)
def test_the_mean_is_rounded_half_up(totals: list[int], decimals: int, mean: int) -> None:
    assert rounded_mean(totals, decimals) == mean
    assert mean_of_sum(sum(totals), len(totals), decimals) == mean


@pytest.mark.parametrize(
    ("totals", "needs_agreement"),
    [
        ([80_000, 89_999], False),
        ([80_000, 90_000], True),
        ([90_000, 80_000], True),
        ([80_000, 80_000], False),
        ([0, 100_000], True),
    ],
)
def test_exactly_ten_points_already_need_an_agreement(totals: list[int], needs_agreement: bool) -> None:
    settled = verdict(panel(), totals)
    assert settled.needs_agreement is needs_agreement
    assert (settled.score is None) is needs_agreement
    assert settled.spread == max(totals) - min(totals)


def test_the_spread_is_of_raw_totals_not_of_rounded_ones() -> None:
    # 79.96 and 89.95 would be 80.0 and 90.0 after rounding.
    assert verdict(panel(), [79_960, 89_950]).needs_agreement is False


def test_an_agreed_score_counts_only_where_one_is_needed() -> None:
    assert verdict(panel(), [70_000, 85_000], agreed=78_500).score == 78_500
    assert verdict(panel(), [70_000, 72_000], agreed=78_500).score == 71_000


@pytest.mark.parametrize("totals", [[], [80_000], [80_000, 81_000]])
def test_a_missing_sheet_leaves_everything_open(totals: list[int]) -> None:
    settled = verdict(panel(judges=3), totals, agreed=90_000)
    assert settled.is_missing
    assert (settled.score, settled.mean, settled.spread) == (None, None, None)
    assert not settled.needs_agreement


def test_three_judges_are_all_in_the_mean_and_in_the_spread() -> None:
    settled = verdict(panel(judges=3), [80_000, 85_000, 89_750])
    assert (settled.score, settled.spread) == (84_900, 9_750)  # 84.9166…
    assert verdict(panel(judges=3), [80_000, 85_000, 90_000]).needs_agreement


def test_one_judge_decides_alone() -> None:
    assert verdict(panel(judges=1), [73_250]).score == 73_300


def test_a_total_counts_each_mark_with_its_weight() -> None:
    assert total(panel(), {"c1": 50_250, "c2": 18_500}) == 50_250 + 37_000
    assert total(panel(), {"c1": 50_250}) == 50_250
    assert total(panel(), {}) == 0
    odd = panel(criteria=[{"code": "c1", "name": "A", "max": 10_000, "weight": 13}])
    assert total(odd, {"c1": 9_750}) == 12_675  # 9.75 × 1.3, to the thousandth


def test_full_marks_give_the_scale() -> None:
    assert panel().max_total == panel().scale == 100_000
    assert read_panel(default_panel()).max_total == 100_000


@pytest.mark.parametrize(
    ("marks", "code"),
    [
        ({"c1": 0, "c2": 20_000}, None),
        ({"c1": 60_000}, None),
        ({"c1": 60_250}, "mark_out_of_range"),
        ({"c1": -250}, "mark_out_of_range"),
        ({"c1": 1_100}, "mark_step"),
        ({"c1": 250}, None),
        ({"c9": 250}, "mark_unknown"),
    ],
)
def test_marks_fit_the_rubric(marks: dict[str, int], code: str | None) -> None:
    if code is None:
        check_marks(panel(), marks)
        return
    with pytest.raises(DomainError) as caught:
        check_marks(panel(), marks)
    assert caught.value.code == code


def test_a_mark_that_is_refused_names_its_field_and_the_bound_as_people_read_it() -> None:
    with pytest.raises(DomainError) as caught:
        check_marks(panel(), {"c2": 21_000})
    assert (caught.value.field, caught.value.values) == ("mark-c2", {"name": "Sáng tạo", "max": "20"})


def test_every_criterion_needs_a_mark_and_nought_is_one() -> None:
    check_complete(panel(), {"c1": 0, "c2": 0})
    with pytest.raises(DomainError) as caught:
        check_complete(panel(), {"c1": 60_000})
    assert (caught.value.code, caught.value.values["names"]) == ("marks_missing", "Sáng tạo")


@pytest.mark.parametrize(
    ("score", "code"),
    [
        (0, None),
        (100_000, None),
        (78_500, None),
        (100_100, "agreed_out_of_range"),
        (-100, "agreed_out_of_range"),
        (78_550, "agreed_decimals"),
    ],
)
def test_an_agreed_score_is_one_that_the_panel_could_give(score: int, code: str | None) -> None:
    if code is None:
        check_agreed(panel(), score)
        return
    with pytest.raises(DomainError) as caught:
        check_agreed(panel(), score)
    assert caught.value.code == code
