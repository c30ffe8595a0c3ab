"""What the key tells who marks by hand; the parts are those of the machine."""

import pytest

from question_bank.kinds import kind_of
from question_bank.points import points_text
from question_bank.printed.scoring import scoring_rules, scoring_words
from tests.question_bank.builders import question


@pytest.mark.parametrize("kind", ["single", "true_false", "number"])
def test_of_kinds_that_are_right_or_wrong_nothing_is_told(kind):
    assert scoring_words(question(kind)) == ""


def test_the_table_of_statements_stands_in_points_as_the_machine_gives_them():
    asked = question("statements", points=2000)
    given = [(*asked.key[:hits], *(not truth for truth in asked.key[hits:])) for hits in range(1, 5)]
    earned = [points_text(kind_of("statements").mark(asked, response).points) for response in given]
    assert scoring_words(asked).endswith(f"1, 2, 3, 4 ý: {'; '.join(earned)}.")


def test_parts_of_points_are_told_as_decided():
    rules = {
        "all": "Đúng tất cả các phần mới được điểm.",
        "parts": "Mỗi phần đúng được số điểm bằng nhau.",
    }
    for scoring, words in rules.items():
        assert scoring_words(question("matching", settings=(("scoring", scoring),))) == words


def test_it_is_told_what_typed_words_are_forgiven():
    assert scoring_words(question("short_text", settings=(("unmarked", True),))) == (
        "Phân biệt chữ hoa, chữ thường: không. Phân biệt vị trí đặt dấu thanh: không."
        " Chấp nhận câu trả lời gõ thiếu dấu: có."
    )


def test_what_is_told_names_its_questions_on_each_paper():
    ordering, matching, single = question("ordering"), question("matching"), question()
    found = scoring_rules({"101": [single, ordering, matching], "102": [matching, single, ordering]})
    assert found == [("Mã 101: câu 2, 3; mã 102: câu 1, 3", "Đúng tất cả các phần mới được điểm.")]
    assert scoring_rules({"101": [single]}) == []
