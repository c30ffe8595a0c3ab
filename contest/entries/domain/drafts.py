"""A draft and what it still lacks before it can be handed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contest.entries.domain.faults import find_fault
from contest.entries.domain.limits import MB, AnswerForm, Limits
from contest.entries.domain.words import count_words
from contest.media.facts import Facts

MAX_CHARACTERS = 200_000
"""Of one answer; about eight times the words of the longest rules."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A draft's file of `size` bytes: whether all are here, why it was refused, if it was, or its examined content."""

    form: AnswerForm
    is_arriving: bool
    fault: str = ""
    fault_values: Mapping[str, Any] = field(default_factory=dict)
    size: int = 0
    content: Facts | None = None


@dataclass(frozen=True, slots=True)
class DraftedAnswer:
    """What stands in the draft for one question. Text and file are both kept, whichever form is chosen."""

    form: AnswerForm
    text: str = ""
    file: FileFacts | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Something to do before handing in: a stable code, the question it concerns, values for its sentence."""

    code: str
    question: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


def lacks(questions: int | None, answers: Mapping[int, DraftedAnswer], limits: Limits) -> list[Missing]:
    """What is missing for a prompt with so many questions, None while no prompt is chosen; in the order of questions.

    Codes: `prompt_missing`, `answer_missing`, `form_barred`, `words_exceeded` (words, max), `answer_file_missing`,
    `file_arriving`, `file_refused` (fault, values).
    """
    if questions is None:
        return [Missing("prompt_missing")]
    found = (lack_of(number, answers.get(number), limits) for number in range(1, questions + 1))
    return [each for each in found if each is not None]


def lack_of(question: int, answer: DraftedAnswer | None, limits: Limits) -> Missing | None:
    """What one question's answer lacks, if anything."""
    if answer is None:
        return Missing("answer_missing", question)
    if answer.form not in limits.forms:
        return Missing("form_barred", question)
    if answer.form is AnswerForm.TEXT:
        return _lack_of_text(question, answer.text, limits)
    return _lack_of_file(question, answer, limits)


def _lack_of_text(question: int, text: str, limits: Limits) -> Missing | None:
    words = count_words(text)
    if words == 0:
        return Missing("answer_missing", question)
    if words > limits.words_max:
        return Missing("words_exceeded", question, {"words": words, "max": limits.words_max})
    return None


def _lack_of_file(question: int, answer: DraftedAnswer, limits: Limits) -> Missing | None:
    """It may have been good by the limits of another group, or by earlier rules."""
    file = answer.file
    if file is None or file.form is not answer.form:
        return Missing("answer_file_missing", question)
    if file.is_arriving:
        return Missing("file_arriving", question)
    if file.fault:
        return Missing("file_refused", question, {"fault": file.fault, "values": dict(file.fault_values)})
    most = limits.max_bytes(file.form)
    if file.size > most:
        values = {"size_mb": -(-file.size // MB), "max_mb": most // MB}
        return Missing("file_refused", question, {"fault": "file_too_big", "values": values})
    fault = find_fault(file.content, file.form, limits) if file.content else None
    return Missing("file_refused", question, {"fault": fault.code, "values": dict(fault.values)}) if fault else None
