"""A paper as its page shows it: texts, options under their letters, and what is answered. Never a key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contest.quiz.domain.marking import PaperSlot
from contest.quiz.domain.rulings import Ruling, RulingAct
from question_bank.controls import Control, values_of
from question_bank.kinds import InvalidResponse, Kind, kind_of
from question_bank.paper import controls_shown, from_paper, right_values, to_paper
from question_bank.question import Question, Value
from question_bank.words import Locale, Words


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One slot of the paper. `values` holds for each control what is chosen or typed so far."""

    slot: str
    kind: Kind
    topic: str
    text: str
    controls: tuple[Control, ...]
    values: tuple[tuple[str, ...], ...]
    response: Any
    hints: tuple[Words, ...] = ()
    remark: Words | None = None
    """What to look at again in the answer before handing in."""

    @property
    def is_answered(self) -> bool:
        """Whether an answer of this slot counts so far."""
        return self.response is not None


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    """One slot after the key may be shown: what was answered, what is right and why; points in 1/1000.

    `right` and `parts` say for each control what is right and whether it holds that. `question` has the key that counts
    now; `asked` is as it stood on the paper. Where something was ruled, `earlier_points` are those before it.
    """

    shown: ShownQuestion
    question: Question
    right: tuple[tuple[str, ...], ...]
    parts: tuple[bool, ...]
    points: int
    is_right: bool
    asked: Question
    order: tuple[int, ...]
    ruling: Ruling | None = None
    earlier_points: int | None = None

    @property
    def is_out(self) -> bool:
        """Whether it counts for nobody."""
        return self.ruling is not None and self.ruling.act is RulingAct.NOBODY

    @property
    def is_explained(self) -> bool:
        """Whether the explanation fits what counts now: it was written for the question's own key."""
        return bool(self.asked.explanation) and (self.ruling is None or self.ruling.keeps_key(self.asked))

    def words_of(self, question: Question, locale: Locale) -> str:
        """What is right by this question in words, with the letters of the paper."""
        kind = kind_of(question.kind)
        lettered = kind.option_ids(question)
        return kind.right_words(question, self.order, locale) if lettered else kind.key_words(question, locale)

    def right_words(self, locale: Locale) -> str:
        """All that is right by the ruling, in words."""
        questions = self.ruling.questions(self.asked) if self.ruling else [self.asked]
        return " / ".join(self.words_of(each, locale) for each in questions)


def shown_paper(
    paper: tuple[PaperSlot, ...], questions: Mapping[int, Question], responses: Mapping[str, Any]
) -> list[ShownQuestion]:
    """Every slot in order with the answer that counts so far."""
    return [
        _shown(str(number), slot, slot.question(questions), responses.get(str(number)))
        for number, slot in enumerate(paper, start=1)
    ]


def reviewed_paper(
    paper: tuple[PaperSlot, ...],
    questions: Mapping[int, Question],
    marks: list[list[Any]],
    rulings: Mapping[int, Ruling],
    earlier: list[list[Any]] | None = None,
) -> list[ReviewedQuestion]:
    """Every slot with its mark, its key and what was ruled about it; `earlier` are the first marks, if others follow.

    Only for after the rules have released the keys.
    """
    return [
        _reviewed(number, slot, slot.question(questions), mark, rulings.get(slot.revision_id), before[2])
        for number, (slot, mark, before) in enumerate(zip(paper, marks, earlier or marks, strict=True), start=1)
    ]


def _reviewed(
    number: int, slot: PaperSlot, asked: Question, mark: list[Any], ruling: Ruling | None, earlier_points: int
) -> ReviewedQuestion:
    _revision_id, response, points, is_right = mark
    question = _best(slot, asked, response, ruling)
    return ReviewedQuestion(
        shown=_shown(str(number), slot, asked, response),
        question=question,
        right=right_values(question, slot.order),
        parts=kind_of(question.kind).right_parts(question, slot.order, _usable(slot, question, response)),
        points=points,
        is_right=is_right,
        asked=asked,
        order=slot.order,
        ruling=ruling,
        earlier_points=earlier_points if ruling else None,
    )


def _best(slot: PaperSlot, asked: Question, response: Any, ruling: Ruling | None) -> Question:
    """The question by the right answer that this one is nearest to."""
    if ruling is None:
        return asked
    kind, given = kind_of(asked.kind), _usable(slot, asked, response)
    return max(ruling.questions(asked), key=lambda each: kind.mark(each, given).points)


def _shown(number: str, slot: PaperSlot, question: Question, raw: Any) -> ShownQuestion:
    given, kind = _usable(slot, question, raw), kind_of(question.kind)
    response = None if given is None else to_paper(question, slot.order, given)
    controls = controls_shown(question, slot.order)
    return ShownQuestion(
        slot=number,
        kind=kind,
        topic=question.topic,
        text=question.text,
        controls=controls,
        values=values_of(kind.reply, response, len(controls)),
        response=response,
        hints=kind.hints(question),
        remark=kind.remark(question, given),
    )


def _usable(slot: PaperSlot, question: Question, raw: Any) -> Value:
    """The answer as marking will see it: what no paper could have sent is no answer."""
    try:
        return from_paper(question, slot.order, raw)
    except InvalidResponse:
        return None
