import pytest

from question_bank.lint import remarks_on_bank
from tests.question_bank.builders import options, question

FOUR = options("Huế", "Hà Nội", "Đà Nẵng", "Cần Thơ")


def choices(**counts):
    return [
        question(options=FOUR, key=key, lock_order=number % 2 == 0)
        for key, count in counts.items()
        for number in range(count)
    ]


def statements(true, false):
    return [question("true_false", key=True)] * true + [question("true_false", key=False)] * false


def remarks(questions):
    return [(remark.code, remark.values) for remark in remarks_on_bank(questions)]


def codes(questions):
    return [code for code, _ in remarks(questions)]


@pytest.mark.parametrize(
    ("counts", "letters"),
    [
        ({"a": 5, "b": 5, "c": 5, "d": 5}, ""),
        ({"a": 9, "b": 4, "c": 4, "d": 3}, ""),
        ({"a": 10, "b": 4, "c": 3, "d": 3}, "A"),
        ({"a": 10, "b": 3, "c": 3, "d": 3}, ""),  # 19 questions say nothing
        ({"a": 14, "b": 13, "c": 13, "d": 0}, "D"),
    ],
)
def test_keys_that_stand_in_one_place_too_often_or_never_are_told(counts, letters):
    found = [values["letter"] for code, values in remarks(choices(**counts)) if code == "key_positions_uneven"]
    assert found == list(letters)


def test_it_is_told_for_how_many_questions_it_matters():
    [remark] = remarks_on_bank(choices(a=10, b=4, c=3, d=3))
    assert remark.values == {"letter": "A", "count": 10, "total": 20, "options": 4, "even": 5, "locked": 11}
    assert "11 câu giữ nguyên thứ tự" in remark.sentence()


def test_where_no_question_keeps_its_order_only_print_matters():
    [remark] = remarks_on_bank([question(options=FOUR, key=key) for key in "a" * 10 + "b" * 4 + "cd" * 3])
    assert (remark.code, remark.values["locked"]) == ("key_positions_uneven_in_print", 0)
    assert "chỉ quan trọng khi in" in remark.sentence()


def test_questions_with_other_numbers_of_options_are_counted_apart():
    three = [question(options=FOUR[:3], key="a")] * 19
    assert codes(choices(a=5, b=5, c=5, d=5) + three) == []
    found = remarks(choices(a=5, b=5, c=5, d=5) + three + three[:1])
    assert [(values["options"], values["letter"], values["count"]) for _, values in found] == [
        (3, "A", 20),
        (3, "B", 0),
        (3, "C", 0),
    ]


def test_several_right_options_have_no_place():
    assert codes([question("multiple", options=FOUR, key=("a", "b"))] * 40) == []


@pytest.mark.parametrize(
    ("true", "false", "is_seen"),
    [
        (5, 5, False),
        (8, 2, False),
        (9, 1, True),
        (1, 9, True),
        (2, 8, False),
        (9, 0, False),
        (63, 37, True),
        (62, 38, False),
    ],
)
def test_true_and_false_should_be_balanced(true, false, is_seen):
    assert codes(statements(true, false)) == (["true_share_uneven"] if is_seen else [])


def test_tones_in_two_places_are_told_with_how_often():
    bank = [question(text="Hoà giải ở cơ sở?"), question(text="Hòa giải viên là ai?"), question(text="Hòa bình?")]
    [remark] = remarks_on_bank(bank)
    assert (remark.code, remark.severity) == ("tones_mixed", "mild")
    assert remark.values == {"pairs": "hoà (1)/hòa (2)"}


def test_one_way_of_writing_tones_is_fine():
    assert codes([question(text="Hòa giải, thủy lợi, hoàn toàn?"), question(text="Quý khách?")]) == []
