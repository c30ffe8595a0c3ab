"""What a committee has ruled about a question after people answered it: another key, a further answer, or none at all.

A ruling is complete in itself: the newest one about a question says everything, whatever was ruled before it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from question_bank.kinds import Mark, kind_of
from question_bank.question import Question, Value


class RulingAct(StrEnum):
    """What was done: the key replaced, an answer accepted beside it, the question void, or all of that undone.

    A void question brings everybody who had it its full points (`FULL`), or counts for nobody (`NOBODY`).
    """

    KEY = "key"
    ALSO = "also"
    FULL = "full"
    NOBODY = "nobody"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Answer:
    """A way in which a question is wholly right: what stands in place of its key and its settings."""

    key: Value
    settings: tuple[tuple[str, Value], ...]

    def applied(self, question: Question) -> Question:
        """The question as it is marked by this."""
        return replace(question, key=self.key, settings=self.settings)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What counts for a question: the best that an answer earns by one of `answers`, unless it is void.

    `number` is that of the marking that it began with; `note` is what everybody may read of it.
    """

    act: RulingAct
    answers: tuple[Answer, ...]
    number: int = 0
    note: str = ""

    @property
    def is_void(self) -> bool:
        """Whether it no longer matters what was answered."""
        return self.act in {RulingAct.FULL, RulingAct.NOBODY}

    def keeps_key(self, question: Question) -> bool:
        """Whether what is right by the question itself still is, so that its explanation holds."""
        return not self.is_void and answer_of(question) in self.answers

    def questions(self, question: Question) -> list[Question]:
        """The question by each of its right answers, the first the one to show."""
        return [answer.applied(question) for answer in self.answers]

    def mark(self, question: Question, response: Value) -> Mark:
        """What a response earns, in 1/1000 point."""
        if self.act is RulingAct.FULL:
            return Mark(question.points, is_right=True)
        if self.act is RulingAct.NOBODY:
            return Mark(0, is_right=False)
        kind = kind_of(question.kind)
        marks = [kind.mark(each, response) for each in self.questions(question)]
        return max(marks, key=lambda mark: mark.points)  # wholly right is all the points, and nothing earns more


@dataclass(frozen=True, slots=True)
class Rulings:
    """Everything that marking a round has to honour, by revision. `number` is that of the marking: 0 is the first."""

    number: int = 0
    by_revision: Mapping[int, Ruling] = field(default_factory=dict)

    def with_ruling(self, revision_id: int, ruling: Ruling) -> "Rulings":
        """These, with one more that takes the place of an earlier one about the same question."""
        return Rulings(max(self.number, ruling.number), {**self.by_revision, revision_id: ruling})


def answer_of(question: Question) -> Answer:
    """What is right by the question itself."""
    return Answer(question.key, question.settings)


def ruled(
    act: RulingAct, question: Question, standing: Ruling | None, given: Answer | None, number: int, note: str
) -> Ruling:
    """The ruling that follows from what counts now and from what is `given` as right, which only some acts need."""
    own = answer_of(question)
    accepted = standing.answers if standing else (own,)
    if act is RulingAct.KEY and given:
        accepted = (given,)
    elif act is RulingAct.ALSO and given:
        accepted = (*accepted, given)
    elif act is RulingAct.RESTORE:
        accepted = (own,)
    return Ruling(act, accepted, number, note)


def stored_answers(answers: tuple[Answer, ...]) -> list[dict[str, Any]]:
    """What `read_answers` reads."""
    return [
        {"key": _listed(answer.key), "settings": [[code, _listed(value)] for code, value in answer.settings]}
        for answer in answers
    ]


def read_answers(stored: list[dict[str, Any]]) -> tuple[Answer, ...]:
    """The answers from their stored form."""
    return tuple(
        Answer(_frozen(answer["key"]), tuple((code, _frozen(value)) for code, value in answer["settings"]))
        for answer in stored
    )


def _listed(value: Value) -> Any:
    return [_listed(item) for item in value] if isinstance(value, tuple) else value


def _frozen(value: Any) -> Value:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
