import pytest

from question_bank.kinds import InvalidResponse
from question_bank.kinds.matching import Matching
from tests.question_bank.builders import options, question

KIND = Matching()
ORDER = (2, 0, 1)


def written(*rows):
    return KIND.with_rows(question("matching", options=(), key=None), rows)


def test_a_paper_letters_the_right_sides_in_its_own_order():
    asked = question("matching")
    controls = KIND.controls(asked, ORDER)
    assert [control.label for control in controls] == ["Việt Nam", "Lào", "Thái Lan"]
    assert [(choice.value, choice.text) for choice in controls[0].choices] == [
        ("a", "Đà Nẵng"),
        ("b", "Huế"),
        ("c", "Hà Nội"),
    ]
    assert KIND.from_paper(asked, ORDER, ["c", None, "a"]) == ("b", None, "c")


def test_the_key_has_the_letters_of_the_preview():
    asked = question("matching")
    choices = KIND.controls(asked, KIND.preview_order(asked))[0].choices
    assert [each.text for each in choices] == ["Đà Nẵng", "Hà Nội", "Huế"]
    assert KIND.key_words(asked, "vi") == "Việt Nam: B. Hà Nội; Lào: C. Huế; Thái Lan: A. Đà Nẵng"


@pytest.mark.parametrize(
    ("raw", "code"),
    [(["a", "b", "d"], "unknown_option"), (["a", "b", ""], "unknown_option"), (["a", "b", True], "wrong_type")],
)
def test_rubbish_is_refused(raw, code):
    with pytest.raises(InvalidResponse) as raised:
        KIND.from_paper(question("matching"), ORDER, raw)
    assert raised.value.code == code


def test_a_right_side_may_belong_to_two_left_sides_and_equal_ones_are_one_option():
    asked = written(("Hà Nội", "Việt Nam"), ("", "Lào"), ("Huế", " VIỆT  NAM "), ("Bangkok", "Thái Lan"))
    assert [option.text for option in asked.options] == ["Việt Nam", "Lào", "Thái Lan"]
    assert (asked.items, asked.key) == (("Hà Nội", "Huế", "Bangkok"), ("a", "a", "c"))
    assert KIND.problems(asked) == []
    assert KIND.rows(asked)[-1] == ("", "Lào"), "what belongs to nothing comes last"


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ([("A", "1"), ("B", "")], [("options_few", {"least": 2}), ("match_missing", {"item": "B"})]),
        ([("A", "1"), ("B", "1")], [("options_few", {"least": 2})]),
        ([("A", "1"), ("", "2")], [("rows_few", {"least": 2})]),
        ([("A", "1"), ("a ", "2")], [("row_repeated", {"row": "2", "other": "1"})]),
        ([("A", "1"), ("", ""), ("B", "2")], []),
    ],
)
def test_each_left_side_is_one_and_has_what_belongs_to_it(rows, problems):
    assert [(problem.code, problem.values) for problem in KIND.problems(written(*rows))] == problems


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"key": None}, ["matches_missing"]),
        ({"key": ("a", "b")}, ["matches_missing"]),
        ({"key": ("a", "b", "x")}, ["match_missing"]),
        ({"key": ("a", "b", ("c",))}, ["match_missing"]),
        ({"items": ("Việt Nam", "", "Lào")}, ["row_empty"]),
        ({"options": options("Huế", "Hà Nội", "")}, ["option_empty"]),
    ],
)
def test_what_a_file_may_hold_is_checked_too(changes, codes):
    assert [problem.code for problem in KIND.problems(question("matching", **changes))] == codes


@pytest.mark.parametrize(("count", "codes"), [(2, []), (10, []), (11, ["rows_many"])])
def test_two_to_ten_pairs(count, codes):
    asked = question("matching", items=tuple(f"Vế {n}" for n in range(count)), key=("a",) * count)
    assert [problem.code for problem in KIND.problems(asked)] == codes
