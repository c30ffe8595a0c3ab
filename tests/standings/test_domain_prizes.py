import pytest

from contest.standings.domain.prizes import Awards, Floor, Prizes, Tier, TieRule, award
from contest.standings.domain.ranking import Chain, Direction, Ranked, Result, Step, rank

CHAIN = Chain((Step("right_count", Direction.DESC),))
FIRST, SECOND = Tier("Nhất", 1), Tier("Nhì", 2)


def ranked(*rights: int, places: dict[int, int] | None = None) -> list[Ranked]:
    """People 1, 2, 3 … with these right answers out of 20."""
    return rank(
        [
            Result(
                number,
                1,
                1,
                {"right_count": right, "all_right": int(right == 20), "manual": (places or {}).get(number)},
            )
            for number, right in enumerate(rights, start=1)
        ],
        CHAIN,
    )


def shown(awards: Awards) -> dict[int, str]:
    return {number: tier.name for number, tier in sorted(awards.tiers.items())}


def given(people: list[Ranked], ties: TieRule = TieRule.DECIDE, cap: int | None = None, *tiers: Tier) -> Awards:
    return award(people, Prizes(tiers or (FIRST, SECOND), ties, cap), len(people))


def test_tiers_are_filled_from_the_top() -> None:
    assert shown(given(ranked(20, 19, 18, 17))) == {1: "Nhất", 2: "Nhì", 3: "Nhì"}


def test_nobody_and_too_few_leave_prizes_empty() -> None:
    assert shown(given([])) == {}
    assert shown(given(ranked(20, 19))) == {1: "Nhất", 2: "Nhì"}


@pytest.mark.parametrize(
    ("best", "awards"),
    [(20, {1: "Nhất", 2: "Nhì", 3: "Nhì"}), (19, {1: "Nhì", 2: "Nhì"})],
)
def test_prize_that_asks_for_everything_right_stays_empty_without_it(best: int, awards: dict[int, str]) -> None:
    assert (
        shown(given(ranked(best, 18, 17, 16), TieRule.DECIDE, None, Tier("Nhất", 1, floor=Floor.ALL_RIGHT), SECOND))
        == awards
    )


@pytest.mark.parametrize(("right", "awards"), [(15, {1: "Nhất"}), (14, {})])
def test_least_number_of_right_answers_is_enough(right: int, awards: dict[int, str]) -> None:
    tier = Tier("Nhất", 1, floor=Floor.RIGHT_COUNT, minimum=15)
    assert shown(given(ranked(right), TieRule.DECIDE, None, tier)) == awards


@pytest.mark.parametrize(
    ("ties", "awards", "undecided"),
    [
        (TieRule.AWARD_ALL, {1: "Nhất", 2: "Nhất", 3: "Nhì", 4: "Nhì"}, set()),
        (TieRule.STOP_BEFORE, {1: "Nhì", 2: "Nhì"}, set()),
        (TieRule.DECIDE, {3: "Nhì"}, {1, 2}),
    ],
)
def test_tie_at_the_last_prize(ties: TieRule, awards: dict[int, str], undecided: set[int]) -> None:
    found = given(ranked(20, 20, 18, 17), ties)
    assert (shown(found), found.undecided) == (awards, undecided)


def test_tie_that_fits_needs_no_decision() -> None:
    found = given(ranked(20, 19, 19, 18))
    assert (shown(found), found.undecided) == ({1: "Nhất", 2: "Nhì", 3: "Nhì"}, set())


def test_recorded_decision_fills_the_prizes_in_its_order() -> None:
    found = given(ranked(20, 20, 18, places={1: 2, 2: 1}))
    assert (shown(found), found.undecided) == ({1: "Nhì", 2: "Nhất", 3: "Nhì"}, set())


def test_half_a_decision_is_none() -> None:
    assert given(ranked(20, 20, places={1: 1})).undecided == {1, 2}


@pytest.mark.parametrize(("cap", "winners"), [(None, 3), (100, 3), (50, 2), (49, 1), (24, 0)])
def test_cap_is_a_share_of_the_entrants_rounded_down(cap: int | None, winners: int) -> None:
    assert len(shown(given(ranked(20, 19, 18, 17), TieRule.DECIDE, cap))) == winners


def test_cap_holds_against_a_tie() -> None:
    assert shown(given(ranked(20, 20, 20, 17), TieRule.AWARD_ALL, 50)) == {}
