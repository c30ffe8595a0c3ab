import pytest

from contest.questions.domain import changed_fields, taken
from tests.question_bank.builders import options, question


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, set()),
        ({"text": "Khác?"}, {"text"}),
        ({"options": options("Huế", "Vinh", "Đà Nẵng"), "key": "c"}, {"options", "key"}),
        ({"difficulty": 3, "tags": ("mới",)}, {"difficulty", "tags"}),
    ],
)
def test_changed_fields(changes: dict[str, object], expected: set[str]) -> None:
    assert changed_fields(question(), question(**changes)) == expected


def test_codes_clash_whatever_their_case_and_spaces() -> None:
    assert taken(["att-01", "ATT  2", "B"], ["ATT-01", "att 2"]) == ["att-01", "ATT  2"]
