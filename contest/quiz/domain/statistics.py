"""From stored marks to the answers that statistics are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from contest.quiz.domain.marking import PaperSlot, read_paper
from contest.quiz.domain.policy import MAX_TOLERANCE_SECONDS
from contest.quiz.domain.rulings import Ruling
from question_bank.kinds import InvalidResponse, kind_of
from question_bank.paper import from_paper
from question_bank.question import Question, Value
from question_bank.statistics import Answer


def closed_before(now: datetime) -> datetime:
    """Rounds that closed before this instant take no answers any more, tolerance included."""
    return now - timedelta(seconds=MAX_TOLERANCE_SECONDS)


@dataclass(frozen=True, slots=True)
class Counted:
    """Questions by the key that counts, and `also` by each further one that an answer may follow instead."""

    questions: dict[int, Question] = field(default_factory=dict)
    also: dict[int, list[Question]] = field(default_factory=dict)


def questions_counted(questions: Mapping[int, Question], rulings: Mapping[int, Ruling]) -> Counted:
    """The questions of a round that a machine marks, by the keys that count; void ones are left out."""
    counted = Counted()
    for revision_id, question in questions.items():
        ruling = rulings.get(revision_id)
        if kind_of(question.kind).is_marked and not (ruling and ruling.is_void):
            counted.questions[revision_id], *also = ruling.questions(question) if ruling else [question]
            counted.also[revision_id] = also
    return counted


def answers_counted(
    paper: Sequence[Sequence[Any]], marks: Sequence[Sequence[Any]], questions: Mapping[int, Question]
) -> list[Answer[int]]:
    """What an attempt answered to `questions`, in the order of its paper, with what it earned."""
    return [
        Answer(slot.revision_id, _response(slot, questions, mark[1]), mark[2], slot.question(questions).points)
        for slot, mark in zip(read_paper(paper), marks, strict=True)
        if slot.revision_id in questions
    ]


def _response(slot: PaperSlot, questions: Mapping[int, Question], written: Any) -> Value:
    try:
        return from_paper(questions[slot.revision_id], slot.order, written)
    except InvalidResponse:
        return None
