import pytest

from question_bank.question import Question, Value
from question_bank.statistics import PartFigures
from question_bank.statistics.answers import LEAST_TYPED, MOST_TYPED, TYPED_SHOWN, AnswerCount
from question_bank.statistics.groups import Group
from tests.question_bank.builders import question


def counted(asked: Question, *given: tuple[Value, bool]) -> tuple[PartFigures, ...]:
    count = AnswerCount(asked)
    for response, is_right in given:
        count.count(response, Group.MIDDLE, 0, is_right=is_right)
    return count.figures()


def shown(part: PartFigures) -> list[tuple[str, bool, int]]:
    return [(row.value, row.is_right, row.count) for row in part.rows]


@pytest.mark.parametrize(
    ("asked", "responses", "parts"),
    [
        (question("single"), ["b", "b", "c"], [[("a", False, 0), ("b", True, 2), ("c", False, 1)]]),
        (question("multiple"), [("a", "c"), ("a", "b")], [[("a", True, 2), ("b", False, 1), ("c", True, 1)]]),
        (question("true_false"), [True, False, True], [[("true", True, 2), ("false", False, 1)]]),
        (
            question("statements"),
            [(True, None, False, False)],
            [
                [("true", True, 1), ("false", False, 0)],
                [("true", False, 0), ("false", True, 0)],
                [("true", False, 0), ("false", True, 1)],
                [("true", True, 0), ("false", False, 1)],
            ],
        ),
        (
            question("ordering"),
            [("2", "3", "1"), ("2", "1", "3")],
            [
                [("1", False, 0), ("2", True, 2), ("3", False, 0)],
                [("1", False, 1), ("2", False, 0), ("3", True, 1)],
                [("1", True, 1), ("2", False, 0), ("3", False, 1)],
            ],
        ),
    ],
)
def test_every_choice_of_every_part_is_counted(asked: Question, responses: list[Value], parts: list[object]) -> None:
    assert [shown(part) for part in counted(asked, *((each, False) for each in responses))] == parts


def test_texts_that_read_the_same_are_one_and_the_most_frequent_come_first() -> None:
    (part,) = counted(
        question("short_text"),
        *[("Hà Nội", True)] * 3,
        *[(text, False) for text in ("Sài Gòn", "sài  gòn", "SÀI GÒN", "Sài Gòn")],
        *[("0912345678", False)] * (LEAST_TYPED - 1),
        (None, False),
    )
    assert shown(part) == [("sài gòn", False, 4), ("hà nội", True, 3)]
    assert part.others is not None
    assert (part.others.value, part.others.count, part.nothing.count, part.count) == ("", LEAST_TYPED - 1, 1, 10)


def test_a_gap_that_is_typed_is_judged_by_itself() -> None:
    first, second = counted(question("gap_fill"), *[(("Thăng Long", "Đà"), False)] * 3)
    assert shown(first) == [("thăng long", True, 3)]
    assert sorted(shown(second)) == [("Hồng", True, 0), ("Mã", False, 0), ("Đà", False, 3)]


def test_a_part_is_right_by_any_key_that_is_accepted() -> None:
    wider = question("statements", key=(True, True, False, True))
    count = AnswerCount(question("statements"), wider)
    count.count((True, True, False, True), Group.BEST, 0, is_right=True)
    assert [shown(part)[0][1] for part in count.figures()] == [True, True, False, True]
    assert [shown(part)[1][1] for part in count.figures()] == [False, True, True, False]


def test_different_texts_are_kept_up_to_a_bound_and_shown_up_to_another() -> None:
    many = [(f"số {number}", False) for number in range(MOST_TYPED + 50)]
    frequent = [(f"hay {number}", False) for number in range(TYPED_SHOWN + 2)] * LEAST_TYPED
    (part,) = counted(question("short_text"), *frequent, *many)
    assert len(part.rows) == TYPED_SHOWN
    assert part.others is not None
    assert part.others.count == len(many) + 2 * LEAST_TYPED
