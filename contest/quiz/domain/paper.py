"""A paper as its page shows it: texts, options under their letters, and what is answered. Never a key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contest.quiz.domain.marking import PaperSlot
from question_bank.kinds import InvalidResponse
from question_bank.paper import from_paper, options_shown, to_paper
from question_bank.question import Question


@dataclass(frozen=True, slots=True)
class ShownOption:
    """One option: the letter is its id on this paper only."""

    letter: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One slot of the paper."""

    slot: str
    kind: str
    topic: str
    text: str
    options: tuple[ShownOption, ...]
    response: Any

    @property
    def chosen(self) -> frozenset[str]:
        """The values of the controls that are chosen: letters, or "true" and "false"."""
        return _letters(self.response)

    @property
    def is_answered(self) -> bool:
        """Whether an answer of this slot counts so far."""
        return self.response is not None


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    """One slot after the key may be shown: what was answered, what is right and why."""

    shown: ShownQuestion
    right: frozenset[str]
    is_right: bool
    explanation: str
    source: str


def shown_paper(
    paper: tuple[PaperSlot, ...], questions: Mapping[int, Question], responses: Mapping[str, Any]
) -> list[ShownQuestion]:
    """Every slot in order with the answer that counts so far."""
    return [
        _shown(str(number), slot, questions[slot.revision_id], responses.get(str(number)))
        for number, slot in enumerate(paper, start=1)
    ]


def reviewed_paper(
    paper: tuple[PaperSlot, ...], questions: Mapping[int, Question], marks: list[list[Any]]
) -> list[ReviewedQuestion]:
    """Every slot with its mark and its key. Only for after the rules have released the keys."""
    reviewed = []
    for number, (slot, (_revision_id, response, _points, is_right)) in enumerate(
        zip(paper, marks, strict=True), start=1
    ):
        question = questions[slot.revision_id]
        right = to_paper(question, slot.order, question.key)
        reviewed.append(
            ReviewedQuestion(
                shown=_shown(str(number), slot, question, response),
                right=_letters(right),
                is_right=is_right,
                explanation=question.explanation,
                source=question.source,
            )
        )
    return reviewed


def _shown(number: str, slot: PaperSlot, question: Question, raw: Any) -> ShownQuestion:
    response = _usable(slot, question, raw)
    chosen = _letters(response)
    return ShownQuestion(
        slot=number,
        kind=question.kind,
        topic=question.topic,
        text=question.text,
        options=tuple(
            ShownOption(letter, option.text, letter in chosen) for letter, option in options_shown(question, slot.order)
        ),
        response=response,
    )


def _usable(slot: PaperSlot, question: Question, raw: Any) -> Any:
    """The answer as marking will see it: what no paper could have sent is no answer."""
    if raw is None:
        return None
    try:
        response = from_paper(question, slot.order, raw)
    except InvalidResponse:
        return None
    return to_paper(question, slot.order, response) if response is not None else None


def _letters(response: Any) -> frozenset[str]:
    if isinstance(response, bool):
        return frozenset({"true" if response else "false"})
    if isinstance(response, str):
        return frozenset({response})
    return frozenset(response or ())
