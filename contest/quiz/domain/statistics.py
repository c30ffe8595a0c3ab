"""From stored marks to the answers that statistics are made of."""

from collections.abc import Mapping, Sequence
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


def questions_counted(questions: Mapping[int, Question], rulings: Mapping[int, Ruling]) -> dict[int, Question]:
    """The questions of a round that a machine marks, by the key that counts; void ones are left out."""
    counted = {}
    for revision_id, question in questions.items():
        ruling = rulings.get(revision_id)
        if kind_of(question.kind).is_marked and not (ruling and ruling.is_void):
            counted[revision_id] = ruling.questions(question)[0] if ruling else question
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
