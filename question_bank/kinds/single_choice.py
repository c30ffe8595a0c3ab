"""Several options, exactly one of which is right."""

from collections.abc import Sequence

from question_bank.controls import Control, Reply, Widget
from question_bank.editing import Cell, Column, Row, Table
from question_bank.kinds.kind import Filled, Kind, register
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


class SingleChoice(Kind):
    """The key and a response are one option id."""

    code = "single"
    name = Words("Một đáp án", "Single choice")
    reply = Reply.ONE
    table = Table(
        (Column("key", Words("Đúng", "Right"), Cell.RIGHT_ONE), OPTION_COLUMN),
        Words("Chọn chữ cái của phương án đúng.", "Choose the letter of the right option."),
    )
    has_order = True

    example = Question(
        "single",
        "Một giờ có bao nhiêu phút?",
        options_of(["30 phút", "60 phút", "90 phút", "100 phút"]),
        "b",
        "Kiến thức chung",
        1,
        "Một giờ bằng 60 phút.",
        "Ví dụ minh họa",
    )

    def controls(self, question: Question, order: Sequence[int]) -> tuple[Control, ...]:
        """Return one choice among the options."""
        return (Control(Widget.RADIO, choices=lettered(question, order)),)

    def from_paper(self, question: Question, order: Sequence[int], raw: object) -> Value:
        """Return the id of the option with this letter."""
        return None if raw is None else named(raw, ids_of(question, order))

    def to_paper(self, question: Question, order: Sequence[int], response: Value) -> object:
        """Return the letter of the chosen option."""
        return None if response is None else named(response, letter_of(question, order))

    def model_response(self, question: Question) -> Value:
        """Return the right option."""
        return question.key

    def problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the options and the one right of them."""
        return option_problems(question) + _key_problems(question)

    def rows(self, question: Question) -> tuple[Row, ...]:
        """Return a row for each option."""
        return rows_with_marks(question)

    def from_rows(self, rows: Sequence[Row]) -> Filled:
        """Return the options and the key; two that are marked stay two, for `problems` to tell."""
        return marked_options(rows, is_one=True)


def _key_problems(question: Question) -> list[Problem]:
    key = question.key
    if isinstance(key, tuple) and len(key) > 1:
        return [Problem("key_several", "key")]
    if not key:
        return [Problem("key_missing", "key")]
    if not isinstance(key, str):
        return [Problem("key_not_options", "key")]
    return key_problems(question, (key,))


register(SingleChoice())
