import pytest

from question_bank.blueprint import Blueprint, BlueprintRow, InvalidBlueprint, is_within
from question_bank.problems import sentence


def blueprint(*rows):
    return Blueprint(tuple(BlueprintRow(*row) for row in rows))


def test_size_is_the_number_of_questions():
    assert blueprint().size == 0
    assert blueprint(("A", 1, 3), (None, None, 4)).size == 7


def test_rows_with_fewer_wildcards_come_first():
    order = [
        index for index, _ in blueprint((None, None, 1), ("A", None, 1), ("A", 1, 1), ("B", 2, 1)).narrowest_first()
    ]
    assert order == [2, 3, 1, 0]


@pytest.mark.parametrize("count", [0, -1])
def test_a_row_wants_at_least_one_question(count):
    with pytest.raises(InvalidBlueprint) as raised:
        blueprint(("A", 1, 1), ("B", 1, count))
    (problem,) = raised.value.problems
    assert (problem.code, problem.field) == ("row_count", "rows.1")


def test_rows_that_cross_are_refused_with_both_named():
    with pytest.raises(InvalidBlueprint) as raised:
        blueprint((None, None, 1), ("A", None, 1), (None, 2, 1))
    (problem,) = raised.value.problems
    assert (problem.code, problem.field) == ("rows_cross", "rows.2")
    assert "Dòng 2 và dòng 3" in sentence(problem.code, problem.values)


@pytest.mark.parametrize(
    "rows",
    [
        [("A", None, 1), ("B", None, 1), ("A", 1, 1), (None, None, 1)],
        [(None, 1, 1), (None, 2, 1), ("A", 1, 1), (None, None, 1)],
        [("A", 1, 1), ("A", 1, 2)],
    ],
)
def test_rows_within_each_other_are_allowed(rows):
    assert blueprint(*rows).size == sum(count for *_, count in rows)


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        (("A", 1), ("A", 1), True),
        (("A", 1), ("A", None), True),
        (("A", 1), (None, None), True),
        (("A", None), ("A", 1), False),
        (("A", 1), ("B", None), False),
        ((None, None), ("A", None), False),
    ],
)
def test_one_scope_holds_another(inner, outer, expected):
    assert is_within(inner, outer) is expected
