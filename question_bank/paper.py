"""Responses as a paper writes them: options go by letters in the order drawn."""

from collections.abc import Sequence

from question_bank.controls import Control, values_of
from question_bank.kinds import kind_of
from question_bank.question import Question, Value


def controls_shown(question: Question, order: Sequence[int]) -> tuple[Control, ...]:
    """Return what a participant answers with on this paper.

    `order` is the slot's: the option at place 0 is `question.options[order[0]]`.
    """
    return kind_of(question.kind).controls(question, _checked(question, order))


def from_paper(question: Question, order: Sequence[int], raw: object) -> Value:
    """Return the response by option ids, given as a paper writes it. Raises InvalidResponse."""
    return kind_of(question.kind).from_paper(question, _checked(question, order), raw)


def to_paper(question: Question, order: Sequence[int], response: Value) -> object:
    """Return a stored response as the paper writes it, ready for JSON. Raises InvalidResponse."""
    return kind_of(question.kind).to_paper(question, _checked(question, order), response)


def right_values(question: Question, order: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """Return what each control shows in a response that is wholly right."""
    kind = kind_of(question.kind)
    right = to_paper(question, order, kind.model_response(question))
    return values_of(kind.reply, right, len(controls_shown(question, order)))


def _checked(question: Question, order: Sequence[int]) -> Sequence[int]:
    count = len(kind_of(question.kind).option_ids(question))
    if sorted(order) != list(range(count)):
        raise ValueError(f"no order of {count} options: {order}")
    return order
