"""What the kinds with several parts share: each part is right or wrong by itself."""

from collections.abc import Sequence
from typing import ClassVar

from question_bank.controls import Reply
from question_bank.editing import Setting, Table
from question_bank.kinds.kind import NOTHING, InvalidResponse, Kind, Mark
from question_bank.problems import Problem
from question_bank.question import Option, Question, Value
from question_bank.text import fold
from question_bank.words import Words

LEAST_PARTS = 2
ALL, PARTS = "all", "parts"
ALL_OR_NOTHING = (ALL, Words("Đúng tất cả các phần mới được điểm", "All parts right, else nothing"))
EQUAL_PARTS = (PARTS, Words("Mỗi phần đúng được số điểm bằng nhau", "An equal part of the points for each right part"))
SCORING = Setting("scoring", Words("Cách tính điểm", "Scoring"), ALL, (ALL_OR_NOTHING, EQUAL_PARTS))
_TOLD = {
    ALL: Words("Đúng tất cả các phần mới được điểm.", "All parts right, else nothing."),
    PARTS: Words("Mỗi phần đúng được số điểm bằng nhau.", "Each right part earns an equal part of the points."),
}
UNFINISHED = Words("còn phần chưa trả lời", "some parts are not answered")
ROW_SENTENCES = {
    "rows_few": ("Cần ít nhất {least} dòng.", "At least {least} rows are needed."),
    "rows_many": ("Chỉ được có tối đa {most} dòng.", "At most {most} rows are allowed."),
    "row_empty": ("Dòng {row} chưa có nội dung.", "Row {row} has no text."),
    "row_repeated": ("Dòng {row} trùng với dòng {other}.", "Row {row} is the same as row {other}."),
}


class KindWithParts(Kind):
    """A kind whose response is a tuple with one value, or None, for each part."""

    reply = Reply.EACH
    settings: ClassVar[tuple[Setting, ...]] = (SCORING,)

    def is_right(self, question: Question, response: Value) -> bool:
        """Say whether every part is right."""
        return all(self._judged(question, response))

    def scoring(self, question: Question) -> Words | None:
        """Return what is decided."""
        return _TOLD.get(str(self.setting(question, "scoring")))

    def mark(self, question: Question, response: Value) -> Mark:
        """Mark by what is decided: all or nothing, or the same part of the points for each right part.

        Unanswered is not right. Rounded down to 1/1000 point.
        """
        if response is None:
            return NOTHING
        right = self._judged(question, response)
        if all(right):
            return Mark(question.points, is_right=True)
        return Mark(self.points_for(question, sum(right), len(right)), is_right=False)

    def points_for(self, question: Question, hits: int, count: int) -> int:
        """Return what some, but not all, right parts of a question earn, in 1/1000 point."""
        return question.points * hits // count if self.setting(question, "scoring") == PARTS else 0

    def remark(self, question: Question, response: Value) -> Words | None:  # noqa: ARG002
        """Return that parts are unanswered."""
        return UNFINISHED if isinstance(response, tuple) and None in response else None

    def _judged(self, question: Question, response: Value) -> tuple[bool, ...]:
        return self.right_parts(question, range(len(self.option_ids(question))), response)


def each_of(raw: object, count: int) -> tuple[object, ...]:
    """Return what was given for each of `count` parts. Raises InvalidResponse."""
    if not isinstance(raw, list | tuple) or len(raw) != count:
        raise InvalidResponse("wrong_type")
    return tuple(raw)


def unless_empty(response: tuple[Value, ...]) -> Value:
    """Return the response; emptying the last part is the same as never having answered."""
    return response if any(value is not None for value in response) else None


def as_written(order: Sequence[int], given: Sequence[object]) -> tuple[object, ...]:
    """Return what stands in the order of a paper in the order of the question."""
    by_index = dict(zip(order, given, strict=True))
    return tuple(by_index[index] for index in range(len(order)))


def as_drawn(order: Sequence[int], response: Sequence[object]) -> list[object]:
    """Return what stands in the order of the question in the order of a paper."""
    return [response[index] for index in order]


def row_problems(table: Table, field: str, texts: Sequence[str]) -> list[Problem]:
    """Return what is wrong with the texts of a column: their number, empty ones and equal ones."""
    problems: list[Problem] = []
    if len(texts) < LEAST_PARTS:
        problems.append(Problem("rows_few", field, {"least": LEAST_PARTS}))
    if len(texts) > table.most:
        problems.append(Problem("rows_many", field, {"most": table.most}))
    seen: dict[str, str] = {}
    for index, text in enumerate(texts):
        name, folded = table.row_name(index), fold(text)
        if not folded:
            problems.append(Problem("row_empty", f"{field}.{index}", {"row": name}))
        elif folded in seen:
            problems.append(Problem("row_repeated", f"{field}.{index}", {"row": name, "other": seen[folded]}))
        seen.setdefault(folded, name)
    return problems


def id_problems(options: Sequence[Option]) -> list[Problem]:
    """Return which options have no id of their own."""
    ids = [option.id for option in options]
    return [
        Problem("option_id_repeated", f"options.{index}", {"option": index + 1})
        for index, id_ in enumerate(ids)
        if not id_ or id_ in ids[:index]
    ]
