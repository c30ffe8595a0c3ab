import pytest

from question_bank.kinds import InvalidResponse
from question_bank.kinds.gap_fill import GapFill
from question_bank.problems import sentence
from tests.question_bank.builders import question

KIND = GapFill()
PARTS = ("scoring", "parts")


def written(text, *rows, **changes):
    return KIND.with_rows(question("gap_fill", text=text, key=None, **changes), rows)


@pytest.mark.parametrize(
    ("response", "points"),
    [
        (("Hà Nội", "Hồng"), 1000),
        (("thăng  long", "Hồng"), 1000),
        (("Hà Nội", None), 500),
        (("Hà Nội", "Đà"), 500),
        (("Ha Noi", "Hồng"), 500),
        (("Huế", "Mã"), 0),
    ],
)
def test_accepted_answers_earn_parts_where_that_is_decided(response, points):
    asked = question("gap_fill", settings=(PARTS,))
    assert KIND.mark(asked, response).points == points
    assert KIND.mark(question("gap_fill"), response).points == (1000 if points == 1000 else 0)


@pytest.mark.parametrize(
    ("setting", "typed", "is_right"),
    [("case", "hà nội", False), ("case", "Hà Nội", True), ("unmarked", "ha noi", True), ("unmarked", "há nội", False)],
)
def test_what_counts_as_the_same_is_decided_as_for_a_short_answer(setting, typed, is_right):
    asked = question("gap_fill", settings=((setting, True),))
    assert KIND.is_right(asked, (typed, "Hồng")) is is_right


def test_a_wrong_choice_of_a_list_is_wrong_however_near_what_is_right_may_be_typed():
    asked = written("Tỉnh [[1]].", ("Lạng Sơn", "Lang Sơn | Lạng Son"), settings=(("unmarked", True),))
    assert KIND.problems(asked) == []
    assert KIND.is_right(asked, ("Lạng Sơn",))
    assert not KIND.is_right(asked, ("Lang Sơn",))
    assert KIND.right_parts(asked, (), ("Lạng Son",)) == (False,)


def test_a_list_holds_right_and_wrong_in_the_order_of_the_alphabet():
    typed, chosen = KIND.controls(question("gap_fill"), ())
    assert (typed.widget, typed.choices, typed.label.vi) == ("text", (), "Chỗ trống 1")
    assert chosen.widget == "select"
    assert [choice.text for choice in chosen.choices] == ["Hồng", "Mã", "Đà"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (["Hà Nội", "hồng"], "unknown_option"),
        (["a" * 201, "Hồng"], "too_long"),
        ([True, "Hồng"], "wrong_type"),
        (["Hà Nội", 1], "wrong_type"),
    ],
)
def test_rubbish_is_refused(raw, code):
    with pytest.raises(InvalidResponse) as raised:
        KIND.from_paper(question("gap_fill"), (), raw)
    assert raised.value.code == code


def test_spaces_are_no_answer_and_the_longest_is_read():
    asked = question("gap_fill")
    assert KIND.from_paper(asked, (), ["  ", "Hồng"]) == (None, "Hồng")
    assert KIND.from_paper(asked, (), [" ", None]) is None
    assert KIND.from_paper(asked, (), [" " + "a" * 200, None]) == ("a" * 200, None)


@pytest.mark.parametrize(
    ("text", "rows", "problems"),
    [
        ("[[2]] rồi [[1]]", [("a", ""), ("b", "")], []),
        ("[[1]]", [("a|b | c", "d|e")], []),
        ("[[1]]", [("a", ""), ("b", "")], [("gap_unwritten", "text")]),
        ("[[1]] [[2]]", [("a", "")], [("gap_unknown", "key")]),
        ("[[1]] [[0]] [[11]]", [("a", "")], [("gap_unknown", "key")] * 2),
        ("[[1]] [[1]]", [("a", "")], [("gap_repeated", "text")]),
        ("[[1]] [[2]]", [("a", ""), (" | ", "x")], [("gap_empty", "key.1")]),
        ("[[1]] [[2]]", [("", ""), ("b", "")], [("gap_empty", "key.0")]),
        ("[[1]]", [("a|\u200b", "")], [("gap_empty", "key.0")]),
        ("`[[1]]`", [("a", "")], [("gap_unwritten", "text")]),
        ("[[1]] và `[[2]]`", [("a", "")], []),
        ("[[1]]", [("a | A", "")], [("gap_answer_repeated", "key.0")]),
        ("[[1]]", [("a", "b | a.")], [("gap_answer_repeated", "key.0")]),
        ("[[1]]", [("a", "b" * 201)], [("too_long", "wrong.0")]),
        ("[[1]]", [("a" * 200, "b\x07")], [("control_character", "wrong.0")]),
        ("Không có chỗ trống", [], [("gaps_missing", "key")]),
        ("[[1]]", [("a", "")] * 11, [("gaps_missing", "key")]),
    ],
)
def test_each_gap_has_its_row_and_each_row_its_gap(text, rows, problems):
    found = KIND.problems(written(text, *rows))
    assert [(problem.code, problem.field) for problem in found] == problems
    assert all(sentence(problem.code, problem.values) for problem in found)


@pytest.mark.parametrize("key", [None, "a", ("a",), (("a", "b", "c"),), (("a",), ("b",))])
def test_a_key_of_another_kind_is_none(key):
    assert KIND.problems(question("gap_fill", key=key)) != []
    assert KIND.mark(question("gap_fill", key=key), None).points == 0


def test_the_key_in_words_numbers_the_gaps():
    assert KIND.key_words(question("gap_fill"), "vi") == "(1) Hà Nội hoặc Thăng Long; (2) Hồng"
