"""Two lists compared."""

import pytest

from contest.corrections.domain import Line, Listed, UnitLine, figures, moved, moved_units, unfit


def line(rank: int | None, points: int = 1000, prize: str = "", group: int = 1) -> Line:
    return Line(group, points, points // 1000, rank, prize)


def listed(*people: Line, units: dict[int, UnitLine] | None = None, target: int | None = None) -> Listed:
    return Listed(dict(enumerate(people, start=1)), units or {}, target, 0, 0)


@pytest.mark.parametrize(
    ("after", "who"),
    [
        (line(1, 2000), []),
        (line(2, 2000), [1]),
        (line(1, 3000), [1]),
        (line(1, 2000, "Giải Nhất"), [1]),
        (line(None, 2000), [1]),
    ],
)
def test_somebody_moves_by_points_rank_or_prize(after: Line, who: list[int]) -> None:
    before = listed(line(1, 2000), line(2))
    assert [each.participation_id for each in moved(before, listed(after, line(2)))] == who


def test_those_moved_stand_in_the_order_of_the_new_list_those_without_a_place_last() -> None:
    before = listed(line(1), line(2), line(3), line(1, group=0))
    after = listed(line(None), line(2, 2000), line(1), line(5, group=0))
    assert [each.participation_id for each in moved(before, after)] == [4, 3, 2, 1]


def test_figures_count_each_change_once() -> None:
    before = listed(line(1, 3000, "Nhất"), line(2, 2000, "Nhì"), line(3, 1000), line(4, 0), target=5)
    after = listed(line(2, 2000, "Nhì"), line(1, 3000, "Nhất"), line(3, 1500, "Ba"), line(4, 0), target=6)
    found = figures(before, after, attempts=9, changed=4, is_percent=False, undone={3: "07/BB"})
    assert (found.people, found.up, found.down, found.ranks) == (4, 2, 1, 2)
    assert (found.won, found.lost, found.other) == (1, 0, 2)
    assert (found.target, found.undone) == ((5, 6), [(3, "07/BB")])
    assert found.stored["target"] == [5, 6]


def test_units_that_change_rank_or_points_are_named() -> None:
    before = {1: UnitLine(1, 5), 2: UnitLine(2, 0), 3: UnitLine(None, 0)}
    after = {1: UnitLine(1, 4), 2: UnitLine(2, 0), 3: UnitLine(3, 0)}
    changed = moved_units(listed(units=before), listed(units=after))
    assert changed == [[1, 1, 1, 5, 4], [3, None, 3, 0, 0]]


DECIDED = [(1, "07"), (2, "07"), (3, "08"), (4, "08")]


@pytest.mark.parametrize(
    ("blocks", "who"),
    [
        ([{1, 2}, {3, 4}], set()),
        ([{1}, {2}, {3, 4}], set()),
        ([{1, 2, 9}, {3, 4}], {1, 2}),
        ([{1, 2, 3, 4}], {1, 2, 3, 4}),
        ([{1, 3}, {2}, {4}], {1, 3}),
        ([], set()),
    ],
)
def test_a_decided_place_fits_until_somebody_else_is_tied(blocks: list[set[int]], who: set[int]) -> None:
    tied = {person: frozenset(block) for block in blocks for person in block}
    assert set(unfit(DECIDED, tied)) == who
