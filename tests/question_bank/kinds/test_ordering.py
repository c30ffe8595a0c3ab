import pytest

from question_bank.kinds import InvalidResponse
from question_bank.kinds.ordering import Ordering
from question_bank.pool import pool_item
from question_bank.validation import problems_in
from tests.question_bank.builders import options, question

KIND = Ordering()
PARTS = (("scoring", "parts"),)


@pytest.mark.parametrize(
    ("response", "points"),
    [
        (("2", "3", "1"), 1000),
        (("2", "1", "3"), 333),
        (("2", "3", None), 666),
        (("3", "1", "2"), 0),
        (("2", "2", "1"), 333),  # a place that is given twice earns nothing
        (("1", "1", "1"), 0),
        (("2", None, None), 333),
    ],
)
def test_right_places_earn_parts_where_that_is_decided(response, points):
    assert KIND.mark(question("ordering", settings=PARTS), response).points == points
    assert KIND.mark(question("ordering"), response).points == (1000 if points == 1000 else 0)


@pytest.mark.parametrize(
    ("response", "words"),
    [
        (("1", "1", "3"), "có vị trí được chọn hai lần"),
        (("1", "1", None), "có vị trí được chọn hai lần"),
        (("1", None, None), "còn phần chưa trả lời"),
        (("1", "2", "3"), None),
        (None, None),
    ],
)
def test_places_that_cannot_be_meant_are_remarked_on(response, words):
    remark = KIND.remark(question("ordering"), response)
    assert (remark and remark.vi) == words


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (["1", "2", "4"], "unknown_option"),
        (["0", "1", "2"], "unknown_option"),
        (["1", "2", ""], "unknown_option"),
        (["1", "2", "٣"], "unknown_option"),
        ([1, 2, 3], "wrong_type"),
        (["1", "2", True], "wrong_type"),
    ],
)
def test_rubbish_is_refused(raw, code):
    with pytest.raises(InvalidResponse) as raised:
        KIND.from_paper(question("ordering"), (0, 1, 2), raw)
    assert raised.value.code == code


def test_a_paper_asks_for_the_place_of_each_line_as_drawn():
    asked = question("ordering")
    controls = KIND.controls(asked, (1, 2, 0))
    assert [control.label for control in controls] == ["Hà Nội", "Đà Nẵng", "Huế"]
    assert [choice.value for choice in controls[0].choices] == ["1", "2", "3"]
    assert KIND.from_paper(asked, (1, 2, 0), ["3", "1", "2"]) == ("2", "3", "1")
    assert KIND.key_words(asked, "vi") == "1. Đà Nẵng; 2. Huế; 3. Hà Nội"


@pytest.mark.parametrize("texts", [("Một", "Hai"), ("Hai", "Một"), ("Một", "Hai", "Ba"), ("Ba", "Hai", "Một", "Bốn")])
def test_neither_a_preview_nor_a_paper_shows_the_order_as_it_was_written(texts):
    asked = question("ordering", options=options(*texts), key=tuple("abcd"[: len(texts)]), lock_order=True)
    assert sorted(KIND.preview_order(asked)) == list(range(len(texts)))
    assert KIND.preview_order(asked) != tuple(range(len(texts)))
    assert not pool_item(1, asked).lock_order
    assert [problem.code for problem in problems_in(asked)] == ["lock_unwanted"]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"key": None}, ["places_missing"]),
        ({"key": ("a", "b")}, ["places_missing"]),
        ({"key": ("a", "b", "b")}, ["key_repeated"]),
        ({"key": ("a", "b", "x")}, ["key_unknown"]),
        ({"options": options("Huế", "", "huế")}, ["row_empty", "row_repeated"]),
    ],
)
def test_every_line_has_one_place(changes, codes):
    assert [problem.code for problem in KIND.problems(question("ordering", **changes))] == codes


@pytest.mark.parametrize(("count", "codes"), [(1, ["rows_few"]), (2, []), (10, [])])
def test_two_to_ten_lines(count, codes):
    written = KIND.with_rows(question("ordering"), [(f"Bước {number}",) for number in range(count)])
    assert [problem.code for problem in KIND.problems(written)] == codes
