"""Several options, one or more of which are right; all of them and no other must be chosen."""

from collections.abc import Mapping

from question_bank.kinds.kind import InvalidResponse, Kind, register
from question_bank.kinds.options import key_problems, option_problems, renamed_option
from question_bank.problems import Problem
from question_bank.question import Question, Value


class MultipleChoice(Kind):
    """The key and a response are option ids; a response keeps the question's order."""

    code = "multiple"

    def read_response(self, question: Question, raw: object) -> Value:
        """Return the ids of the chosen options in the question's order."""
        if raw is None:
            return None
        chosen = _strings(raw)
        ids = self.option_ids(question)
        if not set(chosen) <= set(ids):
            raise InvalidResponse("unknown_option")
        # Unticking the last box is the same as never having answered.
        return tuple(id_ for id_ in ids if id_ in chosen) or None

    def renamed(self, raw: object, names: Mapping[str, str]) -> object:
        """Return the other names of the chosen options, sorted."""
        if raw is None:
            return None
        return tuple(sorted(renamed_option(item, names) for item in _strings(raw)))

    def is_right(self, question: Question, response: Value) -> bool:
        """Say whether all right options were chosen, and no other."""
        return isinstance(response, tuple) and isinstance(question.key, tuple) and set(response) == set(question.key)

    def problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the options and the right ones among them."""
        return option_problems(question) + _key_problems(question)


def _key_problems(question: Question) -> list[Problem]:
    key = question.key
    if not key:
        return [Problem("key_missing", "key")]
    if not isinstance(key, tuple):
        return [Problem("key_not_options", "key")]
    return key_problems(question, key)


def _strings(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list | tuple) or not all(isinstance(item, str) for item in raw):
        raise InvalidResponse("wrong_type")
    if len(set(raw)) < len(raw):
        raise InvalidResponse("repeated_option")
    return tuple(raw)


register(MultipleChoice())
