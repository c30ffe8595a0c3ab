"""A statement that is true or false."""

from collections.abc import Sequence

from question_bank.controls import Choice, Control, Reply, Widget
from question_bank.editing import Cell, Column, Row, Table
from question_bank.kinds.kind import Filled, InvalidResponse, Kind, register
from question_bank.problems import Problem
from question_bank.question import Question, Value
from question_bank.words import FALSE, TRUE, Words

TRUE_FALSE_CHOICES = (Choice("true", Words("Đ", "T"), TRUE), Choice("false", Words("S", "F"), FALSE))
TRUTHS: dict[str, bool] = {"true": True, "false": False}


def truth_word(value: object) -> str:
    """Return what stands in a cell for true or false; empty for anything else."""
    return str(value).lower() if isinstance(value, bool) else ""


class TrueFalse(Kind):
    """The key and a response are true or false; there are no options to reorder."""

    code = "true_false"
    name = Words("Đúng/Sai", "True or false")
    reply = Reply.FLAG
    table = Table(
        (Column("key", Words("Mệnh đề này", "This statement is"), Cell.TRUE_FALSE),),
        Words("Mệnh đề ở trên đúng hay sai?", "Is the statement above true?"),
        least=1,
        most=1,
    )

    example = Question("true_false", "Một tuần có bảy ngày.", (), True, "Kiến thức chung", 1, "", "Ví dụ minh họa")

    def controls(self, question: Question, order: Sequence[int]) -> tuple[Control, ...]:  # noqa: ARG002
        """Return true and false, always in the same order."""
        return (Control(Widget.RADIO, choices=TRUE_FALSE_CHOICES),)

    def from_paper(self, question: Question, order: Sequence[int], raw: object) -> Value:  # noqa: ARG002
        """Return true or false."""
        if raw is not None and not isinstance(raw, bool):
            raise InvalidResponse("wrong_type")
        return raw

    def model_response(self, question: Question) -> Value:
        """Return the right judgement."""
        return question.key

    def is_right(self, question: Question, response: Value) -> bool:
        """Say whether the statement was judged rightly; 1 is not true."""
        return response is question.key

    def problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the key, and options that should not be there."""
        problems: list[Problem] = []
        if question.options:
            problems.append(Problem("options_unwanted", "options"))
        if question.key is None:
            problems.append(Problem("key_missing", "key"))
        elif not isinstance(question.key, bool):
            problems.append(Problem("key_not_true_false", "key"))
        return problems

    def rows(self, question: Question) -> tuple[Row, ...]:
        """Return the one row: true or false."""
        return ((truth_word(question.key),),)

    def from_rows(self, rows: Sequence[Row]) -> Filled:
        """Return this judgement as the key."""
        return Filled(key=TRUTHS.get(rows[0][0]) if rows else None)


register(TrueFalse())
