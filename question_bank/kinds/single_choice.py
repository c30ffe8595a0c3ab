"""Several options, exactly one of which is right."""

from collections.abc import Mapping

from question_bank.kinds.kind import InvalidResponse, Kind, register
from question_bank.kinds.options import key_problems, option_problems, renamed_option
from question_bank.problems import Problem
from question_bank.question import Question, Value


class SingleChoice(Kind):
    """The key and a response are one option id."""

    code = "single"

    def read_response(self, question: Question, raw: object) -> Value:
        """Return the id of the chosen option."""
        if raw is None:
            return None
        if not isinstance(raw, str):
            raise InvalidResponse("wrong_type")
        if raw not in self.option_ids(question):
            raise InvalidResponse("unknown_option")
        return raw

    def renamed(self, raw: object, names: Mapping[str, str]) -> object:
        """Return the other name of the chosen option."""
        return None if raw is None else renamed_option(raw, names)

    def is_right(self, question: Question, response: Value) -> bool:
        """Say whether the chosen option is the key."""
        return response == question.key

    def problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the options and the one right of them."""
        return option_problems(question) + _key_problems(question)


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
