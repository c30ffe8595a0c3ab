"""A statement that is true or false."""

from collections.abc import Mapping

from question_bank.kinds.kind import InvalidResponse, Kind, register
from question_bank.problems import Problem
from question_bank.question import Question, Value


class TrueFalse(Kind):
    """The key and a response are true or false; there are no options to reorder."""

    code = "true_false"

    def option_ids(self, question: Question) -> tuple[str, ...]:  # noqa: ARG002
        """Return nothing: true and false always stand in the same order."""
        return ()

    def read_response(self, question: Question, raw: object) -> Value:  # noqa: ARG002
        """Return true or false."""
        if raw is not None and not isinstance(raw, bool):
            raise InvalidResponse("wrong_type")
        return raw

    def renamed(self, raw: object, names: Mapping[str, str]) -> object:  # noqa: ARG002
        """Return the response itself: it names no option."""
        return raw

    def is_right(self, question: Question, response: Value) -> bool:
        """Say whether the statement was judged rightly."""
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


register(TrueFalse())
