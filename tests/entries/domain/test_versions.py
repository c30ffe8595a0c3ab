import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contest.entries.domain.limits import AnswerForm
from contest.entries.domain.versions import Answer, Handed, counting_version, receipt_of_version, version_digest

ANSWERS = [Answer(1, AnswerForm.TEXT, "Bài viết", ""), Answer(2, AnswerForm.VIDEO, "", "f" * 64)]
AT = datetime(2026, 7, 15, 3, 0, 0, 123456, tzinfo=UTC)
RECEIPT: dict[str, Any] = {"key": b"k", "entry": "E", "number": 1, "digest": "d", "handed_in_at": AT}


GOOD, REFUSED, WITHDRAWN = {}, {"is_refused": True}, {"is_withdrawn": True}


@pytest.mark.parametrize(
    ("handed", "counts"),
    [
        ([], None),
        ([GOOD], 1),
        ([GOOD, GOOD], 2),
        ([GOOD, REFUSED], 1),
        ([GOOD, REFUSED, REFUSED], 1),
        ([GOOD, REFUSED, GOOD], 3),
        ([REFUSED], 1),
        ([REFUSED, REFUSED], 2),
        ([GOOD, WITHDRAWN], None),
        ([GOOD, WITHDRAWN, REFUSED], 3),
        ([GOOD, WITHDRAWN, GOOD, REFUSED], 3),
    ],
)
def test_the_last_version_in_order_since_the_last_withdrawal_counts(
    handed: list[dict[str, bool]], counts: int | None
) -> None:
    versions = [Handed(number, **each) for number, each in enumerate(handed, start=1)]
    assert counting_version(versions[::-1]) == counts


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
