"""A kind of question that the project doesn't have: one file that registers itself, and nothing else."""

from collections.abc import Sequence

from question_bank.controls import Choice, Control, Reply, Widget
from question_bank.editing import Column, Row, Setting, Table
from question_bank.kinds.kind import NOTHING, Filled, InvalidResponse, Kind, Mark, register
from question_bank.problems import Problem
from question_bank.question import Question, Value
from question_bank.words import Words

SIGNS = {"<": Words("bé hơn", "less than"), "=": Words("bằng", "equal to"), ">": Words("lớn hơn", "greater than")}


class Comparison(Kind):
    """Which sign stands between two numbers; equal earns half where that is wished."""

    code = "comparison"
    name = Words("So sánh", "Comparison")
    hint = Words("Chọn dấu thích hợp.", "Choose the sign.")
    reply = Reply.ONE
    table = Table((Column("key", Words("Dấu", "Sign")),), Words("Ghi dấu đúng.", "Write the right sign."), 1, 1)
    settings = (Setting("is_mild", Words("Dấu bằng được nửa điểm", "Half for equal"), default=False),)

    def controls(self, question: Question, order: Sequence[int]) -> tuple[Control, ...]:
        """Return a list of the signs."""
        return (Control(Widget.SELECT, choices=tuple(Choice(sign, "", words) for sign, words in SIGNS.items())),)

    def from_paper(self, question: Question, order: Sequence[int], raw: object) -> Value:
        """Return the sign."""
        if raw is None or (isinstance(raw, str) and raw in SIGNS):
            return raw
        raise InvalidResponse("unknown_option")

    def model_response(self, question: Question) -> Value:
        """Return the right sign."""
        return question.key

    def mark(self, question: Question, response: Value) -> Mark:
        """Mark mildly where that is decided."""
        if response == "=" != question.key and self.setting(question, "is_mild"):
            return Mark(question.points // 2, is_right=False)
        return super().mark(question, response) if response else NOTHING

    def problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the sign."""
        return [] if question.key in SIGNS else [Problem("key_missing", "key")]

    def rows(self, question: Question) -> tuple[Row, ...]:
        """Return the sign."""
        return ((str(question.key or ""),),)

    def from_rows(self, rows: Sequence[Row]) -> Filled:
        """Return this sign as the key."""
        return Filled(key=rows[0][0] if rows else None)


register(Comparison())
