"""Responses as a paper writes them: options go by letters in the order drawn."""

from collections.abc import Sequence

from question_bank.kinds import kind_of
from question_bank.kinds.options import LETTERS
from question_bank.question import Option, Question, Value


def options_shown(question: Question, order: Sequence[int]) -> tuple[tuple[str, Option], ...]:
    """Return each letter and its option as the paper shows them."""
    return tuple((LETTERS[place], question.options[index]) for place, index in enumerate(_checked(question, order)))


def from_paper(question: Question, order: Sequence[int], raw: object) -> Value:
    """Return the response by option ids, given the letters of a paper.

    `order` is the slot's: the option at place 0 is `question.options[order[0]]`.
    Raises InvalidResponse.
    """
    kind = kind_of(question.kind)
    ids = {letter: option.id for letter, option in options_shown(question, order)}
    return kind.read_response(question, kind.renamed(raw, ids))


def to_paper(question: Question, order: Sequence[int], response: Value) -> object:
    """Return a stored response in the letters of a paper, ready for JSON.

    Raises InvalidResponse.
    """
    letters = {option.id: letter for letter, option in options_shown(question, order)}
    return kind_of(question.kind).renamed(response, letters)


def _checked(question: Question, order: Sequence[int]) -> Sequence[int]:
    count = len(kind_of(question.kind).option_ids(question))
    if sorted(order) != list(range(count)):
        raise ValueError(f"no order of {count} options: {order}")
    return order
