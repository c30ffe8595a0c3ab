import pytest

from question_bank.blueprint import Blueprint, BlueprintRow, InvalidBlueprint, Section, is_within
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


@pytest.mark.parametrize(
    ("row", "is_plain"),
    [
        ((None, None, 1), True),
        (("A", None, 1), True),
        (("A", 2, 1, "single"), False),
        (("A", 2, 1, None, 500), False),
        ((None, 2, 1), False),
    ],
)
def test_what_the_first_draw_could_read_is_plain(row, is_plain):
    assert blueprint(("A", None, 1), row).is_plain is is_plain


@pytest.mark.parametrize(("points", "is_good"), [(0, False), (1, True), (100_000, True), (100_001, False)])
def test_points_of_a_row_have_bounds(points, is_good):
    rows = (BlueprintRow("A", 1, 1, points=points),)
    if is_good:
        assert Blueprint(rows).rows == rows
        return
    with pytest.raises(InvalidBlueprint) as raised:
        Blueprint(rows)
    assert [problem.code for problem in raised.value.problems] == ["row_points"]


@pytest.mark.parametrize(
    ("sections", "rows", "codes"),
    [
        ([], [None], []),
        ([], [0], ["row_section"]),
        (["I"], [None], ["row_section", "section_empty"]),
        (["I"], [0], []),
        (["I"], [0, 1], ["row_section"]),
        (["I", "II"], [0, 1], []),
        (["I", "II"], [0, 0], ["section_empty"]),
        (["I", " "], [0, 1], ["section_title"]),
    ],
)
def test_each_row_is_in_a_section_and_each_section_has_rows(sections, rows, codes):
    found = []
    try:
        Blueprint(
            tuple(BlueprintRow("A", 1, 1, section=section) for section in rows), tuple(Section(t) for t in sections)
        )
    except InvalidBlueprint as error:
        found = error.problems
    assert [problem.code for problem in found] == codes
    assert all(sentence(problem.code, problem.values) for problem in found)


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
        (("A", 1, "single"), ("A", 1, "single"), True),
        (("A", 1, "single"), ("A", None, None), True),
        (("A", 1, "single"), (None, None, "single"), True),
        (("A", 1, "single"), (None, None, "multiple"), False),
        (("A / B", 1, None), ("A", None, None), True),
        (("A", 1, None), ("A / B", None, None), False),
        (("AB", 1, None), ("A", None, None), False),
        (("A", None, None), ("A", 1, None), False),
        ((None, None, None), ("A", None, None), False),
    ],
)
def test_one_scope_holds_another(inner, outer, expected):
    assert is_within(inner, outer) is expected


def test_deeper_topics_come_first_among_rows_as_narrow():
    order = [index for index, _ in blueprint(("A", None, 1), ("A / B", None, 1), ("C", None, 1)).narrowest_first()]
    assert order == [1, 0, 2]
