"""Several options, one or more of which are right."""

from collections.abc import Sequence

from question_bank.controls import Control, Reply, Widget
from question_bank.editing import Cell, Column, Row, Setting, Table
from question_bank.kinds.kind import NOTHING, Filled, InvalidResponse, Kind, Mark, register
from question_bank.kinds.options import (
    OPTION_COLUMN,
    ids_of,
    key_problems,
    letter_of,
    lettered,
    marked_options,
    named,
    option_problems,
    options_of,
    rows_with_marks,
)
from question_bank.problems import Problem
from question_bank.question import Question, Value
from question_bank.words import Words

ALL, PARTIAL, PENALTY = "all", "partial", "penalty"
_TOLD = {
    ALL: Words("Chọn đủ và không thừa mới được điểm.", "All of them and no other, else nothing."),
    PARTIAL: Words(
        "Mỗi phương án đúng được một phần điểm; chọn nhiều phương án hơn số phương án đúng thì không được điểm.",
        "Each right option earns a part of the points; choosing more options than are right earns nothing.",
    ),
    PENALTY: Words(
        "Mỗi phương án đúng được một phần điểm, mỗi phương án sai bị trừ một phần; không dưới 0 điểm.",
        "Each right option earns a part of the points, each wrong one takes a part off; never below zero.",
    ),
}


class MultipleChoice(Kind):
    """The key and a response are option ids; a response keeps the question's order."""

    code = "multiple"
    name = Words("Nhiều đáp án", "Multiple choice")
    hint = Words("Chọn tất cả các phương án đúng.", "Choose every right option.")
    reply = Reply.LIST
    table = Table(
        (Column("key", Words("Đúng", "Right"), Cell.RIGHT_MANY), OPTION_COLUMN),
        Words("Đánh dấu chữ cái của tất cả các phương án đúng.", "Tick the letters of all right options."),
    )
    settings = (
        Setting(
            "scoring",
            Words("Cách tính điểm", "Scoring"),
            ALL,
            (
                (ALL, Words("Đủ và đúng tất cả mới được điểm", "All right options and no other, else nothing")),
                (PARTIAL, Words("Điểm từng phần theo số phương án đúng đã chọn", "A part for each right option")),
                (
                    PENALTY,
                    Words(
                        "Điểm từng phần, mỗi phương án sai trừ đi một phần (không dưới 0)",
                        "A part for each right option, less one for each wrong (never below zero)",
                    ),
                ),
            ),
        ),
    )
    has_order = True

    example = Question(
        "multiple",
        "Những số nào sau đây là số chẵn?",
        options_of(["2", "5", "8"]),
        ("a", "c"),
        "Kiến thức chung",
        2,
        "Số chẵn là số chia hết cho 2.",
        "Ví dụ minh họa",
        lock_order=True,
    )

    def controls(self, question: Question, order: Sequence[int]) -> tuple[Control, ...]:
        """Return any number of choices among the options."""
        return (Control(Widget.CHECKBOX, choices=lettered(question, order)),)

    def from_paper(self, question: Question, order: Sequence[int], raw: object) -> Value:
        """Return the ids of the chosen options in the question's order."""
        if raw is None:
            return None
        if not isinstance(raw, list | tuple):
            raise InvalidResponse("wrong_type")
        names = ids_of(question, order)
        chosen = {named(item, names) for item in raw}
        if len(chosen) < len(raw):
            raise InvalidResponse("repeated_option")
        # Unticking the last box is the same as never having answered.
        return tuple(id_ for id_ in self.option_ids(question) if id_ in chosen) or None

    def to_paper(self, question: Question, order: Sequence[int], response: Value) -> object:
        """Return the letters of the chosen options, sorted."""
        letters = letter_of(question, order)
        return sorted(named(id_, letters) for id_ in response) if isinstance(response, tuple) else None

    def model_response(self, question: Question) -> Value:
        """Return the right options in the question's order."""
        key = question.key if isinstance(question.key, tuple) else ()
        return tuple(id_ for id_ in self.option_ids(question) if id_ in key)

    def scoring(self, question: Question) -> Words | None:
        """Return what is decided."""
        return _TOLD.get(str(self.setting(question, "scoring")))

    def mark(self, question: Question, response: Value) -> Mark:
        """Mark by what is decided: all or nothing, or a part of the points for each right option.

        With r of n right and w wrong options chosen the part is r/n, or 0 as soon as more options are chosen than
        are right (else ticking everything would earn all); with a penalty it is (r - w)/n, never below 0. Rounded
        down to 1/1000 point.
        """
        if not isinstance(response, tuple):
            return NOTHING
        right = self.model_response(question)
        scoring = self.setting(question, "scoring")
        if response == right:
            return Mark(question.points, is_right=True)
        if scoring == ALL or not isinstance(right, tuple) or not right:
            return NOTHING
        hits = sum(id_ in right for id_ in response)
        misses = len(response) - hits
        earned = hits - misses if scoring == PENALTY else hits if len(response) <= len(right) else 0
        return Mark(question.points * max(earned, 0) // len(right), is_right=False)

    def problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the options and the right ones among them."""
        return option_problems(question) + _key_problems(question)

    def rows(self, question: Question) -> tuple[Row, ...]:
        """Return a row for each option."""
        return rows_with_marks(question)

    def from_rows(self, rows: Sequence[Row]) -> Filled:
        """Return the options and the key."""
        return marked_options(rows)


def _key_problems(question: Question) -> list[Problem]:
    key = question.key
    if not key:
        return [Problem("key_missing", "key")]
    if not isinstance(key, tuple):
        return [Problem("key_not_options", "key")]
    return key_problems(question, key)


register(MultipleChoice())
