"""Ages count on the day of the contest's decision, both bounds included."""

from datetime import date

import pytest

from contest.participation.domain.eligibility import AgeGroup, age_at, eligible_groups

DECIDED = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("age_from", "age_to", "age", "admits"),
    [
        (12, None, 11, False),
        (12, None, 12, True),
        (None, 15, 15, True),
        (None, 15, 16, False),
        (14, 70, 13, False),
        (14, 70, 14, True),
        (14, 70, 70, True),
        (14, 70, 71, False),
        (None, None, 3, True),
        (None, None, None, True),
        (12, None, None, False),
        (None, 15, None, False),
    ],
)
def test_bounds_belong_to_the_group(age_from: int | None, age_to: int | None, age: int | None, admits: bool) -> None:
    assert AgeGroup(1, "Bảng A", age_from, age_to).admits(age) is admits


@pytest.mark.parametrize(
    ("birth_date", "age"),
    [(date(2014, 6, 1), 12), (date(2014, 6, 2), 11), (date(2014, 5, 31), 12), (None, None)],
)
def test_a_birthday_counts_on_the_day_itself(birth_date: date | None, age: int | None) -> None:
    assert age_at(birth_date, DECIDED) == age


def test_only_groups_of_the_age_are_offered() -> None:
    groups = [AgeGroup(1, "A", 6, 10), AgeGroup(2, "B", 11, 15), AgeGroup(3, "C", None, None)]
    assert [group.id for group in eligible_groups(groups, date(2014, 6, 1), DECIDED)] == [2, 3]
