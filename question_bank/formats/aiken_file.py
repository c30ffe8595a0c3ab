"""Aiken, the plainest format of Moodle: a line of text, options A. B. C. and the line "ANSWER: B".

https://docs.moodle.org/en/Aiken_format. Questions with one right option, and nothing but their texts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import BinaryIO

from question_bank.editing import MARKED
from question_bank.formats.base import (
    MEDIUM_DIFFICULTY,
    MOST_QUESTIONS,
    UNKNOWN_SOURCE,
    UNSORTED,
    Bank,
    Fault,
    Format,
    Import,
    Parsed,
    Placed,
    Source,
    checked,
    file_bytes,
    gathered,
    made_code,
)
from question_bank.formats.decoding import decoded, lines_of, with_plain_signs
from question_bank.kinds import kind_of
from question_bank.kinds.options import MAX_OPTIONS, position_name
from question_bank.markup import media_in
from question_bank.question import FULL_POINTS, Question
from question_bank.text import clean
from question_bank.validation import LENGTHS

_OPTION = re.compile(r"([A-Z])\s?[.)]\s*(\S.*)")
_ANSWER = re.compile(r"(?:ANSWER|ĐÁP ÁN)\s*:\s*(.*)", re.IGNORECASE)
_LETTERS = re.compile(r"(?<!\w)[A-Z](?!\w)")
_LETTERS_ALONE = re.compile(r"(?:[A-Z](?!\w)[\s.),;&]*)+")
_GUESSED = ("code_made", "topic_made", "difficulty_made", "source_made")


@dataclass(slots=True)
class _Draft:
    """A question as far as it was read: the line it begins in, from 1, and what is wrong with it."""

    line: int
    texts: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    answer: str = ""
    fault: Fault | None = None

    @property
    def place(self) -> str:
        """What people call the place."""
        return f"dòng {self.line}"


def read_questions(source: Source) -> Import:
    """Read questions with one right option. Raises UnusableFile: file_missing, file_large, not_text."""
    text = decoded(file_bytes(source))
    drafts = list(islice(_drafts(text.text), MOST_QUESTIONS + 1))
    if len(drafts) > MOST_QUESTIONS:
        return Import((), (Fault("", "too_many_questions", {"most": MOST_QUESTIONS}),))
    _refuse_second_answers(drafts)
    judged = [(draft, draft.fault or _fault(draft)) for draft in drafts]
    faults = [fault for _draft, fault in judged if fault]
    placed = [_placed(number, draft) for number, (draft, fault) in enumerate(judged, start=1) if not fault]
    faults += checked(placed)
    if not drafts:
        faults.append(Fault("", "no_questions"))
    guesses = gathered((draft.place, code) for code in _GUESSED for draft in drafts)
    return Import(tuple(item.parsed for item in placed), tuple(faults), guesses=text.guesses + guesses)


def write_questions(stream: BinaryIO, bank: Bank) -> None:
    """Write the questions that Aiken can hold."""
    for _code, question in bank.entries:
        if not _unheld(question):
            stream.write(_written(question).encode())


def losses(question: Question) -> tuple[str, ...]:
    """Return what of a question Aiken can't hold, by code."""
    whole = _unheld(question)
    if whole:
        return (whole,)
    texts = [question.text, *(option.text for option in question.options)]
    kept = {
        "lost_code": False,
        "lost_topic": False,
        "lost_difficulty": False,
        "lost_source": False,
        "lost_explanation": not clean(question.explanation),
        "lost_points": question.points == FULL_POINTS,
        "lost_order": not question.lock_order,
        "lost_tags": not question.tags,
        "lost_lines": not any("\n" in clean(text) for text in texts),
        "lost_media": not any(map(media_in, texts)),
    }
    return tuple(code for code, is_kept in kept.items() if not is_kept)


def _drafts(text: str) -> Iterator[_Draft]:
    draft: _Draft | None = None
    is_after_blank = False
    for number, line in enumerate(map(str.strip, lines_of(text)), start=1):
        if not line:
            is_after_blank = True
            continue
        if draft and draft.options and is_after_blank and not (_OPTION.match(line) or _answer(line)):
            # The next question begins, though this one has no answer.
            yield draft
            draft = None
        is_after_blank = False
        draft = draft or _Draft(number)
        if (answer := _answer(line)) is not None:
            draft.answer = answer
            yield draft
            draft = None
        else:
            _take(draft, number, line)
    if draft:
        yield draft


def _refuse_second_answers(drafts: Sequence[_Draft]) -> None:
    for before, draft in pairwise(drafts):
        if draft.answer and not draft.texts and before.answer:
            before.fault = before.fault or Fault(draft.place, "key_several", row=before.line)


def _answer(line: str) -> str | None:
    found = _ANSWER.fullmatch(with_plain_signs(line))
    return found[1].strip().upper() if found else None


def _take(draft: _Draft, number: int, line: str) -> None:
    """Take a line as the next option or, before the first, as text."""
    found, wanted = _OPTION.fullmatch(line), chr(ord("A") + len(draft.options))
    if found and found[1] == wanted and draft.texts:
        draft.options.append(found[2])
    elif not draft.options:
        # Of a text that is too long already, more would only cost memory.
        draft.texts += [line] if len(draft.texts) <= LENGTHS["text"] else []
    elif draft.fault is None:
        draft.fault = Fault(f"dòng {number}", "aiken_option", {"option": wanted}, draft.line)


def _fault(draft: _Draft) -> Fault | None:
    """Return why a draft is no question that can be judged further."""
    # An answer in words isn't that of the letters in it.
    letters = _LETTERS.findall(draft.answer) if _LETTERS_ALONE.fullmatch(draft.answer) else []
    unknown = [letter for letter in letters if ord(letter) - ord("A") >= len(draft.options)]
    if not letters or not draft.options:
        code = "aiken_answer" if draft.options or not draft.answer else "options_few"
        return Fault(draft.place, code, {"least": 2}, draft.line)
    if len(draft.options) > MAX_OPTIONS:
        return Fault(draft.place, "options_many", {"most": MAX_OPTIONS}, draft.line)
    return Fault(draft.place, "key_unknown", {"option": unknown[0]}, draft.line) if unknown else None


def _placed(number: int, draft: _Draft) -> Placed:
    text, right = "\n".join(draft.texts), _LETTERS.findall(draft.answer)
    rows = [(MARKED if position_name(place) in right else "", option) for place, option in enumerate(draft.options)]
    bare = Question("single", text, (), None, UNSORTED, MEDIUM_DIFFICULTY, "", UNKNOWN_SOURCE)
    question = kind_of("single").with_rows(bare, rows)
    return Placed(Parsed(made_code(number, text), draft.line, question), draft.place)


def _unheld(question: Question) -> str:
    if question.kind != "single":
        return "lost_kind"
    text = _line(question.text)
    return "lost_form" if _OPTION.match(text) or _answer(text) is not None else ""


def _written(question: Question) -> str:
    rows: Sequence[tuple[str, ...]] = kind_of("single").rows(question)
    options = [f"{position_name(place)}. {_line(text)}" for place, (_mark, text) in enumerate(rows)]
    (right,) = [position_name(place) for place, (mark, _text) in enumerate(rows) if mark]
    return "\n".join([_line(question.text), *options, f"ANSWER: {right}", "", ""])


def _line(text: str) -> str:
    return " ".join(clean(text).split("\n"))


AIKEN = Format(read_questions, write_questions, losses)
