"""The report on a file of questions: what its uploader reads before deciding, fit for a JSON column."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from question_bank.formats import Fault, Import, Parsed
from question_bank.markup import plain

MOST_SHOWN = 200
"""Of each list of a report."""

MOST_WORDS = 80
TOLD_ONCE = "explanation_missing"
"""The remark that may be about every question of a file: it is told once, with the codes of all."""

Point: TypeAlias = tuple[Parsed, dict[str, Any]]
"""Something to look at again in a question of the file."""


def fault_rows(found: Import, faults: Sequence[Fault]) -> list[dict[str, Any]]:
    """The first faults or guesses, each with its question."""
    items = {item.row: item for item in found.questions}
    return [
        {"place": fault.cell, "code": fault.code, "values": dict(fault.values)}
        | (_about(items[fault.row]) if fault.row in items else {})
        for fault in faults[:MOST_SHOWN]
    ]


def point_rows(points: Sequence[Point]) -> dict[str, Any]:
    """What to look at again: the first remarks one by one, what is told once at the end, and how many rows that is."""
    single = [_about(item) | point for item, point in points if point["code"] != TOLD_ONCE]
    codes = [item.code for item, point in points if point["code"] == TOLD_ONCE]
    once = [{"code": TOLD_ONCE, "field": "explanation", "values": {}, "questions": codes}] if codes else []
    return {"points": [*single[:MOST_SHOWN], *once], "point_count": len(single) + len(once)}


def _about(item: Parsed) -> dict[str, Any]:
    return {"question": item.code, "words": plain(item.question.text)[:MOST_WORDS]}
