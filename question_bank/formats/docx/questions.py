"""Drafts of a Word document made into questions, with what is wrong with them and what was guessed."""

import re
from collections.abc import Sequence
from dataclasses import replace

from question_bank.formats.base import (
    MEDIUM_DIFFICULTY,
    UNKNOWN_SOURCE,
    UNSORTED,
    Fault,
    Parsed,
    Placed,
    made_code,
)
from question_bank.formats.docx.answers import Answers, answers_of
from question_bank.formats.docx.drafts import Draft
from question_bank.formats.docx.key_lists import Listed
from question_bank.formats.docx.keys import take_ticks
from question_bank.formats.docx.styled import Styled, marked
from question_bank.formats.table_words import difficulty_in
from question_bank.formats.xlsx.answers import WrongCell
from question_bank.formats.xlsx.columns import YES_NO_BY_WORD, kinds_by_word
from question_bank.formats.xlsx.settings import settings_in
from question_bank.kinds import Kind, kind_of
from question_bank.kinds.options import options_of
from question_bank.points import points_in
from question_bank.problems import Values
from question_bank.question import FULL_POINTS, Question
from question_bank.text import clean, fold

_FAULTY_NOTES = frozenset(
    {
        "docx_equation",
        "docx_drawing",
        "docx_picture_missing",
        "docx_picture_kind",
        "docx_long",
        "docx_struck",
        "docx_symbol",
    }
)
_POINTS_UNIT = re.compile(r"\s*(?:điểm|đ)\.?$", re.IGNORECASE)


class Finisher:
    """Makes questions of drafts one by one and gathers faults and guesses."""

    def __init__(self, listed: Listed) -> None:
        """Take the keys that stand in lists."""
        self.faults: list[Fault] = []
        self.guesses: list[Fault] = []
        self.made: list[tuple[str, str]] = []
        self._listed = listed
        self._kinds = kinds_by_word()

    def placed(self, number: int, draft: Draft) -> Placed:
        """Return the question of a draft as far as it can be read."""
        self._notes(draft)
        for code, values in draft.faults:
            self._fault(draft, code, values)
        kind = self._kind(draft)
        take_ticks(draft)
        options = [self._marked(draft, each.body) for each in draft.options]
        answers = self._answers(draft, options, kind)
        question = self._question(draft, answers.kind, draft.question.cut(0, answers.text_end))
        question = self._decided(draft, question)
        filled = kind_of(answers.kind).with_rows(question, answers.rows) if answers.rows else question
        if not answers.rows and options:
            filled = replace(question, options=options_of(options))
        code = clean(draft.said("code").text) or made_code(number, question.text)
        if "code" not in draft.fields:
            self.made.append((draft.place, "code_made"))
        return Placed(Parsed(code, draft.row, filled), lambda _field: draft.place)

    def _answers(self, draft: Draft, options: Sequence[str], kind: Kind | None) -> Answers:
        listed = self._listed.keys.get(draft.row, ())
        if draft.row in self._listed.unsure:
            self._fault(draft, "docx_number_twice", {"number": draft.number or 0})
            listed = ()
        try:
            answers = answers_of(draft, options, kind, listed)
        except WrongCell as wrong:
            self._fault(draft, wrong.code, wrong.values)
            return Answers(kind.code if kind else "single", ())
        for code, values in answers.guesses:
            self._guess(draft, code, values)
        return answers

    def _question(self, draft: Draft, kind: str, text: Styled) -> Question:
        for field, code in (("topic", "topic_made"), ("source", "source_made")):
            if not draft.said(field).text and not (field == "topic" and draft.topic):
                self.made.append((draft.place, code))
        return Question(
            kind=kind,
            text=self._marked(draft, text),
            options=(),
            key=None,
            topic=clean(draft.said("topic").text) or draft.topic or UNSORTED,
            difficulty=self._difficulty(draft),
            explanation=self._marked(draft, draft.said("explanation")),
            source=clean(draft.said("source").text) or UNKNOWN_SOURCE,
            points=self._points(draft),
            lock_order=self._lock_order(draft),
            tags=tuple(tag.strip() for tag in draft.said("tags").text.split(",") if tag.strip()),
        )

    def _kind(self, draft: Draft) -> Kind | None:
        word = draft.said("kind").text.strip()
        kind = self._kinds.get(fold(word))
        if word and kind is None:
            titles = dict.fromkeys(each.name.vi for each in self._kinds.values())
            self._fault(draft, "kind_label_unknown", {"value": word[:50], "known": ", ".join(titles)})
        return kind

    def _decided(self, draft: Draft, question: Question) -> Question:
        kind = kind_of(question.kind)
        try:
            return kind.with_settings(question, settings_in(kind, draft.said("settings").text))
        except WrongCell as wrong:
            self._fault(draft, wrong.code, wrong.values)
            return question

    def _difficulty(self, draft: Draft) -> int:
        word = draft.said("difficulty").text or draft.level
        if not word.strip():
            self.made.append((draft.place, "difficulty_made"))
            return MEDIUM_DIFFICULTY
        level, is_word = difficulty_in(word)
        if level is None:
            self._fault(draft, "docx_level", {"value": word[:50]})
        elif is_word:
            self.made.append((draft.place, "docx_level_word"))
        return MEDIUM_DIFFICULTY if level is None else level

    def _points(self, draft: Draft) -> int:
        word = _POINTS_UNIT.sub("", (draft.said("points").text or draft.points).strip())
        points = points_in(word) if word else FULL_POINTS
        if points is None:
            self._fault(draft, "points_wrong", {"value": word[:50]})
        return FULL_POINTS if points is None else points

    def _lock_order(self, draft: Draft) -> bool:
        word = draft.said("lock_order").text
        if fold(word) not in YES_NO_BY_WORD:
            self._fault(draft, "yes_no_wrong", {"value": word[:50]})
        return YES_NO_BY_WORD.get(fold(word), False)

    def _marked(self, draft: Draft, text: Styled) -> str:
        """Return a text with our marks, and tell of looks that are lost."""
        found = marked(text)
        if found.has_lost_place:
            self._fault(draft, "docx_raised", {})
        elif found.has_lost_stress:
            self._guess(draft, "docx_stress", {})
        if text.has_partly("underlined"):
            self._guess(draft, "docx_underline", {})
        return clean(found.text)

    def _notes(self, draft: Draft) -> None:
        for note in sorted(draft.notes):
            if note in _FAULTY_NOTES:
                self._fault(draft, note, {})
            else:
                self._guess(draft, note, {})
        if draft.goes_on is not None and draft.goes_on == len(draft.options) - 1:
            self._guess(draft, "docx_option_goes_on", {})

    def _fault(self, draft: Draft, code: str, values: Values) -> None:
        self.faults.append(Fault(draft.place, code, values, draft.row))

    def _guess(self, draft: Draft, code: str, values: Values) -> None:
        self.guesses.append(Fault(draft.place, code, values, draft.row))
