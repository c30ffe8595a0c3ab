"""Marking: a pure function of the paper, the questions, the answers that count and what was ruled about questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from contest.quiz.domain.answers import Given
from contest.quiz.domain.rulings import Ruling, RulingAct
from question_bank.kinds import InvalidResponse, kind_of
from question_bank.paper import from_paper
from question_bank.question import Question


@dataclass(frozen=True, slots=True)
class PaperSlot:
    """A place on a stored paper: `section` is the part of the paper it stands in, from 0; `points` are 1/1000.

    Without points the question counts what it says itself.
    """

    revision_id: int
    order: tuple[int, ...]
    section: int | None = None
    points: int | None = None

    def question(self, questions: Mapping[int, Question]) -> Question:
        """The question as it is asked here."""
        question = questions[self.revision_id]
        return question if self.points is None else replace(question, points=self.points)

    def worth(self, questions: Mapping[int, Question]) -> int:
        """The points of the question as it is asked here, in 1/1000."""
        return questions[self.revision_id].points if self.points is None else self.points

    @property
    def stored(self) -> list[Any]:
        """What `read_paper` reads."""
        plain = [self.revision_id, list(self.order)]
        return plain if self.section is None and self.points is None else [*plain, self.section, self.points]


@dataclass(frozen=True, slots=True)
class SlotMark:
    """What one answer earned; points in 1/1000. `response` is as the paper wrote it; None is unanswered.

    `is_judged`: there is something that judges score, which the points don't hold.
    """

    revision_id: int
    response: Any
    points: int
    is_right: bool
    is_judged: bool = False


@dataclass(frozen=True, slots=True)
class AttemptMarks:
    """All marks of an attempt; `question_count` says how many of its questions a machine marks."""

    slots: tuple[SlotMark, ...]
    question_count: int

    @property
    def right_count(self) -> int:
        """How many questions were answered wholly right."""
        return sum(slot.is_right for slot in self.slots)

    @property
    def points(self) -> int:
        """The total, in 1/1000 point."""
        return sum(slot.points for slot in self.slots)

    @property
    def judged_slots(self) -> list[int]:
        """The slots, from 1, with an answer that judges score."""
        return [number for number, slot in enumerate(self.slots, start=1) if slot.is_judged]


def read_paper(stored: Sequence[Sequence[Any]]) -> tuple[PaperSlot, ...]:
    """The paper from its stored form: `[revision id, option order]` per slot, or with section and points after them."""
    return tuple(PaperSlot(revision_id, tuple(order), *rest) for revision_id, order, *rest in stored)


def mark_paper(
    paper: Sequence[PaperSlot],
    questions: Mapping[int, Question],
    answers: Mapping[str, Given],
    rulings: Mapping[int, Ruling],
) -> AttemptMarks:
    """Mark each slot of the paper; slots are numbered from 1. A question that counts for nobody is not counted."""
    return AttemptMarks(
        tuple(
            _mark_slot(slot, slot.question(questions), answers.get(str(number)), rulings.get(slot.revision_id))
            for number, slot in enumerate(paper, start=1)
        ),
        sum(_is_counted(questions[slot.revision_id], rulings.get(slot.revision_id)) for slot in paper),
    )


def most_points(paper: Sequence[PaperSlot], questions: Mapping[int, Question], rulings: Mapping[int, Ruling]) -> int:
    """What a paper brings whose every marked question is answered rightly, in 1/1000 point."""
    return sum(
        slot.worth(questions)
        for slot in paper
        if _is_counted(questions[slot.revision_id], rulings.get(slot.revision_id))
    )


def _is_counted(question: Question, ruling: Ruling | None) -> bool:
    return kind_of(question.kind).is_marked and not (ruling and ruling.act is RulingAct.NOBODY)


def _mark_slot(slot: PaperSlot, question: Question, given: Given | None, ruling: Ruling | None) -> SlotMark:
    """What no paper could have sent counts as unanswered: it can only have been made by hand."""
    kind = kind_of(question.kind)
    try:
        response = from_paper(question, slot.order, given.response) if given else None
        written = given.response if given else None
    except InvalidResponse:
        response = written = None
    mark = ruling.mark(question, response) if ruling else kind.mark(question, response)
    is_judged = kind.is_judged and response is not None
    return SlotMark(slot.revision_id, written, mark.points, mark.is_right, is_judged)
