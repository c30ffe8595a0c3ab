import pytest

from contest.standings.domain.units import Formula, UnitResult, UnitRule, rank_units

POINTS = {"Giải Nhất": 10, "Giải Nhì": 8}


def unit(number: int, participants: int, people: int | None = 100, *prizes: str, kind: str = "commune") -> UnitResult:
    return UnitResult(number, kind, participants, people, prizes)


def places(formula: Formula, *units: UnitResult) -> list[tuple[int | None, int]]:
    return [(each.rank, each.unit.unit_id) for each in rank_units(units, UnitRule(formula, POINTS))]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (Formula.NONE, []),
        (Formula.PARTICIPANTS, [(1, 1), (2, 2), (3, 3)]),
        (Formula.RATE, [(1, 3), (2, 2), (3, 1)]),
        (Formula.RATE_AND_PRIZES, [(1, 2), (2, 3), (3, 1)]),
    ],
)
def test_formula_is_data(formula: Formula, expected: list[tuple[int | None, int]]) -> None:
    found = places(formula, unit(1, 50, 500), unit(2, 40, 100, "Giải Nhất"), unit(3, 9, 20))
    assert found == expected


def test_equal_rates_share_a_place_however_they_come_about() -> None:
    assert places(Formula.RATE, unit(1, 1, 3), unit(2, 2, 6), unit(3, 333, 1000)) == [(1, 1), (1, 2), (3, 3)]


def test_unit_without_headcount_has_no_rate_and_no_place() -> None:
    assert places(Formula.RATE, unit(1, 50, None), unit(2, 1)) == [(1, 2), (None, 1)]
    assert unit(1, 50, None).rate is None


def test_units_compete_with_their_kind() -> None:
    assert places(Formula.RATE, unit(1, 5), unit(2, 9, kind="school"), unit(3, 4)) == [(1, 1), (2, 3), (1, 2)]


@pytest.mark.parametrize(
    ("participants", "people", "rate", "is_over"),
    [
        (64, 64, 100_000, False),
        (65, 64, 101_563, True),
        (96, 101, 95_050, False),
        (0, 7, 0, False),
        (1, 3, 33_333, False),
    ],
)
def test_rate_in_thousandths_of_a_percent(participants: int, people: int, rate: int, is_over: bool) -> None:
    found = unit(1, participants, people)
    assert (found.rate, found.is_over) == (rate, is_over)
