import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contest.entries.domain.limits import AnswerForm
from contest.entries.domain.versions import Answer, receipt_of_version, version_digest

ANSWERS = [Answer(1, AnswerForm.TEXT, "Bài viết", ""), Answer(2, AnswerForm.VIDEO, "", "f" * 64)]
AT = datetime(2026, 7, 15, 3, 0, 0, 123456, tzinfo=UTC)
RECEIPT: dict[str, Any] = {"key": b"k", "entry": "E", "number": 1, "digest": "d", "handed_in_at": AT}


def test_the_digest_is_that_of_the_content_in_order_of_questions() -> None:
    assert version_digest(7, ANSWERS) == version_digest(7, ANSWERS[::-1])
    assert re.fullmatch("[0-9a-f]{64}", version_digest(7, ANSWERS))


@pytest.mark.parametrize(
    ("prompt", "answers"),
    [
        (8, ANSWERS),
        (7, ANSWERS[:1]),
        (7, [Answer(1, AnswerForm.TEXT, "Bài viết ", ""), ANSWERS[1]]),
        (7, [ANSWERS[0], Answer(2, AnswerForm.AUDIO, "", "f" * 64)]),
        (7, [ANSWERS[0], Answer(2, AnswerForm.VIDEO, "", "e" * 64)]),
    ],
)
def test_other_content_has_another_digest(prompt: int, answers: list[Answer]) -> None:
    assert version_digest(prompt, answers) != version_digest(7, ANSWERS)


@pytest.mark.parametrize(
    "change",
    [{"key": b"K"}, {"entry": "F"}, {"number": 2}, {"digest": "e"}, {"handed_in_at": AT + timedelta(microseconds=1)}],
)
def test_a_receipt_holds_for_exactly_one_version_and_moment(change: dict[str, Any]) -> None:
    assert re.fullmatch(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}", receipt_of_version(**RECEIPT))
    assert receipt_of_version(**{**RECEIPT, **change}) != receipt_of_version(**RECEIPT)
